package org.seqgan.core.registry;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.plugin.Provider;

/**
 * Which plugin something comes from. Whatever is asked of a plugin goes through {@link #call}, so
 * that what it does wrong is told with its kind, its name and its jar, and ends the program with
 * {@link UserException.Kind#PLUGIN}.
 *
 * <p>Immutable.
 */
public final class PluginOrigin {
  private static final String BUILT_IN = "built in";
  private static final int LONGEST_CHAIN = 100;
  private static final String ADVICE = "this is a fault of the plugin, tell its author";

  private final String plugin;
  private final String packagePrefix;
  private final Optional<PluginOrigin> backend;

  private PluginOrigin(String plugin, String packagePrefix, Optional<PluginOrigin> backend) {
    this.plugin = plugin;
    this.packagePrefix = packagePrefix;
    this.backend = backend;
  }

  /** The origin of what a provider makes. */
  public static PluginOrigin of(PluginKind kind, Provider<?> provider) {
    return of(kind, provider.about().name(), provider.getClass());
  }

  private static PluginOrigin of(PluginKind kind, String name, Class<?> type) {
    String plugin = "%s plugin '%s' (%s)".formatted(kind.section(), name, from(type));
    return new PluginOrigin(plugin, type.getPackageName() + ".", Optional.empty());
  }

  /** The same, of something that computes on a backend, which may fail under its hands. */
  public PluginOrigin on(TensorBackend backend) {
    PluginOrigin below = of(PluginKind.BACKEND, backend.name(), backend.getClass());
    return new PluginOrigin(plugin, packagePrefix, Optional.of(below));
  }

  /** Plugins of the program itself come from its own class loader, all others from their jar. */
  private static String from(Class<?> type) {
    return type.getClassLoader() == PluginOrigin.class.getClassLoader()
        ? BUILT_IN
        : RegisteredPlugin.locationOf(type).map(Path::toString).orElse("not from a file");
  }

  /**
   * Asks the plugin for something.
   *
   * @param method what is called, by its name in the plugin's interface
   * @return what it gave, which is not null
   * @throws UserException of kind {@code PLUGIN} for whatever it throws and for null. What the
   *     plugin itself tells the user passes, as do memory and stack that run out: they may be
   *     anybody's fault
   */
  public <T> T call(String method, Supplier<T> question) {
    T answer;
    try {
      answer = question.get();
    } catch (UserException e) {
      throw e;
    } catch (Throwable e) {
      if (isExhaustion(e)) {
        throw e;
      }
      throw failed(method, e);
    }
    if (answer == null) {
      throw fault(method, "gave null");
    }
    return answer;
  }

  /** Whether memory or stack ran out, whatever a plugin has wrapped that in. */
  private static boolean isExhaustion(Throwable failure) {
    int depth = 0;
    for (Throwable e = failure; e != null && depth < LONGEST_CHAIN; e = e.getCause(), depth++) {
      if (e instanceof VirtualMachineError) {
        return true;
      }
    }
    return false;
  }

  /** Tells the plugin to do something, by the rules of {@link #call}. */
  public void run(String method, Runnable command) {
    call(
        method,
        () -> {
          command.run();
          return true;
        });
  }

  /**
   * What the plugin did that its contract forbids.
   *
   * @param method in answer to what
   * @param problem what it did and what was expected, as in {@code gave NaN, expected ...}
   */
  public UserException fault(String method, String problem) {
    return new UserException(
        UserException.Kind.PLUGIN, "%s %s in %s; %s".formatted(plugin, problem, method, ADVICE));
  }

  private UserException failed(String method, Throwable failure) {
    return new UserException(
        UserException.Kind.PLUGIN,
        "%s failed in %s%s: %s; %s (--stacktrace shows where)"
            .formatted(plugin, method, insideBackend(failure), FailureText.of(failure), ADVICE),
        failure);
  }

  /** Where a failure began: a plugin may have asked for too much, or the backend have a fault. */
  private String insideBackend(Throwable failure) {
    Throwable first = failure;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    for (StackTraceElement frame : first.getStackTrace()) {
      if (frame.getClassName().startsWith(packagePrefix)) {
        return "";
      }
      if (backend
          .filter(below -> frame.getClassName().startsWith(below.packagePrefix))
          .isPresent()) {
        return ", inside " + backend.get();
      }
    }
    return "";
  }

  /** As a message names it: {@code reward plugin 'rhyme' (plugins/rhyme.jar)}. */
  @Override
  public String toString() {
    return plugin;
  }
}

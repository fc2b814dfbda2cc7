package org.seqgan.core.registry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.UserException;
import org.seqgan.api.plugin.About;
import org.seqgan.api.plugin.Provider;

/** Collects plugins one by one, so that a broken one does not take the others down. */
final class PluginDiscovery {
  private static final Pattern NAME = Pattern.compile(About.NAME);

  /** The version of the interfaces whose providers had no {@code about()}. */
  private static final int BEFORE_ABOUT = 1;

  private final List<RegisteredPlugin> plugins = new ArrayList<>();
  private final List<BrokenPlugin> broken = new ArrayList<>();

  List<RegisteredPlugin> plugins() {
    return plugins;
  }

  List<BrokenPlugin> broken() {
    return broken;
  }

  void addBroken(List<BrokenPlugin> others) {
    broken.addAll(others);
  }

  void addAll(ClassLoader loader) {
    for (PluginKind kind : PluginKind.values()) {
      addAll(kind, loader);
    }
  }

  private void addAll(PluginKind kind, ClassLoader loader) {
    Iterator<? extends ServiceLoader.Provider<?>> found =
        ServiceLoader.load(kind.providerType(), loader).stream().iterator();
    Set<String> failures = new HashSet<>();
    while (true) {
      try {
        if (!found.hasNext()) {
          return;
        }
        instantiate(kind, found.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        String reason = reason(e);
        if (!failures.add(reason)) {
          // The loader makes no progress: it would fail in the same way for ever.
          return;
        }
        broken.add(new BrokenPlugin("a " + kind.section() + " plugin", reason));
      }
    }
  }

  private void instantiate(PluginKind kind, ServiceLoader.Provider<?> found) {
    String description = kind.section() + " plugin " + found.type().getName();
    try {
      register(kind, (Provider<?>) found.get(), description);
    } catch (ServiceConfigurationError | LinkageError e) {
      broken.add(new BrokenPlugin(description, reason(e)));
    }
  }

  /** Registers a provider, or reports it as broken. */
  void register(PluginKind kind, Provider<?> provider, String description) {
    RegisteredPlugin plugin;
    try {
      plugin = checked(kind, provider);
    } catch (RuntimeException | LinkageError e) {
      broken.add(new BrokenPlugin(description, reason(e)));
      return;
    }
    for (RegisteredPlugin other : plugins) {
      if (other.kind() == kind && other.name().equals(plugin.name())) {
        throw new UserException(
            UserException.Kind.CONFIGURATION,
            "two %s plugins are named '%s': %s and %s; remove one of them"
                .formatted(
                    kind.section(), plugin.name(), other.classAndJar(), plugin.classAndJar()));
      }
    }
    plugins.add(plugin);
  }

  private static RegisteredPlugin checked(PluginKind kind, Provider<?> provider) {
    About<?> about = about(provider);
    requireVersion(about.apiVersion());
    String name = about.name();
    require(
        name != null && NAME.matcher(name).matches(),
        "its name '%s' is not a lower-case letter followed by at most 39 lower-case letters, digits and hyphens"
            .formatted(name));
    require(
        !(kind == PluginKind.BACKEND && name.equals(PluginRegistry.AUTO)),
        "its name 'auto' is reserved for choosing a backend automatically");
    String description = about.description();
    require(
        description != null && !description.isBlank() && description.indexOf('\n') < 0,
        "its description is not one line of text");
    require(
        about.optionsType() != null && about.optionsType().isRecord(),
        "the type of its options is not a record");
    return new RegisteredPlugin(kind, name, description, provider);
  }

  private static About<?> about(Provider<?> provider) {
    About<?> about;
    try {
      about = provider.about();
    } catch (AbstractMethodError e) {
      requireVersion(BEFORE_ABOUT);
      throw e;
    }
    require(about != null, "it tells nothing about itself: about() gave null");
    return about;
  }

  private static void requireVersion(int version) {
    require(
        version == ApiVersion.CURRENT,
        "it is built for version %d of the plugin interfaces, this program has version %d; get a matching release of it"
            .formatted(version, ApiVersion.CURRENT));
  }

  private static void require(boolean condition, String problem) {
    if (!condition) {
      throw new IllegalArgumentException(problem);
    }
  }

  /** What went wrong, in one line. */
  private static String reason(Throwable failure) {
    return failure instanceof IllegalArgumentException && failure.getMessage() != null
        ? failure.getMessage()
        : FailureText.of(failure);
  }
}

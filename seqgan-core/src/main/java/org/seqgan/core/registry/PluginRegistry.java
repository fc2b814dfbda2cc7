package org.seqgan.core.registry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.BackendProvider;
import org.seqgan.api.discriminator.DiscriminatorProvider;
import org.seqgan.api.export.ModelFormatProvider;
import org.seqgan.api.generator.GeneratorProvider;
import org.seqgan.api.listener.RunListenerProvider;
import org.seqgan.api.plugin.Provider;
import org.seqgan.api.reward.RewardProvider;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.api.training.TrainerProvider;

/**
 * The plugins that can be chosen, by kind and name. Finding them loads their providers' classes and
 * nothing else: no native library, no data.
 *
 * <p>A plugin that cannot be loaded is listed in {@link #broken()} and does not affect the others.
 * Two of one kind and one name are an error.
 *
 * <p>Thread safety: immutable.
 */
public final class PluginRegistry {
  /** The word that stands for the best backend available; no backend may be named so. */
  public static final String AUTO = "auto";

  /** The name of the class loader of all jars of a plugin folder, as stack traces have it. */
  public static final String CLASS_LOADER = "plugins";

  private final List<RegisteredPlugin> plugins;
  private final List<BrokenPlugin> broken;
  private final List<Path> jars;

  private PluginRegistry(PluginDiscovery discovery, List<Path> jars) {
    this.plugins =
        discovery.plugins().stream()
            .sorted(
                Comparator.comparing(RegisteredPlugin::kind).thenComparing(RegisteredPlugin::name))
            .toList();
    this.broken = List.copyOf(discovery.broken());
    this.jars = List.copyOf(jars);
  }

  /**
   * The plugins that a class loader sees.
   *
   * @throws UserException if two plugins of one kind have one name
   */
  public static PluginRegistry discover(ClassLoader loader) {
    PluginDiscovery discovery = new PluginDiscovery();
    discovery.addAll(loader);
    return new PluginRegistry(discovery, List.of());
  }

  /**
   * The plugins that a class loader sees, and those in the jars of a folder. The jars share one
   * class loader, so that a plugin may bring its dependencies as further jars.
   *
   * @throws UserException if the folder is missing or cannot be read, or if two plugins of one kind
   *     have one name
   */
  public static PluginRegistry discover(ClassLoader loader, Path folder) {
    PluginFolder jars = PluginFolder.read(folder);
    PluginDiscovery discovery = new PluginDiscovery();
    discovery.addBroken(jars.broken());
    discovery.addAll(jars.classLoader(loader));
    return new PluginRegistry(discovery, jars.jars());
  }

  /**
   * A registry of given providers, for a program that brings its own. The same rules hold.
   *
   * @throws UserException if two plugins of one kind have one name
   */
  public static PluginRegistry of(Provider<?>... providers) {
    PluginDiscovery discovery = new PluginDiscovery();
    for (Provider<?> provider : providers) {
      for (PluginKind kind : PluginKind.values()) {
        if (kind.includes(provider)) {
          String description = kind.section() + " plugin " + provider.getClass().getName();
          discovery.register(kind, provider, description);
        }
      }
    }
    return new PluginRegistry(discovery, List.of());
  }

  /** All plugins, by kind and name. */
  public List<RegisteredPlugin> plugins() {
    return plugins;
  }

  /** The plugins of one kind, by name. */
  public List<RegisteredPlugin> plugins(PluginKind kind) {
    return plugins.stream().filter(plugin -> plugin.kind() == kind).toList();
  }

  /**
   * The jars of the plugin folder that have a part in an experiment: those that its plugins come
   * from, and those that no plugin comes from, because the plugins may need them.
   *
   * @param used the experiment's plugins, from wherever they come
   * @throws UserException (environment) if a jar cannot be read
   */
  public List<InstalledJar> jarsBehind(Collection<? extends Provider<?>> used) {
    List<InstalledJar> behind = new ArrayList<>();
    for (Path jar : jars) {
      List<RegisteredPlugin> inside = plugins.stream().filter(plugin -> plugin.isIn(jar)).toList();
      List<String> names =
          inside.stream()
              .filter(plugin -> used.contains(plugin.provider()))
              .map(plugin -> plugin.kind().section() + " " + plugin.name())
              .toList();
      if (inside.isEmpty() || !names.isEmpty()) {
        behind.add(PluginFolder.installed(jar, names));
      }
    }
    return List.copyOf(behind);
  }

  /**
   * All jars of the plugin folder.
   *
   * @throws UserException (environment) if one cannot be read
   */
  public List<InstalledJar> jars() {
    return jarsBehind(plugins.stream().map(RegisteredPlugin::provider).toList());
  }

  /** What was found but cannot be used. */
  public List<BrokenPlugin> broken() {
    return broken;
  }

  /**
   * A backend's provider.
   *
   * @throws UserException if there is none of that name
   */
  public BackendProvider<?> backend(String name) {
    return (BackendProvider<?>) plugin(PluginKind.BACKEND, name).provider();
  }

  /**
   * A generator's provider.
   *
   * @throws UserException if there is none of that name
   */
  public GeneratorProvider<?> generator(String name) {
    return (GeneratorProvider<?>) plugin(PluginKind.GENERATOR, name).provider();
  }

  /**
   * A discriminator's provider.
   *
   * @throws UserException if there is none of that name
   */
  public DiscriminatorProvider<?> discriminator(String name) {
    return (DiscriminatorProvider<?>) plugin(PluginKind.DISCRIMINATOR, name).provider();
  }

  /**
   * A reward's provider.
   *
   * @throws UserException if there is none of that name
   */
  public RewardProvider<?> reward(String name) {
    return (RewardProvider<?>) plugin(PluginKind.REWARD, name).provider();
  }

  /**
   * A trainer's provider.
   *
   * @throws UserException if there is none of that name
   */
  public TrainerProvider<?> trainer(String name) {
    return (TrainerProvider<?>) plugin(PluginKind.TRAINER, name).provider();
  }

  /**
   * A provider of a format of models.
   *
   * @throws UserException if there is none of that name
   */
  public ModelFormatProvider format(String name) {
    return (ModelFormatProvider) plugin(PluginKind.FORMAT, name).provider();
  }

  /**
   * A provider of listeners to runs.
   *
   * @throws UserException if there is none of that name
   */
  public RunListenerProvider<?> listener(String name) {
    return (RunListenerProvider<?>) plugin(PluginKind.LISTENER, name).provider();
  }

  /**
   * A task's provider.
   *
   * @throws UserException if there is none of that name
   */
  public TaskProvider<?> task(String name) {
    return (TaskProvider<?>) plugin(PluginKind.TASK, name).provider();
  }

  /**
   * A plugin.
   *
   * @throws UserException if there is none of that kind and name: it lists those that there are,
   *     the nearest first
   */
  public RegisteredPlugin plugin(PluginKind kind, String name) {
    return plugins(kind).stream()
        .filter(plugin -> plugin.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(kind, name));
  }

  private UserException unknown(PluginKind kind, String name) {
    List<String> names = plugins(kind).stream().map(RegisteredPlugin::name).toList();
    String known =
        names.isEmpty()
            ? "none is installed"
            : "installed are " + String.join(", ", Spelling.closestFirst(name, names));
    return new UserException(
        UserException.Kind.CONFIGURATION,
        "no %s plugin is named '%s': %s%s; to install another, put its jar into the plugins folder"
            .formatted(kind.section(), name, known, brokenNote()));
  }

  private String brokenNote() {
    return broken.isEmpty()
        ? ""
        : broken.stream()
            .map(plugin -> plugin.description() + " (" + plugin.reason() + ")")
            .collect(Collectors.joining("; ", "; could not be loaded: ", ""));
  }
}

package org.seqgan.core.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import org.seqgan.api.plugin.Provider;

/**
 * A plugin that can be chosen.
 *
 * @param kind what it is
 * @param name its name, unique in its kind
 * @param description one line
 * @param provider what makes it
 */
public record RegisteredPlugin(
    PluginKind kind, String name, String description, Provider<?> provider) {

  /** The jar or folder that its class was loaded from, where that is a file. */
  public Optional<Path> location() {
    return locationOf(provider.getClass());
  }

  /** Whether its class was loaded from a jar. */
  boolean isIn(Path jar) {
    Path absolute = jar.toAbsolutePath().normalize();
    return location().map(Path::toAbsolutePath).map(Path::normalize).equals(Optional.of(absolute));
  }

  /** Its class, and the file name of the jar or folder it came from. */
  String classAndJar() {
    Class<?> type = provider.getClass();
    return type.getName() + locationOf(type).map(path -> " (" + path + ")").orElse("");
  }

  /** The jar or folder that a class was loaded from, where that is a file. */
  static Optional<Path> locationOf(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(new URI(source.getLocation().toString())));
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty();
    }
  }
}

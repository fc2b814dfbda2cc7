package org.seqgan.core.matrix;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seqgan.core.registry.InstalledJar;
import org.seqgan.core.registry.PluginRegistry;

/**
 * What a matrix is run with. All who work on one have the same, because its cells are compared.
 *
 * @param version of this program
 * @param plugins the SHA-256 of each jar of the plugin folder, by the name of its file
 */
public record MatrixProgram(String version, Map<String, String> plugins) {
  /** What files of earlier builds do not have. */
  static final Map<String, Object> ADDED = Map.of("plugins", Map.of());

  /** Copies the map. */
  public MatrixProgram {
    plugins = new TreeMap<>(plugins);
  }

  /**
   * This program with the plugins that it has found.
   *
   * @throws org.seqgan.api.UserException of kind {@code ENVIRONMENT} where a jar cannot be read
   */
  public static MatrixProgram of(String version, PluginRegistry registry) {
    Map<String, String> plugins = new TreeMap<>();
    for (InstalledJar jar : registry.jars()) {
      plugins.put(jar.file(), jar.sha256());
    }
    return new MatrixProgram(version, plugins);
  }

  /**
   * Why another cannot do for this one, as the end of a sentence that begins with the directory.
   * Jars that only the other has are in nobody's way.
   */
  Optional<String> difference(MatrixProgram other) {
    if (!version.equals(other.version)) {
      return Optional.of(
          "version %s of this program, this is version %s".formatted(version, other.version));
    }
    return plugins.entrySet().stream()
        .filter(plugin -> !plugin.getValue().equals(other.plugins.get(plugin.getKey())))
        .map(
            plugin ->
                "the plugin jar %s (SHA-256 %s), here there is %s"
                    .formatted(
                        plugin.getKey(),
                        plugin.getValue(),
                        other.plugins.containsKey(plugin.getKey())
                            ? "another of that name"
                            : "none of that name"))
        .findFirst();
  }
}

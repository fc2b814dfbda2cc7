package org.seqgan.core.registry;

import java.util.List;

/**
 * A jar of the plugin folder that has a part in an experiment.
 *
 * @param plugins what it gives to the experiment, such as {@code task dna}; empty for a jar that
 *     others may need
 * @param file its name
 * @param version as its manifest says ({@code Implementation-Version}); empty where it does not
 * @param sha256 of its contents
 */
public record InstalledJar(List<String> plugins, String file, String version, String sha256) {
  /** Copies the list. */
  public InstalledJar {
    plugins = List.copyOf(plugins);
  }

  /** As a message names it: {@code task dna (dna.jar, version 1.0)}. */
  public String described() {
    String name = plugins.isEmpty() ? "library" : String.join(", ", plugins);
    return name + " (" + file + (version.isEmpty() ? "" : ", version " + version) + ")";
  }
}

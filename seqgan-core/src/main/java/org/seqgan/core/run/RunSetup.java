package org.seqgan.core.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.core.io.Sha256;
import org.seqgan.core.registry.InstalledJar;

/**
 * What a process of a run starts with.
 *
 * @param configText the resolved configuration, as {@code config.conf} has it
 * @param config the same, every option that is set with its value
 * @param jars plugins and what they may need, where they are not part of the program
 * @param description what is known of the run before it starts
 * @param origin where its weights come from, where it begins with those of another run
 */
public record RunSetup(
    String configText,
    Map<String, String> config,
    List<InstalledJar> jars,
    RunDescription description,
    Optional<Lineage.Origin> origin) {
  /** Copies the collections. */
  public RunSetup {
    config = new LinkedHashMap<>(config);
    jars = List.copyOf(jars);
  }

  /** Of a configuration of which only the text is known. */
  public RunSetup(String configText, RunDescription description) {
    this(configText, Map.of(), List.of(), description, Optional.empty());
  }

  /** The SHA-256 of the text. */
  public String configSha256() {
    return Sha256.of(configText.getBytes(UTF_8));
  }

  /** What the steps of this process are made with. */
  public Recipe recipe() {
    return new Recipe(description.version(), configSha256(), config, jars);
  }

  Lineage lineage() {
    return new Lineage(Optional.of(configSha256()), Optional.empty(), origin);
  }
}

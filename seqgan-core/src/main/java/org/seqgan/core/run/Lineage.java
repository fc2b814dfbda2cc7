package org.seqgan.core.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.seqgan.core.io.Json;

/**
 * What ties the processes of a run together, and a run to another.
 *
 * @param configSha256 the SHA-256 of the {@code config.conf} that the run goes on with; empty for a
 *     run of a version that did not write it down
 * @param checkpoint the last checkpoint that was saved
 * @param origin where its weights come from, where it began with those of another run
 */
public record Lineage(
    Optional<String> configSha256, Optional<Position> checkpoint, Optional<Origin> origin) {
  /** Of which nothing is known. */
  public static final Lineage UNKNOWN =
      new Lineage(Optional.empty(), Optional.empty(), Optional.empty());

  private static final String CONFIG = "config-sha256";
  private static final String CHECKPOINT = "checkpoint";
  private static final String ORIGIN = "from";

  /**
   * The checkpoint of another run that a run begins with.
   *
   * @param run the directory of that run
   * @param position of the checkpoint
   * @param sha256 of the checkpoint's manifest, which has those of its files
   * @param weightsAlone whether nothing but the weights was taken
   */
  public record Origin(String run, Position position, String sha256, boolean weightsAlone) {}

  Lineage withCheckpoint(Position saved) {
    return new Lineage(configSha256, Optional.of(saved), origin);
  }

  void write(ObjectNode node) {
    configSha256.ifPresent(hash -> node.put(CONFIG, hash));
    checkpoint.ifPresent(position -> node.put(CHECKPOINT, position.name()));
    origin.ifPresent(
        from ->
            node.putObject(ORIGIN)
                .put("run", from.run)
                .put(CHECKPOINT, from.position.name())
                .put("sha256", from.sha256)
                .put("weights-alone", from.weightsAlone));
  }

  static Lineage read(JsonNode node) {
    return new Lineage(
        Optional.ofNullable(node.get(CONFIG)).map(JsonNode::asText),
        Optional.ofNullable(node.get(CHECKPOINT)).map(Lineage::position),
        Optional.ofNullable(node.get(ORIGIN))
            .map(
                from ->
                    new Origin(
                        Json.field(from, "run").asText(),
                        position(Json.field(from, CHECKPOINT)),
                        Json.field(from, "sha256").asText(),
                        Json.field(from, "weights-alone").asBoolean())));
  }

  private static Position position(JsonNode name) {
    return Position.named(name.asText())
        .orElseThrow(
            () -> new IllegalArgumentException("expected a checkpoint's name, found " + name));
  }
}

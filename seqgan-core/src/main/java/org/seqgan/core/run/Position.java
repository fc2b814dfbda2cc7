package org.seqgan.core.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seqgan.core.event.Phase;
import org.seqgan.core.io.Json;

/**
 * A place in a run. Ordered as training goes: by phase, then by step, then by batch.
 *
 * @param phase the phase
 * @param step complete steps of that phase; 0 is before its first
 * @param batch complete batches of the step after those; 0 between two steps
 */
public record Position(Phase phase, int step, int batch) implements Comparable<Position> {
  /** Before anything. */
  public static final Position BEGINNING = new Position(Phase.GENERATOR_PRETRAINING, 0);

  private static final Comparator<Position> ORDER =
      Comparator.comparing(Position::phase)
          .thenComparingInt(Position::step)
          .thenComparingInt(Position::batch);
  private static final Pattern NAME = Pattern.compile("([a-z0-9-]+)-(\\d{1,9})(?:\\+(\\d{1,9}))?");

  /** Checks the counts. */
  public Position {
    if (step < 0 || batch < 0) {
      throw new IllegalArgumentException("step " + step + " or batch " + batch + " is negative");
    }
  }

  /** Whether it is before anything, whatever the first phase. */
  public boolean isBeginning() {
    return phase.order() == 0 && step == 0 && batch == 0;
  }

  /** A place between two steps. */
  public Position(Phase phase, int step) {
    this(phase, step, 0);
  }

  /**
   * The name in file names, such as {@code adversarial-000012}, or {@code
   * adversarial-000012+000040} within a step: it sorts within its phase.
   */
  public String label() {
    return phase.label() + padded("-", step) + (batch == 0 ? "" : padded("+", batch));
  }

  private static String padded(String mark, int number) {
    return String.format(Locale.ROOT, "%s%06d", mark, number);
  }

  /**
   * The name that people read and type, such as {@code adversarial-12} or {@code
   * adversarial-12+40}.
   */
  public String name() {
    return phase.label() + "-" + step + (batch == 0 ? "" : "+" + batch);
  }

  /** The place that a {@link #label()} names, or empty where the text is no such label. */
  public static Optional<Position> parse(String label) {
    return named(label).filter(position -> position.label().equals(label));
  }

  /**
   * The place that a {@link #name()} or a {@link #label()} names, whatever zeros its numbers begin
   * with; empty where the text is neither.
   */
  public static Optional<Position> named(String text) {
    Matcher matcher = NAME.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int step = Integer.parseInt(matcher.group(2));
    int batch = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
    return Phase.labelled(matcher.group(1)).map(phase -> new Position(phase, step, batch));
  }

  /**
   * The keys {@code phase}, {@code step} and, where there is one, {@code batch}; {@link
   * IllegalArgumentException} for bad ones.
   */
  static Position read(JsonNode node) {
    String label = Json.field(node, "phase").asText();
    Phase phase =
        Phase.labelled(label)
            .orElseThrow(() -> new IllegalArgumentException("unknown phase '" + label + "'"));
    JsonNode batch = node.get("batch");
    return new Position(
        phase, Json.field(node, "step").intValue(), batch == null ? 0 : batch.intValue());
  }

  /** What {@link #read} reads; {@code batch} within a step alone. */
  ObjectNode write(ObjectNode node) {
    node.put("phase", phase.label()).put("step", step);
    return batch == 0 ? node : node.put("batch", batch);
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  /** As a person writes it, such as {@code adversarial 12} or {@code adversarial 12, batch 40}. */
  @Override
  public String toString() {
    return phase.label() + " " + step + (batch == 0 ? "" : ", batch " + batch);
  }
}

package org.seqgan.core.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seqgan.core.event.Phase;

/**
 * A place in a run. Ordered as training goes: by phase, then by step.
 *
 * @param phase the phase
 * @param step complete steps of that phase; 0 is before its first
 */
public record Position(Phase phase, int step) implements Comparable<Position> {
  private static final Comparator<Position> ORDER =
      Comparator.comparing(Position::phase).thenComparingInt(Position::step);
  private static final Pattern LABEL = Pattern.compile("([a-z-]+)-(\\d{6,9})");

  /** Checks the step. */
  public Position {
    if (step < 0) {
      throw new IllegalArgumentException("step " + step + " is negative");
    }
  }

  /** The name in file names, such as {@code adversarial-000012}: it sorts within its phase. */
  public String label() {
    return String.format(Locale.ROOT, "%s-%06d", phase.label(), step);
  }

  /** The place that a {@link #label()} names, or empty where the text is no such label. */
  public static Optional<Position> parse(String label) {
    Matcher matcher = LABEL.matcher(label);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return phaseLabelled(matcher.group(1))
        .map(phase -> new Position(phase, Integer.parseInt(matcher.group(2))));
  }

  /** The phase of a {@link Phase#label()}. */
  static Optional<Phase> phaseLabelled(String label) {
    for (Phase phase : Phase.values()) {
      if (phase.label().equals(label)) {
        return Optional.of(phase);
      }
    }
    return Optional.empty();
  }

  /** The keys {@code phase} and {@code step}; {@link IllegalArgumentException} for bad ones. */
  static Position read(JsonNode node) {
    String label = Json.field(node, "phase").asText();
    Phase phase =
        phaseLabelled(label)
            .orElseThrow(() -> new IllegalArgumentException("unknown phase '" + label + "'"));
    return new Position(phase, Json.field(node, "step").intValue());
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  /** As a person writes it, such as {@code adversarial 12}. */
  @Override
  public String toString() {
    return phase.label() + " " + step;
  }
}

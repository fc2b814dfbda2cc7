package org.seqgan.api.metric;

import java.util.Optional;

/**
 * A number that was measured.
 *
 * @param description what it is
 * @param value the number
 * @param perSequence the same for each sample {@code [samples]}, where the metric has such values;
 *     not copied
 */
public record Score(ScoreDescription description, double value, Optional<float[]> perSequence) {
  /** A score of all samples together. */
  public static Score of(ScoreDescription description, double value) {
    return new Score(description, value, Optional.empty());
  }

  /** The score's name. */
  public String name() {
    return description.name();
  }
}

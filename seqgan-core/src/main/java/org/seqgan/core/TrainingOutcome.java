package org.seqgan.core;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How training ended. Immutable.
 *
 * @param run the run directory, which {@link SeqGan#open} opens
 * @param finished whether every step of the plan is done; false where it was asked to stop
 * @param checkpoint the last that was saved, such as {@code adversarial-12}
 * @param warnings what was not well, in a line each
 */
public record TrainingOutcome(
    Path run, boolean finished, Optional<String> checkpoint, List<String> warnings) {
  /** Copies the list. */
  public TrainingOutcome {
    warnings = List.copyOf(warnings);
  }
}

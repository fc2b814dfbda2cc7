package org.seqgan.core.training;

import org.seqgan.core.event.Phase;

/**
 * Where training starts: after a step that is done.
 *
 * @param phase the phase of the last finished step
 * @param step that step, counted from 1; 0 before the first
 */
public record StartingPoint(Phase phase, int step) {
  /** Before anything. */
  public static final StartingPoint BEGINNING = new StartingPoint(Phase.GENERATOR_PRETRAINING, 0);

  /**
   * The first step of a phase that is still to do, counted from 1; beyond every step of a phase
   * that is over.
   */
  int firstStep(Phase asked) {
    if (asked == phase) {
      return step + 1;
    }
    return asked.compareTo(phase) < 0 ? Integer.MAX_VALUE : 1;
  }
}

package org.seqgan.core.training;

import org.seqgan.core.event.Phase;

/**
 * How far a run has come.
 *
 * @param phase the phase of the last finished step
 * @param step that step, counted from 1; 0 before the first
 */
public record Position(Phase phase, int step) {
  /** Before anything. */
  public static final Position START = new Position(Phase.GENERATOR_PRETRAINING, 0);

  /** How many steps of a phase are done. */
  int done(Phase asked) {
    return switch (Integer.signum(asked.compareTo(phase))) {
      case -1 -> Integer.MAX_VALUE;
      case 0 -> step;
      default -> 0;
    };
  }
}

package org.seqgan.core.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.seqgan.core.event.Phase;

/**
 * Where training starts, or stands: after a step that is done, or after a batch of the next one.
 *
 * @param phase the phase of the last finished step
 * @param step that step, counted from 1; 0 before the first
 * @param batch how many batches of the step after it are done
 * @param figures what those batches have come to, as text: what the report of their step is made of
 */
public record StartingPoint(Phase phase, int step, int batch, Map<String, String> figures) {
  /** Copies the map. */
  public StartingPoint {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /** Between two steps. */
  public StartingPoint(Phase phase, int step) {
    this(phase, step, 0, Map.of());
  }

  /** Before anything. */
  public static StartingPoint beginning(TrainingPlan plan) {
    return new StartingPoint(plan.first(), 0);
  }

  /** Whether it is before anything. */
  boolean isBeginning() {
    return phase.order() == 0 && step == 0 && batch == 0;
  }

  /** Whether nothing of a phase is done. */
  public boolean isBefore(Phase asked) {
    int order = phase.compareTo(asked);
    return order < 0 || order == 0 && step == 0 && batch == 0;
  }

  /**
   * The first step of a phase that is still to do, counted from 1; beyond every step of a phase
   * that is over.
   */
  int firstStep(Phase asked) {
    if (asked.equals(phase)) {
      return step + 1;
    }
    return asked.compareTo(phase) < 0 ? Integer.MAX_VALUE : 1;
  }

  /** Whether it is within a step. */
  boolean isWithin(Phase asked, int number) {
    return asked.equals(phase) && number == step + 1 && batch > 0;
  }
}

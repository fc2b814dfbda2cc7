package org.seqgan.core.event;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Something that happened in training. */
public sealed interface TrainingEvent {
  /**
   * Training starts or resumes.
   *
   * @param plan the number of steps of each phase, in order
   * @param resumedPhase where it goes on,
   * @param resumedStep how many steps of that phase are done already, and
   * @param resumedBatch how many batches of the next one
   */
  record Started(Map<Phase, Integer> plan, Phase resumedPhase, int resumedStep, int resumedBatch)
      implements TrainingEvent {
    /** Between two steps. */
    public Started(Map<Phase, Integer> plan, Phase resumedPhase, int resumedStep) {
      this(plan, resumedPhase, resumedStep, 0);
    }
  }

  /**
   * Work goes on inside a step; sent often.
   *
   * @param step the step under way, counted from 1
   * @param fraction how much of that step is done, 0 to 1
   * @param loss the latest loss by its short name (such as {@code g-loss}), in nats
   */
  record Progress(Phase phase, int step, double fraction, Map<String, Double> loss)
      implements TrainingEvent {}

  /**
   * Figures after a step: the means of the step's losses, and metrics where it was evaluated. Step
   * 0 is before training.
   *
   * @param values name to value, in a fixed order; the same run gives the same values
   * @param seconds what the step took, evaluation excluded
   */
  record Measured(Phase phase, int step, Map<String, Double> values, double seconds)
      implements TrainingEvent {
    /** What is written beside the values, so that none of them can have these names. */
    public static final Set<String> COLUMNS = Set.of("phase", "step", "seconds", "time");
  }

  /** Sequences that the generator wrote after a step. */
  record Sampled(Phase phase, int step, List<Shown> sequences) implements TrainingEvent {}

  /**
   * Something is not well with training. Sent after every step in which it is seen, and once more
   * when it is over.
   *
   * @param step in which it is seen, or not seen any more
   * @param kind what it is
   * @param message what was measured when it began, what that means and what to do, in one line
   * @param since the step of the phase in which it began
   * @param times how often it has been seen since then
   * @param over whether it has been absent for a while
   */
  record Warned(
      Phase phase, int step, WarningKind kind, String message, int since, int times, boolean over)
      implements TrainingEvent {
    private static final int SAID_AGAIN_AFTER = 50;

    /** Something that has just begun. */
    public static Warned of(Phase phase, int step, WarningKind kind, String message) {
      return new Warned(phase, step, kind, message, step, 1, false);
    }

    /**
     * Whether a person should be told: when it begins, at every 50th time while it goes on, and
     * when it is over.
     */
    public boolean isNews() {
      return over || times % SAID_AGAIN_AFTER == 1;
    }
  }

  /** A step is complete, and the models are in the state that a resume after it starts from. */
  record StepFinished(Phase phase, int step) implements TrainingEvent {}

  /**
   * Training stops before its end, because it was asked to. The models are in the state that a
   * resume from here starts from.
   *
   * @param step complete steps of the phase
   * @param batch complete batches of the step after those
   */
  record Stopped(Phase phase, int step, int batch) implements TrainingEvent {}

  /** Training is complete. */
  record Finished() implements TrainingEvent {}
}

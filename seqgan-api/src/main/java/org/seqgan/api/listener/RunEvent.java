package org.seqgan.api.listener;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Something that happened in a run. Immutable; more kinds may come. */
public sealed interface RunEvent {
  /**
   * Training starts or goes on. The first event of a run in this process.
   *
   * @param plan the number of steps of each phase by its label, in order
   * @param at where it begins: of a run that goes on, the last step that is done
   * @param resumed whether earlier steps were done by another process. What a listener heard then
   *     of steps after {@code at} is void: they come again
   */
  record Started(Map<String, Integer> plan, Place at, boolean resumed) implements RunEvent {
    /** Copies the plan. */
    public Started {
      plan = Collections.unmodifiableMap(new LinkedHashMap<>(plan));
    }
  }

  /**
   * Figures after a step.
   *
   * @param at the step
   * @param values name to value, in a fixed order; a value may be infinite or not a number
   * @param seconds what the step took, evaluation excluded
   */
  record Measured(Place at, Map<String, Double> values, double seconds) implements RunEvent {
    /** Copies the values. */
    public Measured {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /**
   * Sequences that the generator wrote after a step.
   *
   * @param at the step
   * @param texts as their task shows them: whatever the data hold, markup and lines among it
   */
  record Sampled(Place at, List<String> texts) implements RunEvent {
    /** Copies the texts. */
    public Sampled {
      texts = List.copyOf(texts);
    }
  }

  /**
   * Something is not well with training, or is well again. Sent when a person should be told.
   *
   * @param at the step in which it is seen
   * @param kind what it is, such as {@code collapse}
   * @param message one line
   * @param over whether it is over
   */
  record Warned(Place at, String kind, String message, boolean over) implements RunEvent {}

  /**
   * Training has ended. The last event, unless the process was killed.
   *
   * @param outcome how
   * @param message why it failed, in a line; else empty
   */
  record Ended(Outcome outcome, String message) implements RunEvent {}

  /**
   * A step in a run.
   *
   * @param phase the label of its phase, such as {@code adversarial}
   * @param step its number in that phase, counted from 1; 0 is before the first
   * @param overall the same step counted over all phases: it rises from phase to phase, and a run
   *     that goes on counts on
   */
  record Place(String phase, int step, long overall) {}

  /** How training ended. */
  enum Outcome {
    /** It came to the end of its plan. */
    FINISHED,
    /** It was told to stop, and can go on. */
    INTERRUPTED,
    /** It could not go on. */
    FAILED
  }
}

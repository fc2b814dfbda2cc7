package org.seqgan.api.metric;

import java.util.List;
import org.seqgan.api.task.Task;

/** Measures sequences. May keep what it computed of a task's data. One thread at a time. */
public interface Metric {
  /**
   * The scores that {@link #measure} gives for a task, in the same order, without measuring. Those
   * that the task cannot have, such as NLL_oracle where there is no oracle, are left out.
   *
   * @param samples how many sequences will be measured
   */
  List<ScoreDescription> describe(Task task, int samples);

  /**
   * Measures.
   *
   * @throws org.seqgan.api.UserException if there are too few samples or references
   */
  List<Score> measure(MetricInput input);

  /**
   * The values that a score can have; any finite number unless this says more. Training goes on
   * with a value outside of it, and warns, naming the metric's plugin.
   *
   * @param score the name of one of its scores
   */
  default ScoreRange range(String score) {
    return ScoreRange.ANY;
  }

  /**
   * Whether it looks at the sequences or the oracle of the task. One that does not can measure a
   * model that travels without its data.
   */
  default boolean needsData() {
    return true;
  }

  /** Which real sequences show what real data would score. */
  StandIn standIn();
}

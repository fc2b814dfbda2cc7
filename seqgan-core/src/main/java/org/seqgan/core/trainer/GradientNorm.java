package org.seqgan.core.trainer;

import java.util.Map;
import org.seqgan.api.model.Step;
import org.seqgan.api.training.Progress;

/** How steep the generator's loss was in a step. */
final class GradientNorm {
  static final String FIGURE = "g-gradient-norm";

  private GradientNorm() {}

  /** Says what it is. */
  static void describe(Map<String, String> figures) {
    figures.put(
        FIGURE,
        "norm of the gradient of the generator's loss over all its parameters, before clipping, mean over the step's batches");
  }

  /** Adds that of a batch. */
  static void add(Progress progress, Step step) {
    progress.add(FIGURE, step, Step::gradientNorm, 1);
  }
}

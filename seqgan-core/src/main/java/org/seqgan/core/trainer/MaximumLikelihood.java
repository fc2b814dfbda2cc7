package org.seqgan.core.trainer;

import org.seqgan.api.data.Sequences;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.Step;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.training.PhasePlan;
import org.seqgan.api.training.Progress;

/**
 * The phase that most methods begin with: maximum likelihood on the training data, with the true
 * tokens before each token as inputs or, in scheduled sampling (Bengio et al. 2015), with some of
 * the generator's own.
 */
public final class MaximumLikelihood {
  /** The name of the phase, and of its options. */
  static final String PHASE = "generator-pretraining";

  /** The option that says how many epochs there are. */
  static final String EPOCHS = PHASE + ".epochs";

  private final Generator generator;
  private final Sequences realData;
  private final int batchSize;
  private final Options options;

  MaximumLikelihood(Generator generator, Sequences realData, int batchSize, Options options) {
    this.generator = generator;
    this.realData = realData;
    this.batchSize = batchSize;
    this.options = options;
  }

  /** Section {@code training.generator-pretraining}. Defaults are those of SeqGAN's code. */
  public record Options(
      @Option(
              description = "how the generator is optimised",
              defaultValue = "{learning-rate = 0.01, clip-norm = 5}")
          OptimizerOptions optimizer,
      @Option(description = "passes over the training data", defaultValue = "120", min = 0)
          int epochs,
      @Option(
              description = "teacher-forcing, or scheduled-sampling (Bengio et al. 2015)",
              defaultValue = "teacher-forcing")
          Inputs inputs,
      @Option(
              description =
                  "scheduled sampling: probability of a true input token in the first epoch",
              defaultValue = "1.0",
              min = 0,
              max = 1)
          float truthAtStart,
      @Option(
              description =
                  "scheduled sampling: probability of a true input token in the last epoch; linear in between",
              defaultValue = "0.0",
              min = 0,
              max = 1)
          float truthAtEnd) {

    /** The phase that they ask for. */
    PhasePlan plan() {
      return new PhasePlan(
          PHASE,
          epochs,
          EPOCHS,
          PhasePlan.Evaluated.BY_EPOCHS,
          inputs == Inputs.SCHEDULED_SAMPLING);
    }

    /**
     * The probability of a true input token: 1, or the linear decay of scheduled sampling.
     *
     * @param epoch counted from 1
     */
    float truth(int epoch) {
      return switch (inputs) {
        case TEACHER_FORCING -> 1f;
        case SCHEDULED_SAMPLING -> {
          float progress = epochs == 1 ? 0f : (epoch - 1f) / (epochs - 1f);
          yield truthAtStart + progress * (truthAtEnd - truthAtStart);
        }
      };
    }
  }

  /** Which tokens the generator reads in maximum-likelihood training. */
  public enum Inputs {
    /** The true ones. */
    TEACHER_FORCING,
    /** The true one or one of its own, by a coin for each token. */
    SCHEDULED_SAMPLING
  }

  /**
   * Once over the training data, in batches of a random order.
   *
   * @param epoch counted from 1
   */
  void epoch(int epoch, Progress progress) {
    float truth = options.truth(epoch);
    int[] order = progress.random().split("shuffle").permutation(realData.count());
    int batches = Batches.count(order.length, batchSize);
    for (int b = 0; b < batches; b++) {
      if (progress.passesOver(1)) {
        continue;
      }
      Sequences batch = realData.select(Batches.indices(order, b, batchSize));
      Step step =
          generator.trainMaximumLikelihood(
              batch, truth, progress.random().split("scheduled-sampling", b));
      progress.add("g-loss", step, Step::loss, batch.tokenCount());
      GradientNorm.add(progress, step);
      progress.batchDone((b + 1.0) / batches);
    }
  }
}

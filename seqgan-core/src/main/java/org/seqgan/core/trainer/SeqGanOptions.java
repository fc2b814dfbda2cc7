package org.seqgan.core.trainer;

import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.plugin.Option;

/**
 * Section {@code training} of trainer {@code seqgan}: the schedule of Algorithm 1. Defaults are the
 * paper's.
 */
public record SeqGanOptions(
    @Option(description = "sequences per step of either model", defaultValue = "64", min = 1)
        int batchSize,
    @Option(
            description = "how the discriminator is optimised",
            defaultValue = "{learning-rate = 0.0001}")
        OptimizerOptions discriminatorOptimizer,
    @Option(description = "maximum likelihood") MaximumLikelihood.Options generatorPretraining,
    @Option(description = "the discriminator's first lessons")
        DiscriminatorPretraining discriminatorPretraining,
    @Option(description = "the game") Adversarial adversarial) {
  /** Checks that a share of demonstrations is at least one of a batch. */
  public SeqGanOptions {
    Demonstrations asked =
        new Demonstrations(adversarial.demonstrations(), adversarial.demonstrationReward());
    if (asked.share() > 0 && asked.of(batchSize) == 0) {
      throw new IllegalArgumentException(
          "adversarial.demonstrations is %s, which is no sequence of the %d of batch-size beside a sampled one: raise one of them, or set demonstrations to 0"
              .formatted(asked.share(), batchSize));
    }
  }

  /** Section {@code training.discriminator-pretraining}. */
  public record DiscriminatorPretraining(
      @Option(description = "times that fresh negatives are sampled", defaultValue = "50", min = 0)
          int rounds,
      @Option(description = "epochs over each set of negatives", defaultValue = "3", min = 1)
          int epochs) {}

  /** Section {@code training.adversarial}. */
  public record Adversarial(
      @Option(
              description = "how the generator is optimised",
              defaultValue = "{learning-rate = 0.01, clip-norm = 5}")
          OptimizerOptions generatorOptimizer,
      @Option(description = "rounds of g-steps and d-steps", defaultValue = "200", min = 0)
          int rounds,
      @Option(description = "g: generator updates per round", defaultValue = "1", min = 0)
          int gSteps,
      @Option(description = "d: sets of fresh negatives per round", defaultValue = "5", min = 0)
          int dSteps,
      @Option(description = "k: epochs over each set of negatives", defaultValue = "3", min = 1)
          int k,
      @Option(
              description =
                  "negatives per d-step, and as many positives; 0 for as many as there are training sequences",
              defaultValue = "0",
              min = 0)
          int negatives,
      @Option(
              description =
                  "beta moves this fraction of the way to theta after the d-steps; 1 is the paper's beta <- theta",
              defaultValue = "1.0",
              min = 0,
              max = 1)
          float rollOutUpdateRate,
      @Option(
              description =
                  "temperature of the policy: of its sequences, roll-outs and negatives, and of its gradient",
              defaultValue = "1.0",
              min = 0.01,
              max = 100)
          float temperature,
      @Option(
              description =
                  "subtracted from rewards: none (the paper), batch-mean (per position), or moving-average (per position)",
              defaultValue = "none")
          Baseline baseline,
      @Option(
              description = "moving-average baseline: how much of it is kept at each g-step",
              defaultValue = "0.9",
              min = 0,
              max = 1)
          float baselineDecay,
      @Option(
              description =
                  "divides the logits of sampled sequences once more, with importance weights for the difference, and of half the negatives (ColdGAN); 1 for neither",
              defaultValue = "1.0",
              min = 0.01,
              max = 100)
          float samplingTemperature,
      @Option(
              description = "sampling-temperature: c, the largest importance weight of a token",
              defaultValue = "5.0",
              min = 0.001,
              max = 1000000)
          float importanceClip,
      @Option(
              description =
                  "share of real sequences in each batch of the policy gradient, in the place of sampled ones (TextGAIL)",
              defaultValue = "0.0",
              min = 0,
              max = 0.99)
          float demonstrations,
      @Option(
              description = "demonstrations: the reward of each of their tokens",
              defaultValue = "0.3")
          float demonstrationReward) {}

  /** What is subtracted from the rewards to lower the variance of the policy gradient. */
  public enum Baseline {
    /** Nothing. */
    NONE,
    /** The mean of the batch at the same position. */
    BATCH_MEAN,
    /** A moving average of that mean over g-steps. */
    MOVING_AVERAGE
  }
}

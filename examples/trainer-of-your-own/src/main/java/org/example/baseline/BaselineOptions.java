package org.example.baseline;

import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.plugin.Option;

/** Section {@code training} of trainer {@code learned-baseline}. */
public record BaselineOptions(
    @Option(description = "sequences per step", defaultValue = "64", min = 1) int batchSize,
    @Option(description = "maximum likelihood") Likelihood likelihood,
    @Option(description = "policy gradient") Game game) {

  /** Section {@code training.likelihood}. */
  public record Likelihood(
      @Option(description = "passes over the training data", defaultValue = "20", min = 0)
          int epochs,
      @Option(
              description = "how the generator is optimised",
              defaultValue = "{learning-rate = 0.005, clip-norm = 5}")
          OptimizerOptions optimizer) {}

  /** Section {@code training.game}. */
  public record Game(
      @Option(description = "rounds of so many batches", defaultValue = "30", min = 0) int rounds,
      @Option(description = "batches of a round", defaultValue = "5", min = 1) int batches,
      @Option(
              description = "how the generator is optimised",
              defaultValue = "{learning-rate = 0.001, clip-norm = 5}")
          OptimizerOptions optimizer,
      @Option(description = "how the baseline is optimised", defaultValue = "{learning-rate = 0.01}")
          OptimizerOptions baselineOptimizer) {}
}

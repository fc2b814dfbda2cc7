package org.seqgan.core.model;

import java.util.List;
import org.seqgan.api.data.ArraySize;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.plugin.Option;

/** Options of generator {@code leakgan}; the defaults are those of the authors' code. */
public record LeakganOptions(
    @Option(
            description = "width of the Worker's token embedding",
            defaultValue = "32",
            min = 1,
            max = 65536)
        int embeddingSize,
    @Option(
            description = "width of the hidden states of Manager and Worker",
            defaultValue = "32",
            min = 1,
            max = LstmOptions.WIDEST)
        int hiddenSize,
    @Option(
            description = "k: numbers of a goal as the Worker sees it",
            defaultValue = "16",
            min = 1,
            max = 65536)
        int goalSize,
    @Option(
            description = "c: positions over which a goal acts; at most task.sequence-length",
            defaultValue = "4",
            min = 1)
        int stepSize,
    @Option(
            description =
                "window (the goals of the last c positions, the paper) or blocks (those of the last whole block of c positions, the authors' code)",
            defaultValue = "window")
        Goals goals,
    @Option(description = "what of a prefix the discriminator leaks: as discriminator cnn has it")
        Features features,
    @Option(
            description = "standard deviation of the normal distribution of initial parameters",
            defaultValue = "0.1",
            min = 0)
        float initialDeviation) {

  /** Which goals act at a position. */
  public enum Goals {
    /** Those of the last positions, as many as a step has. */
    WINDOW,
    /** Those of the last block that is complete. */
    BLOCKS
  }

  /** Section {@code generator.features}. */
  public record Features(
      @Option(
              description = "width of the token embedding",
              defaultValue = "64",
              min = 1,
              max = 65536)
          int embeddingSize,
      @Option(
              description =
                  "tokens that a filter covers, for each kind of filter; at most task.sequence-length",
              defaultValue = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20]",
              min = 1)
          List<Integer> filterWidths,
      @Option(
              description = "how many filters of each width",
              defaultValue = "[100, 200, 200, 200, 200, 100, 100, 100, 100, 100, 160, 160]",
              min = 1)
          List<Integer> filterCounts) {
    /** Checks them as discriminator cnn checks its own. */
    public Features {
      CnnOptions checked = new CnnOptions(embeddingSize, filterWidths, filterCounts, 1, 0);
      filterWidths = List.copyOf(checked.filterWidths());
      filterCounts = List.copyOf(checked.filterCounts());
    }
  }

  /** Checks that what the Worker's logits are made of is as wide as an array may be. */
  public LeakganOptions {
    if (ArraySize.times(hiddenSize + 1L, goalSize) > ParameterSpec.MOST_NUMBERS) {
      throw new IllegalArgumentException(
          "hidden-size %,d and goal-size %,d have a product of more than %,d"
              .formatted(hiddenSize, goalSize, ParameterSpec.MOST_NUMBERS));
    }
  }
}

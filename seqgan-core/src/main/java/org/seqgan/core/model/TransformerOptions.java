package org.seqgan.core.model;

import org.seqgan.api.plugin.Option;

/** Options of generator {@code transformer}. */
public record TransformerOptions(
    @Option(
            description = "D, width of the embeddings and of every block",
            defaultValue = "32",
            min = 1,
            max = TransformerOptions.WIDEST)
        int modelSize,
    @Option(
            description = "heads of attention in every block; they divide model-size",
            defaultValue = "2",
            min = 1,
            max = TransformerOptions.WIDEST)
        int heads,
    @Option(description = "how many blocks", defaultValue = "2", min = 1, max = 100) int layers,
    @Option(
            description = "width between the two layers that follow attention in every block",
            defaultValue = "128",
            min = 1,
            max = 65536)
        int feedForwardSize,
    @Option(
            description =
                "probability with which dropout keeps a feature while it trains on whole sequences",
            defaultValue = "1.0",
            min = 0.01,
            max = 1)
        float keep,
    @Option(
            description = "standard deviation of the normal distribution of initial weights",
            defaultValue = "0.1",
            min = 0)
        float initialDeviation) {
  /** D at which 3 D^2 weights of queries, keys and values are just what one parameter may have. */
  static final int WIDEST = 13_377;

  /** Checks that heads are equally wide. */
  public TransformerOptions {
    if (modelSize % heads != 0) {
      throw new IllegalArgumentException(
          "heads must divide model-size, found %d heads for a model-size of %d"
              .formatted(heads, modelSize));
    }
  }
}

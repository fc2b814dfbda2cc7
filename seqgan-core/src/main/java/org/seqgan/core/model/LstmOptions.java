package org.seqgan.core.model;

import org.seqgan.api.plugin.Option;

/** Options of generator {@code lstm}; the defaults are the paper's. */
public record LstmOptions(
    @Option(description = "width of the token embedding", defaultValue = "32", min = 1, max = 65536)
        int embeddingSize,
    @Option(
            description = "width of the hidden state",
            defaultValue = "32",
            min = 1,
            max = LstmOptions.WIDEST)
        int hiddenSize,
    @Option(
            description = "standard deviation of the normal distribution of initial parameters",
            defaultValue = "0.1",
            min = 0)
        float initialDeviation) {
  /** H at which 4 H^2 recurrent weights are just what one parameter may have. */
  static final int WIDEST = 11_585;
}

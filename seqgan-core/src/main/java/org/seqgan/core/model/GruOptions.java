package org.seqgan.core.model;

import org.seqgan.api.plugin.Option;

/** Options of generator {@code gru}; the defaults are those of {@code lstm}. */
public record GruOptions(
    @Option(description = "width of the token embedding", defaultValue = "32", min = 1, max = 65536)
        int embeddingSize,
    @Option(
            description = "width of the hidden state",
            defaultValue = "32",
            min = 1,
            max = GruOptions.WIDEST)
        int hiddenSize,
    @Option(
            description = "standard deviation of the normal distribution of initial parameters",
            defaultValue = "0.1",
            min = 0)
        float initialDeviation) {
  /** H at which 3 H^2 recurrent weights are just what one parameter may have. */
  static final int WIDEST = 13_377;
}

package org.seqgan.core.model;

import org.seqgan.api.plugin.Option;

/** Options of generator {@code unigram}. */
public record UnigramOptions(
    @Option(
            description =
                "added to the count of every token, so that tokens not in the training data have a"
                    + " probability",
            defaultValue = "0.1",
            min = 1e-6,
            max = 1e6)
        float pseudoCount) {}

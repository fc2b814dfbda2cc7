package org.seqgan.core.tensorboard;

import org.seqgan.api.plugin.Option;

/** What {@code --listen tensorboard} can be told. */
public record TensorBoardOptions(
    @Option(
            description = "how many of the sequences that a run shows are written, each time",
            defaultValue = "20",
            min = 0,
            max = 1000)
        int samples) {}

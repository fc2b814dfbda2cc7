package org.seqgan.core.run;

import java.time.Duration;
import org.seqgan.api.plugin.Option;

/** Section {@code checkpoint}: when the state of training is saved, and how much of it stays. */
public record CheckpointOptions(
    @Option(
            description =
                "of the latest checkpoints, how many stay; the last of each phase stays besides",
            defaultValue = "2",
            min = 1)
        int keep,
    @Option(
            description =
                "after how long training is saved, at the end of a step, or of a batch where a step"
                    + " takes longer; it is the most that a kill can cost, but for that step",
            defaultValue = "1m",
            min = 0)
        Duration interval,
    @Option(
            description =
                "save after each evaluation that is the best so far, and keep that, for --best",
            defaultValue = "true")
        boolean best) {}

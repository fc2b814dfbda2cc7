package org.seqgan.tasks.poems;

import java.nio.file.Path;
import org.seqgan.api.plugin.Option;
import org.seqgan.tasks.DataChoice;

/** Options of the task "poems". The paper does not say how it divides its poems. */
public record PoemsOptions(
    @Option(
            description =
                "sample (60 quatrains written for seqgan), corpus (what 'seqgan data fetch poems'"
                    + " brought), or a file or folder of .txt files of quatrains",
            defaultValue = DataChoice.SAMPLE,
            words = {DataChoice.SAMPLE, DataChoice.CORPUS})
        Path data,
    @Option(
            description =
                "how a poem is shown: lines, or columns (the traditional layout, from right to left)",
            defaultValue = "lines")
        PoemLayout layout,
    @Option(
            description = "share of the poems held out for choosing among models",
            defaultValue = "0.05",
            min = 0,
            max = 0.5)
        double validationShare,
    @Option(
            description = "share of the poems held out for reporting",
            defaultValue = "0.1",
            min = 0,
            max = 0.5)
        double testShare,
    @Option(
            description = "of the split, which is the same for every seed of a run",
            defaultValue = "1")
        long splitSeed) {}

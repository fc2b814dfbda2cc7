package org.seqgan.tasks.music;

import java.nio.file.Path;
import org.seqgan.api.plugin.Option;
import org.seqgan.tasks.DataChoice;

/** Options of the task "music". Defaults are the paper's, where it says them. */
public record MusicOptions(
    @Option(
            description =
                "sample (built in), corpus (after 'seqgan data fetch music'), or a file or folder of"
                    + " .abc and .mid files",
            defaultValue = DataChoice.SAMPLE,
            words = {DataChoice.SAMPLE, DataChoice.CORPUS})
        Path data,
    @Option(description = "tokens of a sequence", defaultValue = "32", min = 2, max = 4096)
        int sequenceLength,
    @Option(
            description = "first, the beginning of each tune, or all, without overlap",
            defaultValue = "first")
        Windows windows,
    @Option(
            description = "share of the tunes for choosing among models",
            defaultValue = "0.1",
            min = 0,
            max = 1)
        double validationShare,
    @Option(
            description = "share of the tunes for reporting",
            defaultValue = "0.1",
            min = 0,
            max = 1)
        double testShare,
    @Option(
            description = "of the split, which is the same for every seed of a run",
            defaultValue = "1")
        long splitSeed,
    @Option(description = "how tunes become pitches") MelodyReading reading) {}

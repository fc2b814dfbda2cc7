package org.seqgan.tasks.music;

import java.nio.file.Path;
import org.seqgan.api.plugin.Option;

/** Options of the task "midi": those of "music", on data of one's own. */
public record MidiOptions(
    @Option(
            description = "a file or folder with .mid, .midi and .abc files of your own",
            required = true)
        Path data,
    @Option(description = "tokens of a sequence", defaultValue = "32", min = 2, max = 4096)
        int sequenceLength,
    @Option(
            description = "first, the beginning of each tune, or all, without overlap",
            defaultValue = "all")
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
    @Option(description = "how tunes become pitches") MelodyReading reading) {
  MusicOptions asMusic() {
    return new MusicOptions(
        data, sequenceLength, windows, validationShare, testShare, splitSeed, reading);
  }
}

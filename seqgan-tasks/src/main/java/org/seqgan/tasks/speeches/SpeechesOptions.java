package org.seqgan.tasks.speeches;

import java.nio.file.Path;
import org.seqgan.api.plugin.Option;
import org.seqgan.tasks.DataChoice;
import org.seqgan.tasks.LetterCase;

/**
 * Options of the task "speeches". The paper gives neither its length nor its vocabulary. Of the
 * corpus's sentences 83 in 100 have at most 32 tokens; of the tokens of its training set 95 in 100
 * are words that occur there at least three times.
 */
public record SpeechesOptions(
    @Option(
            description =
                "sample (120 paragraphs written for seqgan), corpus (what 'seqgan data fetch"
                    + " speeches' brought), or a file or folder of .txt files, a paragraph a line",
            defaultValue = DataChoice.SAMPLE,
            words = {DataChoice.SAMPLE, DataChoice.CORPUS})
        Path data,
    @Option(
            description =
                "a sequence: passages (whole sentences of a paragraph, as many as fit), or sentences",
            defaultValue = "passages")
        SpeechUnit unit,
    @Option(
            description = "T, tokens of the longest sequence; longer sentences are left out",
            defaultValue = "32",
            min = 2)
        int sequenceLength,
    @Option(description = "lower (capitals become small letters), or keep", defaultValue = "lower")
        LetterCase letterCase,
    @Option(
            description = "a word that occurs less often in the training sequences becomes <unk>",
            defaultValue = "3",
            min = 1)
        int minimumCount,
    @Option(
            description = "share of the sequences held out for choosing among models",
            defaultValue = "0.05",
            min = 0,
            max = 0.5)
        double validationShare,
    @Option(
            description = "share of the sequences held out for reporting",
            defaultValue = "0.1",
            min = 0,
            max = 0.5)
        double testShare,
    @Option(
            description = "of the split, which is the same for every seed of a run",
            defaultValue = "1")
        long splitSeed) {}

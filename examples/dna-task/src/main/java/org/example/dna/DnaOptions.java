package org.example.dna;

import java.nio.file.Path;
import java.util.Optional;
import org.seqgan.api.plugin.Option;

/** Options of the task "dna". */
public record DnaOptions(
    @Option(
            description =
                "FASTA file of A, C, G and T; without it the small made-up sample of the plugin")
        Optional<Path> file,
    @Option(
            description =
                "windows: records are cut into pieces of equal length; records: each is a sequence,"
                    + " with an end of its own",
            defaultValue = "windows")
        Pieces pieces,
    @Option(
            description = "bases of a window, or the most that a record may have",
            defaultValue = "20",
            min = 2,
            max = 10_000)
        int sequenceLength,
    @Option(
            description = "share of the sequences for choosing among models",
            defaultValue = "0.1",
            min = 0,
            max = 0.4)
        double validationShare,
    @Option(
            description = "share of the sequences for reporting",
            defaultValue = "0.1",
            min = 0,
            max = 0.4)
        double testShare) {

  /** What becomes a sequence. */
  public enum Pieces {
    /** Pieces of a record, all of one length. */
    WINDOWS,
    /** A record as it is: sequences of unequal length. */
    RECORDS
  }
}

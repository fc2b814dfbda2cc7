package org.example.dna;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.seqgan.api.UserException;
import org.seqgan.api.random.RandomStream;

/**
 * The sequences that a task makes of its records, each of them once.
 *
 * @param sequences letters
 * @param note how they were made and what was left out, one line
 */
record Pool(List<String> sequences, String note) {
  Pool {
    sequences = List.copyOf(sequences);
  }

  /** Makes sequences as the options say. */
  static Pool of(Fasta fasta, DnaOptions options) {
    return switch (options.pieces()) {
      case WINDOWS -> windows(fasta, options.sequenceLength());
      case RECORDS -> records(fasta, options.sequenceLength());
    };
  }

  private static Pool windows(Fasta fasta, int length) {
    List<String> windows = new ArrayList<>();
    for (String record : fasta.records()) {
      for (int from = 0; from + length <= record.length(); from += length) {
        windows.add(record.substring(from, from + length));
      }
    }
    long rest = fasta.bases() - (long) windows.size() * length;
    return distinct(
        windows,
        "windows of %d bases; left out: %d bases at the ends of records".formatted(length, rest));
  }

  private static Pool records(Fasta fasta, int longest) {
    List<String> fitting =
        fasta.records().stream().filter(record -> record.length() <= longest).toList();
    return distinct(
        fitting,
        "records of at most %d bases; left out: %d longer ones"
            .formatted(longest, fasta.records().size() - fitting.size()));
  }

  /** A sequence that is there twice could be trained on and tested with. */
  private static Pool distinct(List<String> sequences, String made) {
    Set<String> distinct = new LinkedHashSet<>(sequences);
    int repeated = sequences.size() - distinct.size();
    return new Pool(
        List.copyOf(distinct),
        "%d different %s, %d repetitions".formatted(distinct.size(), made, repeated));
  }

  /**
   * Shuffles and divides.
   *
   * @return training, validation and test sequences
   * @throws UserException (data) if one of them would be empty
   */
  List<List<String>> split(DnaOptions options, RandomStream stream) {
    int validation = share(options.validationShare());
    int test = share(options.testShare());
    int training = sequences.size() - validation - test;
    if (training < 1) {
      throw new UserException(
          UserException.Kind.DATA,
          "expected at least 3 sequences to divide, found %s; give more data or another sequence-length"
              .formatted(note));
    }
    List<String> shuffled = new ArrayList<>();
    for (int index : stream.permutation(sequences.size())) {
      shuffled.add(sequences.get(index));
    }
    return List.of(
        shuffled.subList(0, training),
        shuffled.subList(training, training + validation),
        shuffled.subList(training + validation, shuffled.size()));
  }

  private int share(double share) {
    return Math.max(1, (int) Math.round(share * sequences.size()));
  }
}

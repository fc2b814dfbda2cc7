package org.example.dna;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;

/** DNA, opened: the token of a base is its place in {@link Fasta#LETTERS}. */
final class DnaTask implements Task {
  /** Ends a record, and is what the generator sees before the first base. */
  private static final int END = Fasta.LETTERS.length();

  private final Vocabulary vocabulary;
  private final Sequences training;
  private final Sequences validation;
  private final Sequences test;
  private final List<String> provenance;

  private DnaTask(
      Vocabulary vocabulary,
      Sequences training,
      Sequences validation,
      Sequences test,
      List<String> provenance) {
    this.vocabulary = vocabulary;
    this.training = training;
    this.validation = validation;
    this.test = test;
    this.provenance = provenance;
  }

  /**
   * Makes the three sets.
   *
   * @param origin says where the records come from
   */
  static DnaTask of(Fasta fasta, String origin, DnaOptions options, RandomStream stream) {
    Pool pool = Pool.of(fasta, options);
    List<List<String>> sets = pool.split(options, stream);
    int length = options.sequenceLength();
    return new DnaTask(
        vocabulary(options.pieces()),
        sequences(sets.get(0), length),
        sequences(sets.get(1), length),
        sequences(sets.get(2), length),
        List.of(
            "dna: %d %s; %d bases".formatted(fasta.records().size(), origin, fasta.bases()),
            "dna: " + pool.note(),
            "dna: %d to train on, %d for validation, %d for testing"
                .formatted(sets.get(0).size(), sets.get(1).size(), sets.get(2).size())));
  }

  private static Vocabulary vocabulary(DnaOptions.Pieces pieces) {
    return switch (pieces) {
      // Without an end there is no further token; the start may be an ordinary one.
      case WINDOWS -> Vocabulary.fixedLength(Fasta.LETTERS.length(), 0);
      case RECORDS -> new Vocabulary(Fasta.LETTERS.length() + 1, END, OptionalInt.of(END));
    };
  }

  /** As tokens, [count, length]: a sequence that is shorter than that is filled with END. */
  private static Sequences sequences(List<String> texts, int length) {
    return Sequences.ofUnequalRows(texts.stream().map(DnaTask::tokens).toList(), length, END);
  }

  private static int[] tokens(String bases) {
    return bases.chars().map(Fasta.LETTERS::indexOf).toArray();
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public int sequenceLength() {
    return training.time();
  }

  @Override
  public Sequences training() {
    return training;
  }

  @Override
  public Sequences validation() {
    return validation;
  }

  @Override
  public Sequences test() {
    return test;
  }

  @Override
  public Optional<Policy> oracle() {
    return Optional.empty();
  }

  @Override
  public String show(int[] tokens) {
    return Arrays.stream(tokens)
        .filter(token -> token != END)
        .mapToObj(token -> String.valueOf(Fasta.LETTERS.charAt(token)))
        .collect(Collectors.joining());
  }

  @Override
  public List<String> metrics() {
    return List.of("nll-gen", "bleu-5", "self-bleu-5", "distinct-sequences");
  }

  @Override
  public List<String> provenance() {
    return provenance;
  }

  /** Nothing to free. */
  @Override
  public void close() {}
}

package org.example.dna;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.NotationState;
import org.seqgan.api.task.Task;

/** DNA, opened: the token of a base is its place in {@link Fasta#LETTERS}. */
record DnaTask(TaskData data) implements Task {
  /** Ends a record, and is what the generator sees before the first base. */
  private static final int END = Fasta.LETTERS.length();

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
        new TaskData(
        vocabulary(options.pieces()),
        sequences(sets.get(0), length),
        sequences(sets.get(1), length),
        sequences(sets.get(2), length),
        List.of("nll-gen", "bleu-5", "self-bleu-5", "distinct-sequences"),
        List.of(
            "dna: %d %s; %d bases".formatted(fasta.records().size(), origin, fasta.bases()),
            "dna: " + pool.note(),
            "dna: %d to train on, %d for validation, %d for testing"
                .formatted(sets.get(0).size(), sets.get(1).size(), sets.get(2).size()))));
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
  public String show(int[] tokens) {
    return text(tokens);
  }

  /** {@inheritDoc} With it a model of DNA can be put into one file. */
  @Override
  public Optional<NotationState> notationState() {
    return Optional.of(state(data.vocabulary()));
  }

  /** The tokens by id; there is nothing else to know. */
  static NotationState state(Vocabulary vocabulary) {
    List<String> tokens = new ArrayList<>(List.of(Fasta.LETTERS.split("")));
    vocabulary.endToken().ifPresent(end -> tokens.add("<end>"));
    return new NotationState(tokens, Map.of());
  }

  /** The letters of the bases. */
  static String text(int[] tokens) {
    return Arrays.stream(tokens)
        .filter(token -> token != END)
        .mapToObj(token -> String.valueOf(Fasta.LETTERS.charAt(token)))
        .collect(Collectors.joining());
  }
}

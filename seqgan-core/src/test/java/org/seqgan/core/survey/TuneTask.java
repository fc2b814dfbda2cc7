package org.seqgan.core.survey;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.task.Tune;

/**
 * A task whose sequences are short tunes, or words: a token is a semitone above middle C, 0 is a
 * rest.
 *
 * @param music whether it gives tunes
 * @param test every sequence of it is real
 */
record TuneTask(boolean music, Sequences test) implements Task {
  static final int LENGTH = 4;
  static final Vocabulary TOKENS = Vocabulary.fixedLength(12, 0);

  /** A task with so many different sequences in its test set, each of them twice. */
  static TuneTask of(boolean music, int different) {
    int[][] rows =
        IntStream.range(0, 2 * different)
            .mapToObj(i -> i / 2)
            .map(i -> new int[] {1 + i % 11, i / 11 % 11, 5, 7})
            .toArray(int[][]::new);
    return new TuneTask(music, Sequences.ofRows(rows));
  }

  @Override
  public TaskData data() {
    return new TaskData(TOKENS, test, test, test, List.of("nll-gen"), List.of());
  }

  @Override
  public String show(int[] tokens) {
    return IntStream.of(tokens).mapToObj(token -> "do<" + token).collect(Collectors.joining(" "));
  }

  @Override
  public Optional<Tune> tune(int[] tokens) {
    List<Tune.Note> notes = new ArrayList<>();
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] > 0) {
        notes.add(new Tune.Note(60 + tokens[i], 0.4 * i, 0.4));
      }
    }
    return music ? Optional.of(new Tune(notes)) : Optional.empty();
  }

  @Override
  public Map<String, byte[]> files(int[] tokens) {
    return Map.of();
  }
}

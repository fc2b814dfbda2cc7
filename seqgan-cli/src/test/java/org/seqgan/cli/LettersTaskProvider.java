package org.seqgan.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.plugin.About;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskContext;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.task.TaskProvider;

/** A task as real data have it, in small: lines of letters of unequal length, and no oracle. */
public final class LettersTaskProvider implements TaskProvider<LettersTaskProvider.Options> {
  private static final int TIME = 8;
  private static final int LETTERS = 9;
  private static final int END = LETTERS;

  /** For the service loader. */
  public LettersTaskProvider() {}

  /** Options of task {@code letters}. */
  public record Options(
      @Option(description = "lines of each part", defaultValue = "64", min = 1) int lines) {}

  @Override
  public About<Options> about() {
    return new About<>(
        "letters", "letters that mostly follow the alphabet", Options.class, ApiVersion.CURRENT);
  }

  @Override
  public Task open(TaskContext context, Options options) {
    RandomStream stream = RandomStream.of(11);
    return new Letters(
        new TaskData(
            new Vocabulary(LETTERS + 1, END, OptionalInt.of(END)),
            lines(options.lines(), stream),
            lines(options.lines(), stream),
            lines(options.lines(), stream),
            List.of("bleu-2"),
            List.of("lines of letters, made for a test")));
  }

  private static Sequences lines(int count, RandomStream stream) {
    List<int[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int letter = stream.nextInt(LETTERS);
      int[] row = new int[3 + stream.nextInt(4)];
      for (int t = 0; t < row.length; t++) {
        row[t] = letter;
        letter = (letter + 1 + stream.nextInt(2)) % LETTERS;
      }
      rows.add(row);
    }
    return Sequences.ofUnequalRows(rows, TIME, END);
  }

  private record Letters(TaskData data) implements Task {
    @Override
    public String show(int[] tokens) {
      return IntStream.of(tokens)
          .filter(token -> token != END)
          .mapToObj(token -> String.valueOf((char) ('a' + token)))
          .collect(Collectors.joining());
    }
  }
}

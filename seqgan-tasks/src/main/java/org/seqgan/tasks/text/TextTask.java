package org.seqgan.tasks.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.task.NotationState;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;
import org.seqgan.tasks.EncodedSplit;
import org.seqgan.tasks.TextLines;
import org.seqgan.tasks.TextNotation;
import org.seqgan.tasks.TokenTable;

/** A user's own text. */
record TextTask(TaskData data, TextNotation notation) implements Task {
  private static final int LONGEST_N_GRAM = 4;

  /**
   * Reads the data.
   *
   * @throws org.seqgan.api.UserException (data) if they cannot be read, are not UTF-8 text, or are
   *     too few
   */
  static TextTask open(TextOptions options) {
    List<Path> files = TextLines.files(options.data(), options.fileEnding());
    TextLayout layout = TextLayout.of(options, files);
    TextSample sample = TextSample.draw(files, layout, options);
    TokenTable table = sample.table(options.minimumCount(), options.maximumVocabulary());
    int time = options.sequenceLength();
    EncodedSplit sets =
        EncodedSplit.of(
            encode(sample.split().training(), table, time),
            encode(sample.split().validation(), table, time),
            encode(sample.split().test(), table, time),
            options.data().toString());
    TaskData data =
        new TaskData(
            table.vocabulary(),
            sets.training(),
            sets.validation(),
            sets.test(),
            metrics(time),
            provenance(options, files, layout, sample, table, sets));
    return new TextTask(data, new TextNotation(sample.tokenizer(), table));
  }

  private static Sequences encode(List<String> sequences, TokenTable table, int time) {
    List<int[]> rows =
        sequences.stream().map(TextSample::tokens).map(tokens -> table.encode(tokens)).toList();
    return Sequences.ofUnequalRows(rows, time, table.vocabulary().endToken().orElseThrow());
  }

  /** BLEU as far as sequences have such n-grams. */
  private static List<String> metrics(int time) {
    List<String> bleu =
        IntStream.rangeClosed(2, Math.min(LONGEST_N_GRAM, time))
            .mapToObj(n -> "bleu-" + n)
            .toList();
    return bleu.isEmpty() ? List.of("nll-gen") : bleu;
  }

  private static List<String> provenance(
      TextOptions options,
      List<Path> files,
      TextLayout layout,
      TextSample sample,
      TokenTable table,
      EncodedSplit sets) {
    List<String> lines = new ArrayList<>();
    lines.add("text of " + options.data());
    layout.table().map(TextLayout.Column::description).ifPresent(lines::add);
    layout.warning(options, files).ifPresent(lines::add);
    lines.addAll(sample.lines(options));
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d for training, %,d for validation, %,d for test%s",
            sets.training().count(),
            sets.validation().count(),
            sets.test().count(),
            sets.removedNote()));
    lines.add(
        String.format(
            Locale.ROOT,
            "vocabulary: %,d %s; %,d of %,d training tokens are %s",
            table.size(),
            options.tokens().words(),
            table.unknown(sets.training()),
            sets.training().tokenCount(),
            TokenTable.UNKNOWN));
    return lines;
  }

  @Override
  public String show(int[] tokens) {
    return notation.show(tokens);
  }

  @Override
  public Optional<int[]> read(String beginning) {
    return notation.read(beginning);
  }

  @Override
  public Optional<NotationState> notationState() {
    return Optional.of(notation.state());
  }
}

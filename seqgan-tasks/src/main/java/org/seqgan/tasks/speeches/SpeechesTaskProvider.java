package org.seqgan.tasks.speeches;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.plugin.About;
import org.seqgan.api.task.Corpus;
import org.seqgan.api.task.DataReader;
import org.seqgan.api.task.FileContents;
import org.seqgan.api.task.FileContents.LeftOut;
import org.seqgan.api.task.FileFormats;
import org.seqgan.api.task.Notation;
import org.seqgan.api.task.NotationState;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskContext;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.tasks.EncodedSplit;
import org.seqgan.tasks.Split;
import org.seqgan.tasks.TextNotation;
import org.seqgan.tasks.TextSource;
import org.seqgan.tasks.TokenCounts;
import org.seqgan.tasks.TokenTable;
import org.seqgan.tasks.WordTokenizer;

/**
 * The task "speeches": passages of political speeches. A token is a word or a punctuation mark
 * ({@link WordTokenizer}); a sequence ends with an end token, and rare words are {@link
 * TokenTable#UNKNOWN}.
 */
public final class SpeechesTaskProvider implements TaskProvider<SpeechesOptions> {
  private static final TextSource.Sample SAMPLE =
      new TextSource.Sample(SpeechesTaskProvider.class, "sample.txt");

  /** BLEU-3 and BLEU-4 are the paper's measures for speeches. */
  private static final List<String> METRICS =
      List.of(
          "bleu-3",
          "bleu-4",
          "nll-gen",
          "self-bleu-4",
          "distinct-sequences",
          "distinct-2",
          "copied");

  @Override
  public About<SpeechesOptions> about() {
    return new About<>(
        "speeches",
        "passages of political speeches, word by word (Yu et al. 2017)",
        SpeechesOptions.class,
        ApiVersion.CURRENT);
  }

  @Override
  public Optional<Corpus> corpus() {
    return Optional.of(SpeechesCorpus.CORPUS);
  }

  @Override
  public Task open(TaskContext context, SpeechesOptions options) {
    TextSource source = TextSource.find(options.data(), context, SpeechesCorpus.CORPUS, SAMPLE);
    PassageCutter cutter = cutter(options, leftOut -> {});
    ParagraphReader reader = new ParagraphReader(cutter::accept, leftOut -> {});
    source.read(reader::accept);
    checkFound(options, reader, cutter);
    Split<List<String>> split =
        Split.of(
            cutter.passages(),
            options.validationShare(),
            options.testShare(),
            "passages",
            options.splitSeed());
    return task(
        options,
        split,
        List.of(source.origin(), read(source, reader), cut(cutter)),
        source.licence());
  }

  @Override
  public Optional<Notation> notation(Vocabulary vocabulary, NotationState state) {
    return Optional.of(TextNotation.of(vocabulary, state));
  }

  private static PassageCutter cutter(SpeechesOptions options, Consumer<LeftOut> listener) {
    return new PassageCutter(
        options.unit(), options.sequenceLength(), options.letterCase(), listener);
  }

  @Override
  public Optional<DataReader<SpeechesOptions>> reader(FileFormats formats, Path file) {
    return TextSource.canRead(file)
        ? Optional.of(options -> read(file, options))
        : Optional.empty();
  }

  private static FileContents read(Path file, SpeechesOptions options) {
    List<LeftOut> leftOut = new ArrayList<>();
    PassageCutter cutter = cutter(options, leftOut::add);
    ParagraphReader reader = new ParagraphReader(cutter::accept, leftOut::add);
    TextSource.of(file).read(reader::accept);
    return new FileContents.TokenSequences(cutter.passages(), leftOut);
  }

  private static void checkFound(
      SpeechesOptions options, ParagraphReader reader, PassageCutter cutter) {
    if (cutter.passages().isEmpty()) {
      throw new UserException(
          UserException.Kind.DATA,
          "%s has no sentence of at most sequence-length %d tokens; found %s; cut: %s"
              .formatted(
                  options.data(), options.sequenceLength(), reader.summary(), cutter.summary()));
    }
  }

  private static String read(TextSource source, ParagraphReader reader) {
    return "read: %d files, %s".formatted(source.count(), reader.summary());
  }

  private static String cut(PassageCutter cutter) {
    return "cut: " + cutter.summary();
  }

  private static Task task(
      SpeechesOptions options,
      Split<List<String>> split,
      List<String> origin,
      Optional<String> licence) {
    TokenCounts counts = TokenCounts.of(split.training());
    TokenTable table =
        TokenTable.ofVariableLength(counts, options.minimumCount(), Integer.MAX_VALUE);
    int time = options.sequenceLength();
    EncodedSplit sets =
        EncodedSplit.of(
            table.encode(split.training(), time),
            table.encode(split.validation(), time),
            table.encode(split.test(), time),
            options.data().toString());
    Sequences training = sets.training();
    Sequences validation = sets.validation();
    Sequences test = sets.test();
    List<String> provenance = new ArrayList<>(origin);
    provenance.add(
        "vocabulary: %d tokens, <end> and <unk> included: of %d different ones in the training set those that occur %d times or oftener"
            .formatted(table.size(), counts.distinct(), options.minimumCount()));
    provenance.add(
        "unknown: %s of the training, %s of the validation and %s of the test tokens"
            .formatted(unknown(table, training), unknown(table, validation), unknown(table, test)));
    provenance.add(
        String.format(
            Locale.ROOT,
            "%d training, %d validation and %d test sequences, %.1f tokens on average%s",
            training.count(),
            validation.count(),
            test.count(),
            (double) training.tokenCount() / training.count(),
            sets.removedNote()));
    return new SpeechesTask(
        new TaskData(table.vocabulary(), training, validation, test, METRICS, provenance),
        new TextNotation(new WordTokenizer(options.letterCase()), table),
        licence);
  }

  private static String unknown(TokenTable table, Sequences sequences) {
    double share = (double) table.unknown(sequences) / sequences.tokenCount();
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }
}

package org.seqgan.tasks.poems;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.plugin.About;
import org.seqgan.api.task.Corpus;
import org.seqgan.api.task.DataReader;
import org.seqgan.api.task.FileContents;
import org.seqgan.api.task.FileFormats;
import org.seqgan.api.task.Notation;
import org.seqgan.api.task.NotationState;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskContext;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.tasks.Split;
import org.seqgan.tasks.TextSource;
import org.seqgan.tasks.TokenCounts;
import org.seqgan.tasks.TokenTable;

/**
 * The task "poems": quatrains of 20 Chinese characters. All characters of the data are tokens, so
 * that the corpus has the paper's 4,769; none is special, and the start token is the most frequent
 * character.
 */
public final class PoemsTaskProvider implements TaskProvider<PoemsOptions> {
  private static final String COMMIT = "3104e22ac75f3cc2070da2bf5e2da6d2bef149ad";

  private static final Corpus CORPUS =
      new Corpus(
          "poems",
          "16,394 classical Chinese quatrains of 20 characters, as Texygen publishes them",
          "MIT (LICENSE of the repository)",
          URI.create("https://github.com/geek-ai/Texygen"),
          COMMIT,
          URI.create("https://raw.githubusercontent.com/geek-ai/Texygen/" + COMMIT + "/data/"),
          List.of(
              new Corpus.File(
                  "shi.txt",
                  1_590_217,
                  "ac03c5fbb07776f0e43cb1ccfc74732f5313ab3d832df81c8e0db327df35e666")));

  private static final TextSource.Sample SAMPLE =
      new TextSource.Sample(PoemsTaskProvider.class, "sample.txt");

  /** BLEU-2 is the paper's measure for poems. */
  private static final List<String> METRICS =
      List.of("bleu-2", "nll-gen", "self-bleu-2", "distinct-sequences", "distinct-2", "copied");

  @Override
  public About<PoemsOptions> about() {
    return new About<>(
        "poems",
        "Chinese quatrains of 20 characters (Yu et al. 2017)",
        PoemsOptions.class,
        ApiVersion.CURRENT);
  }

  @Override
  public Optional<Corpus> corpus() {
    return Optional.of(CORPUS);
  }

  @Override
  public Task open(TaskContext context, PoemsOptions options) {
    TextSource source = TextSource.find(options.data(), context, CORPUS, SAMPLE);
    PoemReader reader = new PoemReader();
    source.read(reader::accept);
    PoemReader.Found found = reader.found();
    checkFound(options.data(), found);
    Split<List<String>> split =
        Split.of(
            found.poems(),
            options.validationShare(),
            options.testShare(),
            "quatrains",
            options.splitSeed());
    TokenTable table = TokenTable.ofFixedLength(TokenCounts.of(found.poems()));
    List<String> provenance =
        List.of(
            source.origin(),
            "read: " + found.summary(),
            "vocabulary: all %d characters".formatted(table.size()),
            "%d training, %d validation and %d test quatrains"
                .formatted(
                    split.training().size(), split.validation().size(), split.test().size()));
    return new PoemsTask(
        new TaskData(
            table.vocabulary(),
            table.encode(split.training(), PoemReader.QUATRAIN),
            table.encode(split.validation(), PoemReader.QUATRAIN),
            table.encode(split.test(), PoemReader.QUATRAIN),
            METRICS,
            provenance),
        new PoemNotation(table, options.layout()),
        source.licence());
  }

  @Override
  public Optional<Notation> notation(Vocabulary vocabulary, NotationState state) {
    return Optional.of(PoemNotation.of(vocabulary, state));
  }

  @Override
  public Optional<DataReader<PoemsOptions>> reader(FileFormats formats, Path file) {
    return TextSource.canRead(file) ? Optional.of(options -> read(file)) : Optional.empty();
  }

  private static FileContents read(Path file) {
    List<FileContents.LeftOut> leftOut = new ArrayList<>();
    PoemReader reader = new PoemReader(leftOut::add);
    TextSource.of(file).read(reader::accept);
    return new FileContents.TokenSequences(reader.found().poems(), leftOut);
  }

  private static void checkFound(Path data, PoemReader.Found found) {
    if (found.read() == 0) {
      throw new UserException(
          UserException.Kind.DATA,
          "%1$s has no quatrain: expected %2$d characters a line, or lines of 5 or 10 that are %2$d together, between blank lines; found %3$d other lines%4$s"
              .formatted(
                  data,
                  PoemReader.QUATRAIN,
                  found.leftOut(),
                  found.firstLeftOut().map(first -> ", first: " + first).orElse("")));
    }
  }
}

package org.seqgan.tasks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Corpus;
import org.seqgan.api.task.TaskContext;
import org.seqgan.tasks.TextLines.Line;

/** The text files that a task's option {@code data} chooses. Immutable. */
public final class TextSource {
  private static final String ENDING = ".txt";

  private final String origin;
  private final Optional<String> licence;
  private final List<Document> documents;

  private TextSource(String origin, Optional<String> licence, List<Document> documents) {
    this.origin = origin;
    this.licence = licence;
    this.documents = List.copyOf(documents);
  }

  /** A file or a resource. */
  @FunctionalInterface
  private interface Document {
    void read(Consumer<Line> sink);
  }

  /**
   * A sample that the program brings with it.
   *
   * @param owner the class beside which the resource lies
   * @param resource its name, without a folder
   */
  public record Sample(Class<?> owner, String resource) {
    private void read(Consumer<Line> sink) {
      try (InputStream in = owner.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException("sample " + resource + " is not in the jar");
        }
        TextLines.read(resource, in, sink);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Finds what is to be read.
   *
   * @param data the value of the option: {@code sample}, {@code corpus}, or the path of a file or
   *     of a folder of {@code .txt} files
   * @throws UserException (data) if the corpus was not fetched, or there is nothing at the path
   */
  public static TextSource find(Path data, TaskContext context, Corpus corpus, Sample sample) {
    DataChoice choice = DataChoice.of(data);
    if (choice instanceof DataChoice.Given given) {
      return of(given.path());
    }
    if (choice instanceof DataChoice.Fetched) {
      Path folder = context.corpus(corpus);
      return ofFiles(
          "data: corpus %s, commit %s of %s; licence: %s"
              .formatted(corpus.name(), corpus.commit(), corpus.repository(), corpus.licence()),
          choice.licence(corpus),
          corpus.files().stream().map(file -> folder.resolve(file.name())).toList());
    }
    return new TextSource(
        "data: built-in sample, written for seqgan, NOT the corpus; fetch the corpus with: seqgan data fetch %s, then task.data=corpus"
            .formatted(corpus.name()),
        choice.licence(corpus),
        List.of(sample::read));
  }

  /**
   * A user's own texts.
   *
   * @param path of a file, or of a folder of {@code .txt} files
   * @throws UserException (data) if there is nothing at the path
   */
  public static TextSource of(Path path) {
    return ofFiles("data: " + path, Optional.empty(), TextLines.files(path, ENDING));
  }

  /**
   * Whether something may be a user's own texts, by its name and beginning: a folder, or a file
   * that is neither of {@linkplain FileKind another kind} nor has the name of one of parameters.
   *
   * @throws UserException (data) if it cannot be read
   */
  public static boolean canRead(Path path) {
    return Files.isDirectory(path)
        || (!ParameterFiles.isNamedSo(path) && FileKind.of(path).isEmpty());
  }

  private static TextSource ofFiles(String origin, Optional<String> licence, List<Path> files) {
    return new TextSource(
        origin,
        licence,
        files.stream().<Document>map(file -> sink -> TextLines.read(file, sink)).toList());
  }

  /** One line: where the texts come from. */
  public String origin() {
    return origin;
  }

  /** Their licence, in a line, where it is known. */
  public Optional<String> licence() {
    return licence;
  }

  /** How many files there are. */
  public int count() {
    return documents.size();
  }

  /**
   * Reads all files, one after the other; line 1 begins a file.
   *
   * @param sink gets each line once, in order
   * @throws UserException as {@link TextLines#read(Path, Consumer)} says
   */
  public void read(Consumer<Line> sink) {
    documents.forEach(document -> document.read(sink));
  }
}

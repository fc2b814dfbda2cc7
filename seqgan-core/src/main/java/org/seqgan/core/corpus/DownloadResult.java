package org.seqgan.core.corpus;

import java.nio.file.Path;
import java.util.List;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Corpus;

/**
 * How a download ended.
 *
 * @param folder of the corpus
 * @param present the files that were there before
 * @param fetched the files that came
 * @param failures the files that did not
 */
public record DownloadResult(
    Path folder, List<Corpus.File> present, List<Corpus.File> fetched, List<Failure> failures) {
  /** Copies the lists. */
  public DownloadResult {
    present = List.copyOf(present);
    fetched = List.copyOf(fetched);
    failures = List.copyOf(failures);
  }

  /**
   * A file that could not be fetched.
   *
   * @param kind data where it is not there or has other contents, environment where it could not be
   *     reached or written
   * @param message one line: why, and what to do
   */
  public record Failure(Corpus.File file, UserException.Kind kind, String message) {}

  /** Whether every file is here. */
  public boolean isComplete() {
    return failures.isEmpty();
  }
}

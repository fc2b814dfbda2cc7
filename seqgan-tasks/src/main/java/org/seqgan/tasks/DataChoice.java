package org.seqgan.tasks;

import java.nio.file.Path;
import java.util.Optional;
import org.seqgan.api.task.Corpus;

/**
 * Where a task's data come from: what its option {@code data} says. Nothing chooses by itself
 * between the sample and the corpus, so that a run stays what its configuration says.
 */
public sealed interface DataChoice {
  /** The value that chooses the sample that the program brings with it. */
  String SAMPLE = "sample";

  /** The value that chooses the corpus that {@code seqgan data fetch} brings. */
  String CORPUS = "corpus";

  /** Under which licence the samples are. */
  String SAMPLE_LICENCE = "Apache-2.0, as seqgan, which the sample was written for";

  /**
   * The licence of what is chosen, in a line; empty of a user's own data.
   *
   * @param corpus that may be fetched
   */
  default Optional<String> licence(Corpus corpus) {
    if (this instanceof Sample) {
      return Optional.of(SAMPLE_LICENCE);
    }
    return this instanceof Fetched ? Optional.of(corpus.licence()) : Optional.empty();
  }

  /** The small sample that the program brings with it. */
  record Sample() implements DataChoice {}

  /** The corpus, fetched before. */
  record Fetched() implements DataChoice {}

  /**
   * The user's own.
   *
   * @param path a file or folder
   */
  record Given(Path path) implements DataChoice {}

  /** Reads {@code sample}, {@code corpus}, or a path ({@code ./sample} for a file of that name). */
  static DataChoice of(Path value) {
    return switch (value.toString()) {
      case SAMPLE -> new Sample();
      case CORPUS -> new Fetched();
      default -> new Given(value);
    };
  }
}

package org.seqgan.testkit;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Corpus;
import org.seqgan.api.task.TaskContext;

/**
 * What a task without an oracle may use: random numbers, and a corpus where one was fetched.
 *
 * @param seed of the random numbers
 * @param fetched the folder of the corpus
 */
public record DataContext(long seed, Optional<Path> fetched) implements TaskContext {
  /** A machine on which nothing was fetched. */
  public static DataContext offline(long seed) {
    return new DataContext(seed, Optional.empty());
  }

  @Override
  public RandomStream stream() {
    return RandomStream.of(seed);
  }

  @Override
  public Path corpus(Corpus corpus) {
    return fetched.orElseThrow(
        () -> new UserException(UserException.Kind.DATA, corpus.name() + " was not fetched"));
  }

  @Override
  public Generator generator(
      String name,
      Map<String, Object> options,
      Vocabulary vocabulary,
      int sequenceLength,
      NamedArrays parameters) {
    throw new AssertionError("a task without an oracle asked for a generator");
  }

  @Override
  public NamedArrays readSafetensors(Path file) {
    throw new AssertionError("a task without an oracle asked for parameters");
  }
}

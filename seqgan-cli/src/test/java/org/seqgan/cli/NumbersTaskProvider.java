package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.plugin.About;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.task.Corpus;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskContext;
import org.seqgan.api.task.TaskProvider;

/** A task of a plugin that has a corpus of two small files. */
public final class NumbersTaskProvider implements TaskProvider<NumbersTaskProvider.Options> {
  static final byte[] ONE = "1\n2\n3\n".getBytes(US_ASCII);
  static final byte[] TWO = "10\n20\n30\n".getBytes(US_ASCII);

  /** Its options. */
  public record Options(
      @Option(description = "sample, corpus, or a file of numbers", defaultValue = "sample")
          String data,
      @Option(description = "numbers of a sequence", defaultValue = "3") int sequenceLength) {}

  @Override
  public About<Options> about() {
    return new About<>("numbers", "numbers, for tests", Options.class, ApiVersion.CURRENT);
  }

  @Override
  public Optional<Corpus> corpus() {
    return Optional.of(
        new Corpus(
            "numbers",
            "small numbers and large ones",
            "free for all (LICENCE.md)",
            URI.create("https://example.org/numbers"),
            "abc123",
            URI.create("https://example.org/numbers/abc123/"),
            List.of(
                new Corpus.File(
                    "one.txt",
                    ONE.length,
                    "14c5e74c4b96ccef41cd94db73a9ec3348038ac094feca4fd897cecffa07cdae"),
                new Corpus.File(
                    "two.txt",
                    TWO.length,
                    "a1852ec81c3b20981618e10c24edce1a85ba43ef5f09aaf13bd44d6a715ed5b5"))));
  }

  @Override
  public Task open(TaskContext context, Options options) {
    throw new AssertionError("nobody trains on it");
  }
}

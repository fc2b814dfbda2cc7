package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Sizes are checked before work, in a line that says what would fit")
class SizesTest {
  /**
   * A second of work, and as much again for a slow machine; what others do on it is not counted.
   */
  private static final double SECONDS = 2;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final String MATRIX =
      """
      name = tiny
      preset = quickstart
      baseline = a
      metric = nll-oracle
      """;

  @TempDir private static Path folder;
  private static Path trained;

  @BeforeAll
  static void trainOne() {
    trained =
        SmallRun.train(
            folder.resolve("trained"),
            "training.generator-pretraining.epochs=1",
            "training.adversarial.rounds=0");
  }

  /** In a fresh clone that takes seconds, for whichever test comes first. */
  @BeforeAll
  static void unpackNativeLibraries() throws IOException {
    SmallRun.succeeds("matrix", matrix("methods.a {}, seeds = [1]"), "--dry-run", "--probe=0");
  }

  private static void fails(String message, int exitCode, String... words) {
    long began = THREADS.getCurrentThreadCpuTime();
    Program.Result result = Program.run(words);
    double seconds = (THREADS.getCurrentThreadCpuTime() - began) / 1e9;
    assertThat(result.err()).contains(message).startsWith("seqgan: ").hasLineCount(1);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    assertThat(seconds).as(result.err()).isLessThan(SECONDS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "generator.hidden-size=65536 | 2 | generator.hidden-size: expected at most 11585, found 65536",
        "generator.hidden-size=2000000000 | 2 | expected at most 11585",
        "discriminator.filter-widths=[1,2] discriminator.filter-counts=[2000000000,2000000000] | 2 | filter-counts has 4,000,000,000 filters in all, expected at most 23,170",
        "training.batch-size=2000000000 | 2 | training.batch-size: expected at most the 64 training sequences of the task, found 2,000,000,000; lower it to 64 or less",
        "training.batch-size=65 | 2 | training.batch-size: expected at most the 64 training sequences",
        "training.adversarial.negatives=2000000000 | 2 | training.adversarial.negatives: expected at most the 64 training sequences",
        "evaluation.samples=2000000000 | 2 | evaluation.samples: 2,000,000,000 times 4 numbers are more than one array holds; expected at most 536,870,909",
        "reward.roll-outs=2000000000 | 2 | reward.roll-outs: expected at most 100000",
        "backend=dl4j backend.memory=1 | 2 | backend.memory: a batch of 16 sequences keeps",
        "backend=dl4j backend.threads=1000000 | 2 | backend.threads: expected at most 1024, found 1000000",
        "task.vocabulary-size=2000000000 | 2 | vocabulary-size x embedding-size is 2000000000 x 4, expected a product of at most 536870911",
        "task.sequence-length=2000000000 | 2 | training-sequences x sequence-length is 64 x 2000000000, expected a product of at most 2147483639",
        "task.training-sequences=2000000000 | 2 | training-sequences x sequence-length is 2000000000 x 4, expected a product of at most",
        "task.hidden-size=65536 | 2 | hidden-size is 262144 x 65536, expected a product of at most",
      })
  void anOptionThatIsTooLarge(String options, int exitCode, String message) {
    Path run = folder.resolve("none");
    List<String> words = new ArrayList<>(List.of(SmallRun.words(run)));
    words.addAll(List.of(options.split(" ")));
    fails(message, exitCode, words.toArray(String[]::new));
    assertThat(run).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-n 2000000000 | -n: 2,000,000,000 times 4 numbers are more than one array holds; expected at most 536,870,909",
        "-n 1e999 | '--number': expected a whole number from -2147483648 to 2147483647, found '1e999'",
        "-n NaN | '--number': expected a whole number from",
        "-n 0 | -n must be at least 1, found 0",
        "--seed 1e400 | '--seed': expected a whole number from -9223372036854775808 to 9223372036854775807, found '1e400'",
        "--temperature 1e999 | '--temperature': expected a number from -3.4028235E38 to 3.4028235E38, found '1e999'",
        "--temperature -1e999 | '--temperature': expected a number from",
        "--temperature NaN | '--temperature': expected a number from",
        "--top-p 1e400 | '--top-p': expected a number from",
        "--top-k 1e400 | '--top-k': expected a whole number from",
      })
  void aNumberOfTheCommandLine(String options, String message) {
    List<String> words = new ArrayList<>(List.of("sample", trained.toString()));
    words.addAll(List.of(options.split(" ")));
    fails(message, 2, words.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-j 1000000 --threads 2 | 1000000 cells at a time need as many threads, found a budget of 2; lower -j or raise --threads",
        "-j 2000000000 --threads 2000000000 | expected at least 512.0 MiB of memory for each cell, found",
        "-j 1e999 | '-j': expected a whole number from",
        "--probe NaN | '--probe': expected a number from",
        "--memory 1e999 | --memory: expected an amount such as 512m or 8g, found '1e999'",
      })
  void aNumberOfTheCommandLineOfAMatrix(String options, String message) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("matrix", matrix("methods.a {}, seeds = [1]"), "--dry-run"));
    words.addAll(List.of(options.split(" ")));
    fails(message, 2, words.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "methods.a {}, seeds = [%s]",
        "methods.a {}, seeds = { from = 1, to = %s }",
        "methods.a {}, seeds = { from = %s, to = 1 }",
        "methods.a {}, seeds = { from = 1, to = 2, step = %s }",
        "methods.a {}, seeds = [1], published.a = %s",
        "methods.a {}, seeds = [1], axes.training.batch-size = [8, %s]",
        "methods.a {}, seeds = [1], axes.training.adversarial.temperature { from = 1, to = %s }",
        "methods.a { training.adversarial.temperature = %s }, seeds = [1]",
        "methods.a {}, seeds = [1], configuration.training.batch-size = %s",
        "methods.a {}, seeds = [1], \"include\" = [{ method = a, seed = %s }]",
        "methods.a {}, seeds = [1], exclude = [{ method = a, seeds = [%s] }]",
      })
  void whatIsNoNumberInAMatrix(String line) throws IOException {
    for (String none : List.of("1e999", "-1e999", "1e400", "NaN")) {
      fails("expected ", 2, "matrix", matrix(line.formatted(none)), "--dry-run", "--probe=0");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seeds { from = 1, to = 1000000000 } | seeds: expected at most 10000 values",
        "seeds { from = 1, to = 1000 }, axes { training.batch-size { from = 1, to = 1000 }, reward.roll-outs { from = 1, to = 1000 } } | matrix tiny: expected at most 10,000 cells, found 1,000,000,000 (methods, values of each axis, seeds: 1 x 1,000 x 1,000 x 1,000); leave values or seeds out",
        "seeds = [1], \"include\" = [{ method = a, seeds { from = 2, to = 10001 } }] | expected at most 10,000 cells, found 10,001",
      })
  void aMatrixOfMoreCellsThanAnybodyWaitsFor(String line, String message) throws IOException {
    fails(message, 2, "matrix", matrix("methods.a {}\n" + line), "--dry-run", "--probe=0");
  }

  private static String matrix(String lines) throws IOException {
    return Files.writeString(folder.resolve("tiny.conf"), MATRIX + lines).toString();
  }
}

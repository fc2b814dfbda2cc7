package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.seqgan.core.run.MetricsLog;

/** Runs that take a second or two, on a backend that starts at once. */
public final class TinyRun {
  private static final List<String> SIZES =
      List.of(
          "quickstart",
          "backend=reference",
          "task.vocabulary-size=12",
          "task.sequence-length=4",
          "task.embedding-size=4",
          "task.hidden-size=4",
          "task.training-sequences=64",
          "task.test-sequences=32",
          "task.validation-sequences=8",
          "generator.embedding-size=4",
          "generator.hidden-size=4",
          "discriminator.embedding-size=4",
          "discriminator.filter-widths=[1,2]",
          "discriminator.filter-counts=[3,3]",
          "reward.roll-outs=2",
          "training.batch-size=16",
          "training.adversarial.g-steps=1",
          "training.adversarial.d-steps=1",
          "training.adversarial.k=1",
          "evaluation.samples=16",
          "evaluation.every-epochs=7",
          "evaluation.every-rounds=7");

  /** A matrix of two cells, a second of work each. */
  static final String MATRIX =
      """
      name = tiny
      preset = quickstart
      configuration {
        backend = reference
        task {
          vocabulary-size = 12, sequence-length = 4, embedding-size = 4, hidden-size = 4
          training-sequences = 64, test-sequences = 32, validation-sequences = 8
        }
        generator { embedding-size = 4, hidden-size = 4 }
        discriminator { embedding-size = 4, filter-widths = [1, 2], filter-counts = [3, 3] }
        reward { name = discriminator, roll-outs = 2 }
        training {
          batch-size = 16
          generator-pretraining.epochs = 30
          discriminator-pretraining.rounds = 10
          adversarial { rounds = 10, g-steps = 1, d-steps = 1, k = 1 }
        }
        evaluation { samples = 16, every-epochs = 7, every-rounds = 7 }
      }
      baseline = mle
      metric = nll-oracle
      methods {
        mle { training { discriminator-pretraining.rounds = 0, adversarial.rounds = 0 } }
        seqgan {}
      }
      seeds = [1]
      """;

  /** The same with one cell that is done at once. */
  static final String ONE_CELL =
      MATRIX
          .replace("pretraining.epochs = 30", "pretraining.epochs = 1")
          .replace("  seqgan {}\n", "");

  private TinyRun() {}

  /** The words of {@code train}. */
  static List<String> train(Path run, int epochs, int rounds, int games) {
    List<String> words = new ArrayList<>(List.of("train"));
    words.addAll(SIZES);
    words.add("training.generator-pretraining.epochs=" + epochs);
    words.add("training.discriminator-pretraining.rounds=" + rounds);
    words.add("training.adversarial.rounds=" + games);
    words.addAll(List.of("-q", "--run", run.toString()));
    return words;
  }

  /** The words that go on with a run. */
  static List<String> resume(Path run) {
    return List.of("train", "--resume", "-q", "--run", run.toString());
  }

  /** Fails where one run has not come to the very same as another, but for the time it took. */
  static void assertSame(Path run, Path other) throws IOException {
    assertSameEnds(run, other);
    assertSame(
        "checkpoints", files(run.resolve("checkpoints")), files(other.resolve("checkpoints")));
  }

  /**
   * The same, but that checkpoints on the way may be there in one alone: one that was stopped
   * politely has saved others there.
   */
  static void assertSameEnds(Path run, Path other) throws IOException {
    assertThat(figures(run)).isEqualTo(figures(other)).isNotEmpty();
    assertSame("samples", files(run.resolve("samples")), files(other.resolve("samples")));
    Map<String, byte[]> files = files(run.resolve("checkpoints"));
    Map<String, byte[]> others = files(other.resolve("checkpoints"));
    assertThat(names(lastCheckpoints(run))).isEqualTo(names(lastCheckpoints(other))).isNotEmpty();
    files.keySet().retainAll(others.keySet());
    others.keySet().retainAll(files.keySet());
    assertSame("checkpoints", files, others);
  }

  private static void assertSame(
      String folder, Map<String, byte[]> files, Map<String, byte[]> others) {
    assertThat(files.keySet()).as(folder).isEqualTo(others.keySet()).isNotEmpty();
    files.forEach(
        (name, bytes) -> assertThat(bytes).as(folder + "/" + name).isEqualTo(others.get(name)));
  }

  private static List<String> names(List<Path> files) {
    return files.stream().map(file -> file.getFileName().toString()).toList();
  }

  /** The folders of the last checkpoint of each phase. */
  public static List<Path> lastCheckpoints(Path run) throws IOException {
    Map<String, Path> last = new TreeMap<>();
    try (Stream<Path> all = Files.list(run.resolve("checkpoints"))) {
      for (Path checkpoint : all.sorted().toList()) {
        String name = checkpoint.getFileName().toString();
        last.put(name.substring(0, name.lastIndexOf('-')), checkpoint);
      }
    }
    return List.copyOf(last.values());
  }

  /** The table of a matrix, but for the seconds. */
  public static List<String> results(Path directory) throws IOException {
    return Files.readAllLines(directory.resolve("results.csv")).stream()
        .map(line -> line.replaceFirst(",done,[^,]*,", ",done,,"))
        .toList();
  }

  /** The figures of a run, but for times. */
  public static List<String> figures(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
        .map(MetricsLog::withoutTimes)
        .toList();
  }

  private static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }
}

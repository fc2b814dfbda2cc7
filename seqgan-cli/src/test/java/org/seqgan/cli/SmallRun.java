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
import org.seqgan.core.io.Sha256;
import org.seqgan.core.run.MetricsLog;

/** Runs of less than a second that go through every phase, and what is in their directories. */
final class SmallRun {
  /** On a backend that starts at once. */
  static final List<String> OPTIONS =
      List.of(
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
          "training.generator-pretraining.epochs=2",
          "training.discriminator-pretraining.rounds=1",
          "training.adversarial.rounds=3",
          "training.adversarial.g-steps=1",
          "training.adversarial.d-steps=1",
          "training.adversarial.k=1",
          "evaluation.samples=40",
          "evaluation.every-epochs=1",
          "evaluation.every-rounds=2");

  private SmallRun() {}

  /** The words that train one. */
  static String[] words(Path run, String... more) {
    List<String> words = new ArrayList<>(List.of("train", "quickstart"));
    words.addAll(OPTIONS);
    words.addAll(List.of("-q", "--run", run.toString()));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  /** Trains one to its end. */
  static Path train(Path run, String... more) {
    succeeds(words(run, more));
    return run;
  }

  /** A command line that must succeed. */
  static Program.Result succeeds(String... words) {
    Program.Result result = Program.run(words);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  /** What two runs that did the same share. */
  static List<String> metrics(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
        .map(MetricsLog::withoutTimes)
        .toList();
  }

  /** The hashes of the arrays of a checkpoint, by file. */
  static Map<String, String> arrays(Path run, String label) throws IOException {
    Map<String, String> hashes = contents(run.resolve("checkpoints").resolve(label));
    hashes.remove("manifest.json");
    return hashes;
  }

  /** Every file below a folder with the hash of its contents, locks aside. */
  static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith(".lock")) {
          contents.put(folder.relativize(file).toString(), Sha256.of(file));
        }
      }
    }
    return contents;
  }

  /** Spoils a checkpoint. */
  static void damage(Path run, String label) throws IOException {
    Path file = run.resolve("checkpoints").resolve(label).resolve("generator.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }
}

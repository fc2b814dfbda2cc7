package org.seqgan.tasks.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Proposal;
import org.seqgan.api.task.Task;
import org.seqgan.testkit.DataContext;

/**
 * A file whose lines do not fit into the heap, in a process of its own. The property {@code
 * seqgan.large.megabytes} makes it larger.
 */
class LargeFileTest {
  private static final int MEGABYTES = Integer.getInteger("seqgan.large.megabytes", 12);
  private static final String HEAP = "-Xmx32m";

  @TempDir private Path folder;

  @Test
  void memoryDoesNotGrowWithTheFile() throws IOException, InterruptedException {
    Path file = folder.resolve("large.txt");
    write(file);
    Path output = folder.resolve("output");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                file.toString(),
                output.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(child.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();
    List<String> lines = Files.readAllLines(output);
    assertThat(lines)
        .contains("maximum-sequences = 100000")
        .anySatisfy(line -> assertThat(line).contains("of which 100,000 were drawn at random"));
  }

  private static void write(Path file) throws IOException {
    RandomStream stream = RandomStream.of(1);
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      long left = MEGABYTES * 1_000_000L;
      while (left > 0) {
        String line = Texts.line(stream) + " It was " + stream.nextInt(1000) + ".\n";
        writer.write(line);
        left -= line.length();
      }
    }
  }

  /** Proposes, opens, and writes down what was said. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws IOException {
      Path data = Path.of(arguments[0]);
      Proposal proposal = Texts.propose(data);
      StringBuilder said = new StringBuilder();
      proposal
          .choices()
          .forEach(c -> said.append(c.key()).append(" = ").append(c.value()).append('\n'));
      TextOptions options =
          Texts.options(
              data,
              TextUnit.LINES,
              Tokens.WORDS,
              proposal.sequenceLength(),
              Longer.LEAVE_OUT,
              100_000);
      try (Task task = new TextTaskProvider().open(DataContext.offline(1), options)) {
        task.data().provenance().forEach(line -> said.append(line).append('\n'));
      }
      Files.writeString(Path.of(arguments[1]), said);
    }
  }
}

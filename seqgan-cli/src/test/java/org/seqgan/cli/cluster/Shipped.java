package org.seqgan.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.seqgan.cli.TinyRun;
import org.seqgan.cli.shipped.Archive;
import org.seqgan.cli.shipped.UnpackedArchive;

/** The program as it is shipped, and what it leaves in the directory of a matrix. */
final class Shipped {
  static final Path ROOT = Path.of(System.getProperty("seqgan.root"));
  private static final long LONGEST_SECONDS = 600;

  private Shipped() {}

  /** A process that was started. */
  record Running(Process process, Path output) {
    String text() {
      try {
        return Files.readString(output, UTF_8);
      } catch (IOException e) {
        return e.toString();
      }
    }

    /** Waits for its end, which has to be a good one. */
    void awaitEnd() throws InterruptedException {
      assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).as(this::text).isTrue();
      assertThat(process.exitValue()).as(this::text).isZero();
    }

    /** Ends it, and all that it has started, at once. */
    void kill() {
      List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
      all.add(process.toHandle());
      all.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** Starts the program. */
  static Running seqgan(Map<String, String> environment, List<String> words)
      throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(
            List.of(UnpackedArchive.home(Archive.ALL).resolve("bin/seqgan").toString()));
    all.addAll(words);
    return start(environment, all);
  }

  /** Starts any program. */
  static Running start(Map<String, String> environment, List<String> words) throws IOException {
    Path output = Files.createTempFile("seqgan-cluster", ".txt");
    output.toFile().deleteOnExit();
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    builder.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
    return new Running(builder.start(), output);
  }

  /**
   * The weights of the cells that have ended, at the end of each phase. What they have saved on the
   * way depends on when they were stopped.
   */
  static Map<String, ByteBuffer> weights(Path directory) throws IOException {
    Map<String, ByteBuffer> weights = new TreeMap<>();
    Path cells = directory.resolve("cells");
    for (Path cell : listed(cells)) {
      for (Path checkpoint : TinyRun.lastCheckpoints(cell.resolve("run"))) {
        for (Path file : listed(checkpoint)) {
          if (file.toString().endsWith(".safetensors")) {
            weights.put(
                cells.relativize(file).toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
          }
        }
      }
    }
    return weights;
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }
}

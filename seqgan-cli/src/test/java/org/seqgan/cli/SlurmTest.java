package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.testkit.Requirement;

/** A real slurmctld and slurmd, of Debian's packages, on loopback. */
@DisplayName("seqgan matrix on Slurm")
@Timeout(1200)
@Tag("slow")
@Tag("cluster")
class SlurmTest {
  private static final Path SCRIPT =
      Path.of(System.getProperty("seqgan.root"), "scripts", "slurm-on-loopback.sh");
  private static final String MATRIX = TinyRun.MATRIX.replace("seeds = [1]", "seeds = [1, 2, 3]");

  @TempDir private static Path folder;

  private record Said(int exitCode, String text) {}

  @BeforeAll
  static void start() throws Exception {
    new Requirement("slurm")
        .orSkip(
            isInstalled(), "Slurm: needs root, slurmctld, slurmd and munged (slurm-wlm, munge)");
    Said started = say(SCRIPT.toString(), "start", slurm().toString(), "4", port());
    assertThat(started.exitCode()).as(started.text()).isZero();
  }

  private static Path slurm() {
    return folder.resolve("slurm");
  }

  private static boolean isInstalled() {
    return "root".equals(System.getProperty("user.name"))
        && Stream.of("slurmctld", "slurmd", "munged")
            .allMatch(name -> Files.isExecutable(Path.of("/usr/sbin", name)));
  }

  /** The first of two neighbours that are free. */
  private static String port() {
    for (int port = 20_000; ; port += 7) {
      try (ServerSocket one = new ServerSocket(port);
          ServerSocket next = new ServerSocket(port + 1)) {
        assertThat(next.getLocalPort()).isEqualTo(one.getLocalPort() + 1);
        return Integer.toString(port);
      } catch (IOException e) {
        continue;
      }
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (Files.exists(slurm())) {
      say(SCRIPT.toString(), "stop", slurm().toString());
    }
  }

  private static Said say(String... words) throws Exception {
    Path output = Files.createTempFile(folder, "said", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("SLURM_CONF", slurm().resolve("slurm.conf").toString());
    Process process = builder.start();
    assertThat(process.waitFor(100, TimeUnit.SECONDS)).as(String.join(" ", words)).isTrue();
    return new Said(process.exitValue(), Files.readString(output, UTF_8));
  }

  private static List<String> words(Path file, Path directory, String... more) {
    List<String> words = new ArrayList<>(List.of("matrix", file.toString()));
    words.addAll(List.of("--out", directory.toString()));
    words.addAll(List.of(more));
    return words;
  }

  @Test
  void requeuedAndKilledJobsGiveTheResultsOfAnUndisturbedRun() throws Exception {
    Path file = Files.writeString(folder.resolve("tiny.conf"), MATRIX);
    Path whole = folder.resolve("whole");
    assertThat(Program.run(words(file, whole, "-q").toArray(String[]::new)).exitCode()).isZero();
    Path directory = folder.resolve("cluster");
    Map<String, String> environment =
        Map.of("SLURM_CONF", slurm().resolve("slurm.conf").toString());
    try (ProgramProcess program =
        ProgramProcess.startSilent(
            folder.resolve("errors.txt"),
            environment,
            List.of(),
            words(
                file,
                directory,
                "--on",
                "slurm",
                "--threads",
                "1",
                "--memory",
                "600m",
                "--workers",
                "4",
                "--partition",
                "main",
                "--time",
                "10:00",
                "--lease",
                "4"))) {
      assertThat(program.awaitEnd()).as(program.errors()).isZero();
    }
    String job = say("squeue", "-h", "-o", "%F").text().lines().findFirst().orElseThrow().strip();
    await(() -> hasACell(directory, job + "_0"), "the first has a cell");
    await(() -> hasACell(directory, job + "_1"), "the second has a cell");
    // One is told to go and given back to the queue, as in a preemption; another is killed.
    assertThat(say("scontrol", "requeue", job + "_0").exitCode()).isZero();
    assertThat(say("scancel", "--signal=KILL", "--full", job + "_1").exitCode()).isZero();

    await(() -> Files.exists(directory.resolve("results.csv")), "all is done");

    assertThat(TinyRun.results(directory)).isEqualTo(TinyRun.results(whole)).hasSize(7);
    assertThat(directory.resolve("workers").resolve(job + "_0.txt"))
        .content()
        .contains("interrupted; other workers go on with what this one had");
  }

  private static boolean hasACell(Path directory, String worker) throws IOException {
    Path log = directory.resolve("workers").resolve(worker + ".txt");
    return Files.exists(log) && Files.readString(log).contains("started ");
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition, String what) throws Exception {
    long start = System.nanoTime();
    while (!condition.holds()) {
      assertThat(System.nanoTime() - start)
          .as(() -> what + ": " + queue())
          .isLessThan(TimeUnit.SECONDS.toNanos(600));
      Thread.sleep(50);
    }
  }

  private static String queue() {
    try {
      return say("squeue").text();
    } catch (Exception e) {
      return e.toString();
    }
  }
}

package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.run.DurableFiles;

/**
 * Workers are real processes. The property {@code seqgan.kill.seed} repeats the moments at which
 * they are killed, as far as a machine does that.
 */
@DisplayName("seqgan worker")
@Timeout(1200)
@Tag("slow")
class WorkerCommandTest {
  private static final long SEED = Long.getLong("seqgan.kill.seed", System.nanoTime());
  private static final String MATRIX = TinyRun.MATRIX.replace("seeds = [1]", "seeds = [1, 2, 3]");

  /** The same, whose cells do not end while a test looks at them. */
  private static final String LONG = MATRIX.replace("epochs = 30", "epochs = 1000000");

  private static final int LONGEST_MILLIS = 6000;

  @TempDir private static Path shared;
  private static Path file;
  private static Path whole;

  @TempDir private Path folder;
  private final RandomStream stream = RandomStream.of(SEED).split("workers");
  private int started;

  @BeforeAll
  static void undisturbed() throws IOException {
    file = Files.writeString(shared.resolve("tiny.conf"), MATRIX);
    whole = shared.resolve("whole");
    Program.Result result =
        Program.run("matrix", file.toString(), "-q", "-j", "2", "--out", whole.toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private Path plan(Path file) {
    Path directory = folder.resolve("matrix");
    Program.Result result =
        Program.run("matrix", file.toString(), "--out", directory.toString(), "--on", "workers");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("seqgan worker " + directory);
    return directory;
  }

  @Test
  void whatIsForWorkersIsInTheCommandThatStartsOne() {
    Program.Result result =
        Program.run(
            "matrix",
            file.toString(),
            "--out=" + folder.resolve("its matrix"),
            "--on=workers",
            "-j2",
            "--threads=4",
            "--memory=2g",
            "--devices=0,1",
            "--lease=30",
            "--listen=tensorboard");

    assertThat(result.out())
        .isEqualTo(
            "Ready for workers: seqgan worker '"
                + folder
                + "/its matrix' -j 2 --threads 4 --memory 2g --devices 0,1 --lease 30.0"
                + " --listen tensorboard\n");
  }

  /**
   * A worker.
   *
   * @param alone whether it is as on another machine, so that nobody can tell that it is dead
   */
  private ProgramProcess worker(Path directory, boolean alone) throws Exception {
    List<String> apart = List.of("unshare", "--pid", "--fork", "--kill-child");
    return ProgramProcess.startSilent(
        folder.resolve("errors-" + started++ + ".txt"),
        Map.of(),
        alone && works(apart) ? apart : List.of(),
        List.of("worker", directory.toString(), "--lease", "3"));
  }

  /** Linux, and root. */
  private static boolean works(List<String> words) throws InterruptedException {
    List<String> nothing = new ArrayList<>(words);
    nothing.add("true");
    try {
      return new ProcessBuilder(nothing).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void assertLikeUndisturbed(Path directory) throws IOException {
    assertThat(TinyRun.results(directory)).isEqualTo(TinyRun.results(whole)).hasSize(7);
    for (String cell : List.of("mle-seed1", "seqgan-seed3")) {
      TinyRun.assertSameEnds(
          directory.resolve("cells").resolve(cell).resolve("run"),
          whole.resolve("cells").resolve(cell).resolve("run"));
    }
  }

  @Test
  void halfOfWhatRunsIsKilledAndTheResultsAreThoseOfAnUndisturbedRun() throws Exception {
    Path directory = plan(file);
    try (ProgramProcess staying = worker(directory, true);
        ProgramProcess pausing = worker(directory, false);
        ProgramProcess gone = worker(directory, true);
        ProgramProcess leavingItsCell = worker(directory, false)) {
      Thread.sleep(1000 + stream.nextInt(LONGEST_MILLIS));
      gone.killAll();
      pausing.sendUnlessEnded("STOP");
      Thread.sleep(stream.nextInt(LONGEST_MILLIS));
      leavingItsCell.kill();
      Thread.sleep(stream.nextInt(LONGEST_MILLIS));
      pausing.sendUnlessEnded("CONT");
      for (ProgramProcess one : List.of(staying, pausing)) {
        assertThat(one.awaitEnd()).as("seed %d: %s", SEED, one.errors()).isZero();
      }
    }
    assertLikeUndisturbed(directory);
  }

  /** Earlier builds ran a cell in the folder where its result is, and did not say who they were. */
  @Test
  void aFolderOfAnEarlierBuildIsTakenOver() throws Exception {
    Path directory = folder.resolve("earlier");
    copy(whole, directory);
    for (String file : List.of("program.json", "results.csv", "cells/seqgan-seed3/summary.json")) {
      Files.delete(directory.resolve(file));
    }
    DurableFiles.delete(directory.resolve("cells/seqgan-seed2"));
    ProgramProcess refused = worker(directory, false);
    assertThat(refused.awaitEnd()).isEqualTo(ExitCode.RUN_DIRECTORY.code());
    assertThat(refused.errors()).contains("is run with version 0.1 or earlier of this program");

    Program.Result result =
        Program.run("matrix", file.toString(), "-q", "--resume", "--out", directory.toString());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertLikeUndisturbed(directory);
  }

  /** Whoever was to write them may have been killed, and what cells are compared by may change. */
  @Test
  void resultsAreThoseOfThePlanAndTheCellsAsTheyAre() throws Exception {
    Path directory = folder.resolve("ended");
    copy(whole, directory);
    Files.delete(directory.resolve("results.csv"));
    Files.createDirectories(directory.resolve("work/results"));
    try (ProgramProcess late = worker(directory, false)) {
      assertThat(late.awaitEnd()).as(late::errors).isZero();
    }
    assertLikeUndisturbed(directory);

    Path other = folder.resolve("other.conf");
    Files.writeString(other, MATRIX.replace("metric = nll-oracle", "metric = nll-gen"));
    List<String> words =
        List.of(
            "matrix", other.toString(), "--resume", "--on=workers", "--out", directory.toString());
    Program.Result result = Program.run(words.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
    String report = Files.readString(directory.resolve("report.html"));
    assertThat(report).isNotEqualTo(Files.readString(whole.resolve("report.html")));
    Files.delete(directory.resolve("report.html"));
    try (ProgramProcess late = worker(directory, false)) {
      assertThat(late.awaitEnd()).as(late::errors).isZero();
    }
    assertThat(directory.resolve("report.html")).hasContent(report);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  @Test
  void statusSaysWhoDoesWhat() throws Exception {
    Path directory = plan(Files.writeString(folder.resolve("long.conf"), LONG));
    assertThat(Program.run("matrix", "status", directory.toString()).out())
        .isEqualTo("0 of 6 done, 0 running, 6 waiting, 0 failed\n");
    try (ProgramProcess worker = worker(directory, false)) {
      Path run = directory.resolve("work/mle-seed1.1/run/status.json");
      while (!Files.exists(run)) {
        assertThat(worker.isAlive()).as(worker::errors).isTrue();
        Thread.sleep(20);
      }
      String shown = Program.run("matrix", "status", directory.toString()).out();
      assertThat(shown)
          .containsPattern("mle-seed1 +running +\\S+:" + worker.process().pid() + " ")
          .contains("0 of 6 done, 1 running, 5 waiting, 0 failed");
      worker.send("TERM");
      assertThat(worker.awaitEnd()).isEqualTo(ExitCode.TERMINATED.code());
      assertThat(worker.errors()).contains("other workers go on with what this one had");
    }
    String after = Program.run("matrix", "status", directory.toString(), "--format", "json").out();
    assertThat(after).contains("\"state\":\"waiting\"").doesNotContain("running");
    assertThat(directory.resolve("work/mle-seed1.1.free")).exists();
    Program.Result nothing = Program.run("matrix", "status", folder.resolve("none").toString());
    assertThat(nothing.exitCode()).isEqualTo(5);
    assertThat(nothing.err()).contains("found no plan.json in it");
  }
}

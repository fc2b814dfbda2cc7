package org.seqgan.core.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.core.event.Phase;
import org.seqgan.core.run.DurableFiles;
import org.seqgan.core.run.Position;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.run.RunTags;

/** {@link Workbench}: what is found, and how it stands. */
class WorkbenchTest {
  @TempDir private Path folder;

  private Workbench workbench() {
    return new Workbench(List.of(folder), RunMaker.CLOCK);
  }

  private RunSummary only(Snapshot snapshot) {
    assertThat(snapshot.remarks()).isEmpty();
    assertThat(snapshot.runs()).hasSize(1);
    return snapshot.runs().get(0);
  }

  @Test
  void saysOfAFinishedRunWhatAListNeeds() {
    RunMaker.finished(folder.resolve("a/b/run"), RunMaker.CONFIG);
    RunSummary run = only(workbench().scan());
    assertThat(run.name()).isEqualTo("run");
    assertThat(run.path()).isEqualTo(Path.of("a", "b", "run").toString());
    assertThat(run.state()).isEqualTo(RunState.FINISHED);
    assertThat(run.parts())
        .isEqualTo(
            Map.of(
                "task", "oracle",
                "generator", "lstm",
                "discriminator", "cnn",
                "reward", "discriminator",
                "training", "seqgan"));
    assertThat(run.seed()).contains("7");
    assertThat(run.report()).isTrue();
    assertThat(run.bytes().orElseThrow()).isGreaterThan(1000);
    RunSummary.Progress progress = run.progress().orElseThrow();
    assertThat(progress.position()).isEqualTo(new Position(Phase.ADVERSARIAL, 10));
    assertThat(progress.steps()).isEqualTo(10);
    assertThat(progress.fraction()).isEqualTo(1);
    assertThat(run.metrics()).isEqualTo(Map.of("g-loss", 0.1, "nll-gen", 0.0));
  }

  @Test
  void followsARunWhileItIsWritten() {
    Workbench workbench = workbench();
    try (RunMaker run = RunMaker.begin(folder.resolve("run"), RunMaker.CONFIG)) {
      Snapshot first = workbench.scan();
      assertThat(only(first).state()).isEqualTo(RunState.RUNNING);
      assertThat(only(first).metrics()).isEmpty();
      run.steps(Phase.GENERATOR_PRETRAINING, 1, 3);
      Snapshot second = workbench.scan();
      assertThat(second.version()).isEqualTo(first.version() + 1);
      assertThat(second.changedSince(first)).containsExactly(only(second).id());
      assertThat(only(second).metrics()).isEqualTo(Map.of("g-loss", 1.0 / 3, "nll-gen", 8.0));
      assertThat(only(second).progress().orElseThrow().fraction()).isEqualTo(3.0 / 16);
      assertThat(workbench.scan().version()).isEqualTo(second.version());
    }
    assertThat(only(workbench.scan()).state()).isEqualTo(RunState.INTERRUPTED);
  }

  /** Whatever is written takes the place of what was there, and until then has another name. */
  @Test
  void aRunIsNotBrokenBecauseItIsWrittenMeanwhile() throws Exception {
    Workbench workbench = workbench();
    AtomicBoolean enough = new AtomicBoolean();
    try (RunMaker run = RunMaker.begin(folder.resolve("run"), RunMaker.CONFIG)) {
      Path checkpoints = folder.resolve("run/checkpoints");
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(
              () -> {
                for (int step = 1; !enough.get(); step++) {
                  run.steps(Phase.ADVERSARIAL, step, step);
                  replace(checkpoints.resolve("adversarial-1"));
                }
              });
      try {
        for (int scan = 0; scan < 100; scan++) {
          RunSummary found = only(workbench.scan());
          assertThat(found.state()).as("%s", found.message()).isEqualTo(RunState.RUNNING);
        }
      } finally {
        enough.set(true);
        writing.join();
      }
    }
  }

  private static void replace(Path checkpoint) {
    try {
      Path made = Files.createDirectories(checkpoint.resolveSibling("made.tmp"));
      for (int i = 0; i < 5; i++) {
        Files.writeString(made.resolve("part" + i), "weights");
      }
      DurableFiles.delete(checkpoint);
      Files.move(made, checkpoint);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aRunWhoseProcessWasKilledIsKilled() throws IOException {
    Path run = folder.resolve("run");
    RunMaker writing = RunMaker.begin(run, RunMaker.CONFIG).steps(Phase.ADVERSARIAL, 1, 1);
    String status = Files.readString(run.resolve("status.json"));
    writing.close();
    Files.writeString(run.resolve("status.json"), status);
    assertThat(only(workbench().scan()).state()).isEqualTo(RunState.KILLED);
  }

  @Test
  void saysWhyARunFailed() {
    RunMaker.begin(folder.resolve("run"), RunMaker.CONFIG).fail("the disk is full").close();
    RunSummary run = only(workbench().scan());
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.message()).contains("the disk is full");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          status.json   | {}                | expected the status of a run in
          status.json   | {"format": 99}    | a later version of it wrote that
          config.conf   | seed = {          | config.conf
          metrics.jsonl | {"phase": 3}${NL} | metrics.jsonl, line 1
          """)
  void aRunThatCannotBeReadIsBrokenAndSaysWhy(String file, String text, String words)
      throws IOException {
    RunMaker.finished(folder.resolve("whole"), RunMaker.CONFIG);
    Path run = RunMaker.finished(folder.resolve("broken"), RunMaker.CONFIG);
    Files.writeString(run.resolve(file), text.replace("${NL}", "\n"));
    List<RunSummary> runs = workbench().scan().runs();
    assertThat(runs)
        .extracting(RunSummary::state)
        .containsExactly(RunState.BROKEN, RunState.FINISHED);
    assertThat(runs.get(0).message().orElseThrow()).contains(words).doesNotContain("\n");
    assertThat(runs.get(0).metrics()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"status.json", "config.conf"})
  void aRunThatHasLostAFileIsBroken(String file) throws IOException {
    Path run = RunMaker.finished(folder.resolve("run"), RunMaker.CONFIG);
    Files.delete(run.resolve(file));
    assertThat(only(workbench().scan()).message().orElseThrow()).contains("found no " + file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"status.json", "config.conf", "metrics.jsonl", "tags.json", "report.html"})
  void aPipeInThePlaceOfAFileHoldsNothingUp(String file) throws Exception {
    Path run = RunMaker.finished(folder.resolve("run"), RunMaker.CONFIG);
    Files.deleteIfExists(run.resolve(file));
    Process mkfifo;
    try {
      mkfifo = new ProcessBuilder("mkfifo", run.resolve(file).toString()).start();
    } catch (IOException e) {
      mkfifo = Assumptions.abort("needs mkfifo to make a pipe");
    }
    assertThat(mkfifo.waitFor()).isZero();
    RunSummary found = only(workbench().scan());
    if (file.equals("report.html")) {
      assertThat(found.report()).isFalse();
    } else {
      assertThat(found.message().orElseThrow()).contains(file);
    }
  }

  @Test
  void aStatusThatIsTooLargeIsNotRead() throws IOException {
    Path run = RunMaker.finished(folder.resolve("run"), RunMaker.CONFIG);
    try (RandomAccessFile status =
        new RandomAccessFile(run.resolve("status.json").toFile(), "rw")) {
      status.setLength(1L << 40);
    }
    assertThat(only(workbench().scan()).message().orElseThrow())
        .contains("1,099,511,627,776 bytes");
  }

  @Test
  void anEditOfTheConfigurationIsSeen() throws IOException {
    Path run = RunMaker.finished(folder.resolve("run"), RunMaker.CONFIG);
    Workbench workbench = workbench();
    workbench.scan();
    Files.writeString(run.resolve("config.conf"), "task = poems\nseed = 8");
    assertThat(only(workbench.scan()).parts()).isEqualTo(Map.of("task", "poems"));
  }

  @Test
  void linksAreFollowedAndNothingIsShownTwice() throws IOException {
    RunMaker.finished(folder.resolve("runs/one"), RunMaker.CONFIG);
    Files.createSymbolicLink(folder.resolve("runs/loop"), folder);
    Files.createSymbolicLink(folder.resolve("runs/same"), folder.resolve("runs/one"));
    Files.createSymbolicLink(folder.resolve("nowhere"), folder.resolve("gone"));
    Workbench workbench =
        new Workbench(List.of(folder.resolve("runs"), folder, folder), RunMaker.CLOCK);
    assertThat(workbench.scan().runs()).hasSize(1);
  }

  @Test
  void aFolderThatIsNotThereIsRemarkedAndFoundLater() {
    Workbench workbench = new Workbench(List.of(folder.resolve("runs")), RunMaker.CLOCK);
    assertThat(workbench.scan().remarks()).hasSize(1);
    RunMaker.finished(folder.resolve("runs/run"), RunMaker.CONFIG);
    assertThat(workbench.scan().remarks()).isEmpty();
    assertThat(workbench.latest().runs()).hasSize(1);
  }

  @Test
  void theIdOfARunStaysTheSame() {
    RunMaker.finished(folder.resolve("run"), RunMaker.CONFIG);
    String id = only(workbench().scan()).id();
    assertThat(id).matches("[0-9a-f]{20}").isEqualTo(only(workbench().scan()).id());
    assertThat(workbench().scan().run(id)).isPresent();
  }

  @Test
  void tagsAreKeptInTheRun() throws IOException {
    Path run = RunMaker.finished(folder.resolve("run"), RunMaker.CONFIG);
    Workbench workbench = workbench();
    workbench.scan();
    new RunTags(List.of("best", "für Table 1")).write(new RunLayout(run));
    assertThat(only(workbench.scan()).tags()).containsExactly("best", "für Table 1");
    Files.writeString(run.resolve("tags.json"), "[]");
    RunSummary spoilt = only(workbench.scan());
    assertThat(spoilt.state()).isEqualTo(RunState.FINISHED);
    assertThat(spoilt.tags()).isEmpty();
    assertThat(spoilt.message().orElseThrow()).contains("tags.json").contains("delete the file");
  }

  @Test
  void aRunThatIsGoneIsGone() throws IOException {
    Path run = RunMaker.finished(folder.resolve("run"), RunMaker.CONFIG);
    Workbench workbench = workbench();
    String id = only(workbench.scan()).id();
    Snapshot before = workbench.latest();
    DurableFiles.delete(run);
    Snapshot after = workbench.scan();
    assertThat(after.runs()).isEmpty();
    assertThat(after.changedSince(before)).containsExactly(id);
    assertThat(after.run(id)).isEqualTo(Optional.empty());
  }
}

package org.seqgan.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;
import org.seqgan.api.metric.Better;
import org.seqgan.core.event.Phase;
import org.seqgan.core.io.Sha256;

/** {@link RunDirectory}: who may write where. */
class RunDirectoryTest {
  private static final RunDescription DESCRIPTION =
      new RunDescription(
          "0.1.0",
          List.of(new MetricNote("nll-oracle", Better.LOWER, "mean of 9984 samples")),
          List.of("seed 7"));

  private final ManualClock clock = new ManualClock();
  private Path root = Path.of("");

  @BeforeEach
  void chooseRoot(@TempDir Path folder) {
    root = folder.resolve("runs").resolve("first");
  }

  private RunDirectory create() {
    return RunDirectory.create(root, "seed = 7\n", DESCRIPTION, clock);
  }

  private static void assertKind(Throwable thrown, UserException.Kind kind) {
    assertThat(thrown)
        .isInstanceOfSatisfying(UserException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void makesTheFolderWithItsParentsAndWritesTheConfiguration() throws IOException {
    try (RunDirectory run = create()) {
      assertThat(root.resolve("config.conf")).hasContent("seed = 7\n");
      assertThat(RunStatus.read(run.layout().status())).isEqualTo(run.status());
      assertThat(run.status().state()).isEqualTo(RunStatus.State.RUNNING);
      assertThat(run.status().description()).isEqualTo(DESCRIPTION);
    }
  }

  @Test
  void takesAnEmptyFolder() throws IOException {
    Files.createDirectories(root);
    create().close();
    assertThat(RunLayout.existing(root).name()).isEqualTo("first");
  }

  @Test
  void takesAFolderThatAProcessLeftBeforeTheRunHadItsConfiguration() throws IOException {
    create().close();
    Files.delete(root.resolve("config.conf"));
    Files.delete(root.resolve("metrics.jsonl"));
    Files.writeString(root.resolve("config.conf.tmp"), "see");
    create().close();
    assertThat(root.resolve("config.conf")).hasContent("seed = 7\n");
  }

  @Test
  void refusesAFolderWithAStatusOfAnotherProgram() throws IOException {
    Files.createDirectories(root);
    Files.writeString(root.resolve("status.json"), "{\"status\": \"mine\"}");
    assertThatThrownBy(this::create).hasMessageContaining("exists already");
    assertThat(root.resolve("status.json")).hasContent("{\"status\": \"mine\"}");
  }

  @Test
  void refusesToCreateARunThatExistsAndSaysWhatToDo() {
    create().close();
    assertThatThrownBy(this::create)
        .hasMessageContaining(root.toString())
        .hasMessageEndingWith(
            "exists already: use --resume to go on, --overwrite to delete it, or another --run")
        .satisfies(e -> assertKind(e, UserException.Kind.RUN_DIRECTORY));
  }

  @Test
  void refusesToCreateARunInAFolderOfSomethingElseAndLeavesItAlone() throws IOException {
    Files.createDirectories(root);
    Files.writeString(root.resolve("thesis.tex"), "years of work");
    assertThatThrownBy(this::create).hasMessageContaining("exists already");
    assertThat(root.toFile().list()).containsExactly("thesis.tex");
  }

  @Test
  void overwritesARunCompletely() throws IOException {
    create().close();
    Files.createDirectories(root.resolve("checkpoints").resolve("adversarial-000001"));
    Files.writeString(root.resolve("metrics.jsonl.tmp"), "torn");
    try (RunDirectory run = RunDirectory.overwrite(root, "seed = 8\n", DESCRIPTION, clock)) {
      assertThat(root.resolve("config.conf")).hasContent("seed = 8\n");
      assertThat(root.toFile().list())
          .containsExactlyInAnyOrder(".lock", "config.conf", "metrics.jsonl", "status.json");
      assertThat(run.status().state()).isEqualTo(RunStatus.State.RUNNING);
    }
  }

  @Test
  void overwriteDeletesNothingWhereTheFolderIsNoRun() throws IOException {
    Files.createDirectories(root);
    Files.writeString(root.resolve("config.conf"), "of another program");
    assertThatThrownBy(() -> RunDirectory.overwrite(root, "", DESCRIPTION, clock))
        .hasMessageContaining("expected a run directory to overwrite")
        .satisfies(e -> assertKind(e, UserException.Kind.RUN_DIRECTORY));
    assertThat(root.resolve("config.conf")).hasContent("of another program");
  }

  @Test
  void overwriteDeletesNothingWhereAStatusIsThatOfAnotherProgram() throws IOException {
    Files.createDirectories(root);
    Files.writeString(root.resolve("status.json"), "{\"status\": 200}");
    assertThatThrownBy(() -> RunDirectory.overwrite(root, "", DESCRIPTION, clock))
        .hasMessageContaining("expected the status of a run in");
    assertThat(root.resolve("status.json")).exists();
  }

  @Test
  void overwriteDeletesNothingWhereSomeonePutAFileOfTheirOwn() throws IOException {
    create().close();
    Files.writeString(root.resolve("notes.txt"), "my thoughts");
    assertThatThrownBy(() -> RunDirectory.overwrite(root, "", DESCRIPTION, clock))
        .hasMessageContaining("'notes.txt'")
        .hasMessageContaining("nothing is deleted");
    assertThat(root.resolve("config.conf")).hasContent("seed = 7\n");
  }

  @Test
  void overwriteFollowsNoLinkOutOfTheRun(@TempDir Path elsewhere) throws IOException {
    create().close();
    Path precious = Files.writeString(elsewhere.resolve("precious"), "data");
    Files.createSymbolicLink(root.resolve("samples"), elsewhere);
    RunDirectory.overwrite(root, "", DESCRIPTION, clock).close();
    assertThat(precious).exists();
  }

  @Test
  void refusesToOpenWhatIsNotThere() {
    assertThatThrownBy(() -> RunDirectory.openExisting(root, DESCRIPTION, clock))
        .hasMessageContaining("expected a run directory at " + root)
        .hasMessageContaining("found nothing there")
        .satisfies(e -> assertKind(e, UserException.Kind.RUN_DIRECTORY));
  }

  @Test
  void refusesToOpenAFolderThatIsNoRun() throws IOException {
    Files.createDirectories(root);
    assertThatThrownBy(() -> RunDirectory.openExisting(root, DESCRIPTION, clock))
        .hasMessageContaining("found no config.conf in it");
  }

  @Test
  void namesTheFolderThatCannotBeWritten(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> RunDirectory.create(file.resolve("run"), "", DESCRIPTION, clock))
        .hasMessageStartingWith("cannot write " + file.resolve("run"))
        .satisfies(e -> assertKind(e, UserException.Kind.ENVIRONMENT));
  }

  @Test
  void letsOneWriterInAtATime() {
    try (RunDirectory run = create()) {
      assertThat(run.layout().inUse()).isTrue();
      assertThatThrownBy(() -> RunDirectory.openExisting(root, DESCRIPTION, clock))
          .hasMessageContaining("is being written by another process")
          .satisfies(e -> assertKind(e, UserException.Kind.RUN_DIRECTORY));
      assertThatThrownBy(() -> RunDirectory.overwrite(root, "", DESCRIPTION, clock))
          .hasMessageContaining("is being written by another process");
    }
    assertThat(new RunLayout(root).inUse()).isFalse();
    RunDirectory.openExisting(root, DESCRIPTION, clock).close();
  }

  /** As the workbench does, of a run whose process was killed, while another process goes on. */
  @Test
  void isNotKeptFromAWriterByWhoLooksWhetherThereIsOne() throws Exception {
    create().close();
    RunLayout layout = new RunLayout(root);
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Void> looking =
        CompletableFuture.runAsync(
            () -> {
              while (!enough.get()) {
                layout.inUse();
                LockSupport.parkNanos(1_000_000);
              }
            });
    try {
      for (int i = 0; i < 1000; i++) {
        RunDirectory.openExisting(root, DESCRIPTION, clock).close();
      }
    } finally {
      enough.set(true);
      looking.join();
    }
  }

  @Test
  void keepsOtherProcessesOutUntilThisOneIsKilled() throws Exception {
    Process holder = Child.start(HoldRun.class, root.toString());
    Child.awaitLine(holder, "holding");
    assertThat(new RunLayout(root).inUse()).isTrue();
    assertThatThrownBy(() -> RunDirectory.openExisting(root, DESCRIPTION, clock))
        .hasMessageContaining("is being written by another process");
    holder.destroyForcibly();
    assertThat(holder.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(RunStatus.read(new RunLayout(root).status()).state())
        .isEqualTo(RunStatus.State.RUNNING);
    assertThat(new RunLayout(root).inUse()).isFalse();
    RunDirectory.openExisting(root, DESCRIPTION, clock).close();
  }

  /** Opens a run and holds it until it is killed. */
  static final class HoldRun {
    private HoldRun() {}

    public static void main(String[] arguments) throws InterruptedException {
      RunDirectory.create(Path.of(arguments[0]), "", DESCRIPTION, new ManualClock());
      Child.say("holding");
      Thread.sleep(60_000);
    }
  }

  @Test
  void marksARunThatIsClosedBeforeItsEndAsInterrupted() {
    create().close();
    assertThat(RunStatus.read(new RunLayout(root).status()).state())
        .isEqualTo(RunStatus.State.INTERRUPTED);
  }

  /** Every file with its contents. */
  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(root.relativize(file).toString(), Sha256.of(file));
      }
    }
    return contents;
  }

  @Test
  void openingARunChangesNotAByteOfIt() throws IOException {
    create().close();
    Files.writeString(root.resolve("metrics.jsonl"), "{\"phase\":\"torn");
    Files.createDirectories(root.resolve("checkpoints").resolve("adversarial-000001.tmp"));
    Map<String, String> before = contents();
    clock.advance(Duration.ofHours(1));
    try (RunDirectory run = RunDirectory.openExisting(root, DESCRIPTION, clock)) {
      assertThat(run.latest().checkpoint()).isEmpty();
      run.markFailed("it has not begun");
      new RunRecorder(run, report -> "", clock, clock::nanoTime).failed("it has not begun");
      run.markInterrupted();
    }
    assertThat(contents()).isEqualTo(before);
    assertThat(root.resolve("checkpoints").resolve("adversarial-000001.tmp")).exists();
  }

  @Test
  void refusesAStatusOfALaterVersion() throws IOException {
    create().close();
    Path status = root.resolve("status.json");
    Files.writeString(status, Files.readString(status).replace("\"format\" : 2", "\"format\" : 3"));
    assertThatThrownBy(() -> RunDirectory.openExisting(root, DESCRIPTION, clock))
        .hasMessageContaining("status.json is of format 3")
        .satisfies(e -> assertKind(e, UserException.Kind.RUN_DIRECTORY));
    assertThat(new RunLayout(root).inUse()).isFalse();
  }

  @Test
  void readsAStatusOfTheFormatBefore() throws IOException {
    create().close();
    Path status = root.resolve("status.json");
    String text =
        Files.readString(status)
            .replace("  \"format\" : 2,\n", "")
            .replaceFirst("  \"config-sha256\" : \"[0-9a-f]{64}\",\n", "");
    assertThat(text).doesNotContain("format", "sha256");
    Files.writeString(status, text);
    try (RunDirectory run = RunDirectory.openExisting(root, clock)) {
      assertThat(run.status().lineage()).isEqualTo(Lineage.UNKNOWN);
      assertThat(run.status().description()).isEqualTo(DESCRIPTION);
    }
  }

  @Test
  void refusesMetricsThatAreNone() throws IOException {
    create().close();
    Files.writeString(root.resolve("metrics.jsonl"), "{\"phase\":\"mediator\",\"step\":1}\n");
    assertThatThrownBy(() -> RunDirectory.openExisting(root, DESCRIPTION, clock))
        .hasMessageContaining("metrics.jsonl, line 1: unknown phase 'mediator'")
        .satisfies(e -> assertKind(e, UserException.Kind.RUN_DIRECTORY));
  }

  @Test
  void doesNotStartOverWhereTheCheckpointsAreGone() throws IOException {
    try (RunDirectory run = create()) {
      run.checkpointed(new Position(Phase.ADVERSARIAL, 40));
    }
    try (RunDirectory run = RunDirectory.openExisting(root, DESCRIPTION, clock)) {
      assertThatThrownBy(run::latest)
          .hasMessageContaining("its checkpoints are gone, the last was adversarial-40")
          .satisfies(e -> assertKind(e, UserException.Kind.RUN_DIRECTORY));
    }
  }

  @Test
  void doesNotStartOverWhereTheCheckpointsOfARunOfAnEarlierVersionAreGone() throws IOException {
    create().close();
    Path metrics = root.resolve("metrics.jsonl");
    String line = "{\"phase\":\"%s\",\"step\":1,\"seconds\":1,\"time\":\"2026-01-02T03:04:05Z\"}\n";
    Files.writeString(metrics, line.formatted("generator-pretraining"));
    try (RunDirectory run = RunDirectory.openExisting(root, DESCRIPTION, clock)) {
      assertThat(run.latest().checkpoint()).isEmpty();
    }
    Files.writeString(
        metrics, line.formatted("generator-pretraining") + line.formatted("adversarial"));
    try (RunDirectory run = RunDirectory.openExisting(root, DESCRIPTION, clock)) {
      assertThatThrownBy(run::latest)
          .hasMessageContaining("its checkpoints are gone, and it was in phase adversarial");
    }
  }

  @Test
  void addsTheProvenanceOfALaterProcessToThatOfTheFirst() {
    create().close();
    RunDescription later = new RunDescription("0.2.0", List.of(), List.of("seed 7", "backend b"));
    try (RunDirectory run = RunDirectory.openExisting(root, later, clock)) {
      assertThat(run.status().description())
          .isEqualTo(new RunDescription("0.2.0", List.of(), List.of("seed 7", "backend b")));
      assertThat(run.status().state()).isEqualTo(RunStatus.State.RUNNING);
    }
  }
}

package org.seqgan.core.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.UserException;
import org.seqgan.api.metric.Better;

@DisplayName("Processes that take cells from a folder")
class ProcessRunnerTest {
  private static final Plan PLAN =
      new Plan(
          "test",
          "mle",
          "nll-oracle",
          Better.LOWER,
          List.of(),
          Map.of(),
          Map.of(),
          List.of(cell(1), cell(2)));

  /** What a process does that finds its machine unfit. */
  private static final List<String> UNFIT =
      List.of("sh", "-c", "echo 'seqgan: no space left' >&2; exit 4");

  @TempDir private Path folder;
  private Path root;
  private final List<String> heard = new ArrayList<>();

  private static Cell cell(int number) {
    return new Cell(number, "c" + number, "mle", Map.of(), number, "quickstart", List.of());
  }

  @BeforeEach
  void plan() {
    root = folder.resolve("matrix");
    MatrixDirectory.create(root, PLAN, program("1")).close();
  }

  private final CellListener listener =
      new CellListener() {
        @Override
        public void started(Cell cell) {
          heard.add("started " + cell.id());
        }

        @Override
        public void startedBy(Cell cell, String holder) {
          heard.add("started elsewhere " + cell.id());
        }

        @Override
        public void left(Cell cell) {
          heard.add("left " + cell.id());
        }

        @Override
        public void progressed(Cell cell, CellProgress progress) {}

        @Override
        public void ended(CellSummary summary) {
          heard.add(summary.state().label() + " " + summary.cell().id());
        }
      };

  private CellQueue queue(MatrixDirectory directory, boolean followsOthers) {
    return new CellQueue(directory, Duration.ofSeconds(60), followsOthers);
  }

  @Test
  void aMachineThatIsUnfitGivesItsCellBackAndTakesNoMore() {
    try (MatrixDirectory directory = MatrixDirectory.join(root, program("1"))) {
      ProcessRunner runner = new ProcessRunner(place -> UNFIT, 1, true);
      CellQueue queue = queue(directory, false);
      assertThatThrownBy(() -> runner.run(queue, listener, () -> false))
          .isInstanceOf(UserException.class)
          .hasMessage("cell c1 cannot go on here, and is left to other workers: no space left");
      assertThat(heard).containsExactly("started c1", "left c1");
      assertThat(root.resolve("cells")).doesNotExist();
      assertThat(queue(directory, false).take().orElseThrow().folder().root())
          .isEqualTo(root.resolve("work/c1.2"));
    }
  }

  @Test
  void aCellThatFailedIsOverForEveryoneUntilTheMatrixIsResumed() {
    try (MatrixDirectory directory = MatrixDirectory.join(root, program("1"))) {
      new ProcessRunner(place -> UNFIT, 2, false)
          .run(queue(directory, false), listener, () -> false);
      assertThat(heard).contains("failed c1", "failed c2");
      assertThat(directory.summary(cell(1)).failure())
          .isEqualTo(
              "cell c1 failed with exit code 4: no space left; see "
                  + root.resolve("cells/c1/log.txt"));
      assertThat(queue(directory, false).isOver()).isTrue();
    }
    try (MatrixDirectory directory = MatrixDirectory.resume(root, PLAN, program("1"))) {
      CellAttempt attempt = queue(directory, false).take().orElseThrow();
      assertThat(attempt.folder().root()).isEqualTo(root.resolve("work/c1.2"));
      assertThat(attempt.folder().log()).content().contains("no space left");
    }
  }

  /** An interrupt from the keyboard goes to all processes, and one may hear of it late. */
  @ParameterizedTest
  @ValueSource(ints = {130, 143})
  void aCellThatASignalEndedBeforeThisProcessHeardOfItIsToBeRunAgain(int code) {
    List<String> ended = List.of("sh", "-c", "exit " + code);
    AtomicLong stopAt = new AtomicLong(Long.MAX_VALUE);
    try (MatrixDirectory directory = MatrixDirectory.join(root, program("1"))) {
      new ProcessRunner(place -> ended, 1, false)
          .run(
              queue(directory, false),
              listener,
              () -> {
                if (!heard.isEmpty()) {
                  stopAt.compareAndSet(Long.MAX_VALUE, System.nanoTime() + 1_500_000_000L);
                }
                return System.nanoTime() > stopAt.get();
              });
    }
    assertThat(heard).containsExactly("started c1", "left c1");
  }

  @Test
  void whoFollowsHearsWhatOthersDo() throws InterruptedException {
    try (MatrixDirectory here = MatrixDirectory.join(root, program("1"));
        MatrixDirectory there = MatrixDirectory.join(root, program("1"))) {
      CellQueue follower = queue(here, true);
      CellQueue other = queue(there, false);
      CellAttempt attempt = other.take().orElseThrow();
      tendUntilHeard(follower, "started elsewhere c1");
      attempt.folder().write(CellSummary.failed(attempt.cell(), "why", 1));
      assertThat(other.publish(attempt)).contains(true);
      other.giveBack(other.take().orElseThrow());
      tendUntilHeard(follower, "failed c1");
      assertThat(heard).containsExactly("started elsewhere c1", "failed c1");
    }
  }

  /** A queue looks the less often at what others do the longer a look takes. */
  private void tendUntilHeard(CellQueue queue, String line) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(5));
    while (!heard.contains(line)) {
      assertThat(Instant.now()).as("hears that " + line).isBefore(end);
      queue.tend(listener);
      Thread.sleep(100);
    }
  }

  private static MatrixProgram program(String version) {
    return new MatrixProgram(version, Map.of());
  }

  @Test
  void aWorkerOfAnotherVersionIsRefusedByName() throws Exception {
    try (MatrixDirectory directory = MatrixDirectory.join(root, program("2"))) {
      assertThatThrownBy(() -> queue(directory, false))
          .hasMessage(
              root
                  + " is run with version 1 of this program, this is version 2; use the same, or"
                  + " have 'seqgan matrix --resume' take the matrix over with what is here");
    }
    try (MatrixDirectory directory = MatrixDirectory.join(root, program("1"))) {
      CellQueue queue = queue(directory, false);
      // While it works the matrix is taken over.
      MatrixDirectory.resume(root, PLAN, program("2")).close();
      assertThatThrownBy(queue::take).hasMessageContaining("is run with version 2");
    }
    Files.delete(root.resolve("plan.json"));
    assertThatThrownBy(() -> MatrixDirectory.join(root, program("1")))
        .hasMessageContaining("found no plan.json in it");
  }

  @Test
  void aWorkerWithOtherPluginsIsRefusedByName() {
    Map<String, String> plugins = Map.of("dna.jar", "ab", "helper.jar", "cd");
    MatrixDirectory.resume(root, PLAN, new MatrixProgram("1", plugins)).close();
    try (MatrixDirectory directory =
        MatrixDirectory.join(root, new MatrixProgram("1", Map.of("dna.jar", "ab")))) {
      assertThatThrownBy(() -> queue(directory, false))
          .hasMessageStartingWith(
              root
                  + " is run with the plugin jar helper.jar (SHA-256 cd), here there is none of that"
                  + " name; use the same");
    }
    Map<String, String> others = Map.of("dna.jar", "xy", "helper.jar", "cd", "more.jar", "ef");
    try (MatrixDirectory directory = MatrixDirectory.join(root, new MatrixProgram("1", others))) {
      assertThatThrownBy(() -> queue(directory, false))
          .hasMessageContaining("dna.jar (SHA-256 ab), here there is another of that name");
    }
  }

  @Test
  void oneMorePluginIsInNobodysWay() {
    try (MatrixDirectory directory =
        MatrixDirectory.join(root, new MatrixProgram("1", Map.of("more.jar", "ef")))) {
      assertThat(queue(directory, false).isOver()).isFalse();
    }
  }

  @Test
  void anAttemptGoesOnFromACopyOfTheRunBefore() throws Exception {
    Path work = root.resolve("work");
    Path old = Files.createDirectories(work.resolve("c1.1/run/checkpoints/adversarial-0001"));
    Files.createDirectories(work.resolve("c1.1.free"));
    Files.writeString(work.resolve("c1.1/cell.json"), "{}");
    Files.writeString(work.resolve("c1.1/log.txt"), "before\n");
    Files.writeString(work.resolve("c1.1/time.json"), "{\"seconds\":5}");
    Files.writeString(old.resolve("manifest.json"), "whole");
    Files.createDirectories(old.resolveSibling("adversarial-0002.tmp"));
    Path run = work.resolve("c1.1/run");
    Files.writeString(run.resolve("config.conf"), "a = 1");
    Files.writeString(run.resolve(".lock"), "");
    try (MatrixDirectory directory = MatrixDirectory.join(root, program("1"))) {
      CellAttempt attempt = queue(directory, false).take().orElseThrow();
      EarlierAttempts.of(attempt.folder()).takeOverRun();
      Path copy = work.resolve("c1.2/run");
      assertThat(copy.resolve("config.conf")).hasContent("a = 1");
      assertThat(copy.resolve("checkpoints/adversarial-0001/manifest.json")).hasContent("whole");
      assertThat(copy.resolve("checkpoints/adversarial-0002.tmp")).doesNotExist();
      assertThat(copy.resolve(".lock")).doesNotExist();
      assertThat(attempt.folder().log()).hasContent("before");
      assertThat(attempt.folder().seconds()).isEqualTo(5);
      assertThat(run.resolve("config.conf")).as("the other may write on").exists();
    }
  }
}

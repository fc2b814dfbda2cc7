package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.event.Phase;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.run.RunStatus;

/**
 * The real process is killed by SIGKILL at random moments. The property {@code seqgan.kill.seed}
 * repeats the moments as far as a machine does that.
 */
@DisplayName("A run whose process is killed, again and again")
@Timeout(1200)
@Tag("slow")
class KilledRunTest {
  private static final long SEED = Long.getLong("seqgan.kill.seed", System.nanoTime());
  private static final int KILLS = 12;
  private static final int MOST_PROCESSES = 30 * KILLS;
  private static final int EPOCHS = 60;
  private static final int ROUNDS = 40;
  private static final int GAMES = 40;

  /** What a process is doing when it is killed. */
  private enum Moment {
    ANYTHING((run, pid) -> true),
    PRETRAINING_THE_GENERATOR((run, pid) -> isIn(Phase.GENERATOR_PRETRAINING, run, pid)),
    PRETRAINING_THE_DISCRIMINATOR((run, pid) -> isIn(Phase.DISCRIMINATOR_PRETRAINING, run, pid)),
    PLAYING((run, pid) -> isIn(Phase.ADVERSARIAL, run, pid)),
    WRITING_A_CHECKPOINT((run, pid) -> writesACheckpoint(run)),
    WRITING_THE_REPORT((run, pid) -> writesTheReport(run));

    private final BiPredicate<RunLayout, Long> begun;

    Moment(BiPredicate<RunLayout, Long> begun) {
      this.begun = begun;
    }

    /** Whether what it leaves behind shows that it was killed in the middle. */
    boolean isSeenAfterwards() {
      return this == WRITING_A_CHECKPOINT || this == WRITING_THE_REPORT;
    }
  }

  @TempDir private Path folder;
  private final RandomStream stream = RandomStream.of(SEED).split("kills");
  private final Map<Moment, Integer> kills = new EnumMap<>(Moment.class);
  private int processes;

  @Test
  void endsLikeOneThatWasLeftAlone() throws IOException, InterruptedException {
    Path whole = folder.resolve("whole");
    finish(start(whole));
    for (int number = 0; !isEnough(); number++) {
      Path run = folder.resolve("run" + number);
      List<Moment> moments = moments();
      boolean finished = false;
      for (int i = 0; i < moments.size() && !finished; i++) {
        finished = !kill(moments.get(i), run);
      }
      finish(resume(run));
      TinyRun.assertSame(run, whole);
    }
    System.getLogger("kills").log(System.Logger.Level.INFO, "seed {0}: {1}", SEED, kills);
  }

  private boolean isEnough() {
    int all = kills.values().stream().mapToInt(Integer::intValue).sum();
    return all >= KILLS && kills.keySet().size() == Moment.values().length;
  }

  /** In the order of a run, each once or twice. */
  private List<Moment> moments() {
    List<Moment> moments = new ArrayList<>();
    for (Moment moment : Moment.values()) {
      for (int i = stream.nextInt(2); i >= 0; i--) {
        moments.add(moment);
      }
    }
    return moments;
  }

  /** Whether the process was killed before it had done everything. */
  private boolean kill(Moment moment, Path run) throws IOException, InterruptedException {
    RunLayout layout = new RunLayout(run);
    try (ProgramProcess program = Files.exists(layout.status()) ? resume(run) : start(run)) {
      long pid = program.process().pid();
      while (program.isAlive() && !moment.begun.test(layout, pid)) {
        Thread.onSpinWait();
      }
      if (!moment.isSeenAfterwards()) {
        Thread.sleep(stream.nextInt(moment == Moment.ANYTHING ? 2000 : 200));
      }
      boolean inTime = program.isAlive();
      program.kill();
      if (inTime && (!moment.isSeenAfterwards() || moment.begun.test(layout, pid))) {
        kills.merge(moment, 1, Integer::sum);
      }
      return inTime;
    }
  }

  private ProgramProcess start(Path run) throws IOException {
    return process(TinyRun.train(run, EPOCHS, ROUNDS, GAMES));
  }

  private ProgramProcess resume(Path run) throws IOException {
    return process(TinyRun.resume(run));
  }

  private ProgramProcess process(List<String> words) throws IOException {
    processes++;
    assertThat(processes)
        .as("processes, seed %d, kills %s", SEED, kills)
        .isLessThanOrEqualTo(MOST_PROCESSES);
    return ProgramProcess.startSilent(folder.resolve("errors.txt"), words);
  }

  private static void finish(ProgramProcess program) throws IOException, InterruptedException {
    try (program) {
      assertThat(program.awaitEnd()).as(() -> "seed " + SEED + ": " + program.errors()).isZero();
    }
  }

  private static boolean isIn(Phase phase, RunLayout run, long pid) {
    if (!Files.exists(run.status())) {
      return false;
    }
    RunStatus status = RunStatus.read(run.status());
    return status.pid() == pid && status.position().phase().equals(phase);
  }

  private static boolean writesACheckpoint(RunLayout run) {
    try (Stream<Path> entries = Files.list(run.checkpoints())) {
      return entries.anyMatch(entry -> entry.toString().endsWith(".tmp"));
    } catch (IOException e) {
      return false; // not there yet
    }
  }

  private static boolean writesTheReport(RunLayout run) {
    return Files.exists(run.report().resolveSibling("report.html.tmp"));
  }
}

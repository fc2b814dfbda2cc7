package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.random.RandomStream;

/**
 * The real processes are killed by SIGKILL at random moments. The property {@code seqgan.kill.seed}
 * repeats the moments as far as a machine does that.
 */
@DisplayName("A matrix whose processes are killed, again and again")
@Timeout(1200)
@Tag("slow")
class KilledMatrixTest {
  private static final long SEED = Long.getLong("seqgan.kill.seed", System.nanoTime());
  private static final int LONGEST_MILLIS = 4000;
  private static final int CELLS_FAILED = 6;

  /** What is killed. */
  private enum Victim {
    THE_MATRIX,
    A_CELL,
    ALL
  }

  @TempDir private Path folder;
  private final RandomStream stream = RandomStream.of(SEED).split("matrix");

  @Test
  void endsLikeOneThatWasLeftAlone() throws Exception {
    Path file = Files.writeString(folder.resolve("tiny.conf"), TinyRun.MATRIX);
    Path whole = folder.resolve("whole");
    assertThat(finish(file, whole)).isZero();
    Path directory = folder.resolve("killed");
    for (Victim victim : Victim.values()) {
      kill(victim, file, directory);
    }
    assertThat(finish(file, directory)).isZero();
    assertThat(TinyRun.results(directory)).isEqualTo(TinyRun.results(whole)).hasSize(3);
    for (String cell : List.of("mle-seed1", "seqgan-seed1")) {
      TinyRun.assertSameEnds(
          directory.resolve("cells").resolve(cell).resolve("run"),
          whole.resolve("cells").resolve(cell).resolve("run"));
    }
  }

  private void kill(Victim victim, Path file, Path directory)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    try (ProgramProcess program = start(file, directory)) {
      List<ProcessHandle> cells = cells(program);
      Thread.sleep(stream.nextInt(LONGEST_MILLIS));
      switch (victim) {
        case THE_MATRIX -> program.kill();
        case ALL -> program.killAll();
        case A_CELL -> {
          // There is none where the kill before came after the last cell.
          if (!cells.isEmpty()) {
            cells.get(stream.nextInt(cells.size())).destroyForcibly();
          }
          assertThat(program.awaitEnd())
              .as(() -> "seed " + SEED + ": " + program.errors())
              .isIn(0, CELLS_FAILED);
        }
      }
      // Cells end by themselves when the process that started them is gone.
      for (ProcessHandle cell : cells) {
        cell.onExit().get(600, TimeUnit.SECONDS);
      }
    }
  }

  /** The processes of the cells, once there is one. */
  private static List<ProcessHandle> cells(ProgramProcess program) throws InterruptedException {
    List<ProcessHandle> cells = program.process().descendants().toList();
    while (cells.isEmpty() && program.isAlive()) {
      Thread.sleep(5);
      cells = program.process().descendants().toList();
    }
    return cells;
  }

  private ProgramProcess start(Path file, Path directory) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of("matrix", file.toString(), "-q", "-j", "2", "--out", directory.toString()));
    if (Files.exists(directory)) {
      words.add("--resume");
    }
    return ProgramProcess.startSilent(folder.resolve("errors.txt"), words);
  }

  private int finish(Path file, Path directory) throws IOException, InterruptedException {
    try (ProgramProcess program = start(file, directory)) {
      return program.awaitEnd();
    }
  }
}

package org.seqgan.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The property {@code seqgan.queue.seed} chooses the first of the schedules, {@code
 * seqgan.queue.schedules} how many there are.
 */
@DisplayName("Leases in a world where everything goes wrong")
class SimulationTest {
  private static final long SEED = Long.getLong("seqgan.queue.seed", System.nanoTime());
  private static final int SCHEDULES = Integer.getInteger("seqgan.queue.schedules", 100);

  /** Clients that remember for half as long as a lease lasts, and stand still for twice as long. */
  private static final SimulatedServer.Weather STORM =
      new SimulatedServer.Weather(
          Duration.ofMillis(300), 0.03, 0.01, Duration.ofSeconds(240), Duration.ofSeconds(60));

  private static final SimulatedServer.Weather USUAL =
      new SimulatedServer.Weather(
          Duration.ofMillis(4), 0.0002, 0.0002, Duration.ofSeconds(200), Duration.ofSeconds(30));

  @Test
  void noCellIsLostAndNoneIsFinishedTwice() throws Exception {
    int lost = 0;
    int dead = 0;
    for (long seed = SEED; seed < SEED + SCHEDULES; seed++) {
      SimulatedMatrix matrix =
          new SimulatedMatrix(seed, new SimulatedMatrix.Shape(40, 12, 6, 0.5, 0.3), STORM);
      matrix.run();
      assertThat(matrix.faults()).as("seed %d", seed).isEmpty();
      lost += matrix.lost();
      dead += matrix.dead();
    }
    // Otherwise nothing would have been shown.
    assertThat(lost).as("leases that were lost").isGreaterThan(SCHEDULES);
    assertThat(dead).as("workers that ended early").isGreaterThan(SCHEDULES);
  }

  @Test
  void tenThousandCellsOnFiveHundredWorkers() throws Exception {
    SimulatedMatrix matrix =
        new SimulatedMatrix(SEED, new SimulatedMatrix.Shape(10_000, 500, 6, 0.05, 0.5), USUAL);
    matrix.run();
    long requests = matrix.server().operations().values().stream().mapToLong(n -> n).sum();
    System.out.printf(
        "%d attempts at 10000 cells, %d without a result, %d workers ended early; %.1f%% of the work was done again;"
            + " %s in all; %.1f requests a cell, %.1f a second, %s; %.0f names listed a cell%n",
        matrix.taken(),
        matrix.lost(),
        matrix.dead(),
        100 * matrix.wasted(),
        matrix.time(),
        requests / 1e4,
        requests / (matrix.time().toMillis() / 1e3),
        matrix.server().operations(),
        matrix.server().listed() / 1e4);
    assertThat(matrix.faults()).as("seed %d", SEED).isEmpty();
    assertThat(requests / 1e4).as("requests a cell").isLessThan(120);
    assertThat(matrix.wasted()).as("work that was done again").isLessThan(0.05);
  }
}

package org.seqgan.cli.progress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.seqgan.core.matrix.Cell;
import org.seqgan.core.matrix.CellSummary;

/**
 * Estimates what is left of a matrix. A cell is expected to take the mean of those of its method
 * that are done, or of all that are done, without what they took over from others: those that wait
 * are likely to have as much to take over. Not thread-safe.
 */
final class MatrixForecast {
  private final int parallel;
  private final Map<String, List<Double>> secondsByMethod = new HashMap<>();

  MatrixForecast(int parallel) {
    this.parallel = parallel;
  }

  void done(CellSummary summary) {
    secondsByMethod
        .computeIfAbsent(summary.cell().method(), method -> new ArrayList<>())
        .add(summary.ownSeconds());
  }

  /** A cell under way. */
  record Underway(Cell cell, double seconds) {}

  /** What is left of a cell; empty while none is done. */
  Optional<Duration> remaining(Underway cell) {
    OptionalDouble expected = expected(cell.cell());
    return expected.isEmpty()
        ? Optional.empty()
        : Optional.of(duration(Math.max(0, expected.getAsDouble() - cell.seconds())));
  }

  /**
   * What is left of all, if as many run at a time as now, here and elsewhere; empty while no cell
   * is done.
   */
  Optional<Duration> remaining(Collection<Underway> running, Collection<Cell> waiting) {
    if (secondsByMethod.isEmpty()) {
      return Optional.empty();
    }
    double seconds = 0;
    for (Cell cell : waiting) {
      seconds += expected(cell).orElseThrow();
    }
    double longest = 0;
    for (Underway cell : running) {
      double left = Math.max(0, expected(cell.cell()).orElseThrow() - cell.seconds());
      seconds += left;
      longest = Math.max(longest, left);
    }
    return Optional.of(duration(Math.max(longest, seconds / Math.max(parallel, running.size()))));
  }

  private OptionalDouble expected(Cell cell) {
    List<Double> same = secondsByMethod.getOrDefault(cell.method(), List.of());
    return same.isEmpty()
        ? secondsByMethod.values().stream()
            .flatMap(List::stream)
            .mapToDouble(Double::doubleValue)
            .average()
        : same.stream().mapToDouble(Double::doubleValue).average();
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(1000 * seconds));
  }
}

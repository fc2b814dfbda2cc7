package org.seqgan.core.matrix;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.core.statistics.QualityDiversity;

/**
 * What a cell came to. Immutable.
 *
 * @param cell the cell
 * @param state how it stands
 * @param failure why it failed, in one line that names the cell; empty where it did not
 * @param seconds wall-clock time of all processes that worked on it, with what another cell took
 *     for what it took over from that
 * @param secondsTakenOver the latter alone
 * @param metrics the last evaluation, name to value; empty where there is none
 * @param perSequence metrics of each final sequence, for tests over sequences
 * @param finalScores what stands beside the last evaluation
 */
public record CellSummary(
    Cell cell,
    CellState state,
    String failure,
    double seconds,
    double secondsTakenOver,
    Map<String, Double> metrics,
    List<PerSequence> perSequence,
    FinalScores finalScores) {
  /** What the files of earlier versions do not have. */
  static final Map<String, Object> ADDED =
      Map.of("finalScores", FinalScores.NONE, "secondsTakenOver", 0.0);

  /** Copies the collections. */
  public CellSummary {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    perSequence = List.copyOf(perSequence);
  }

  /** A cell without a result. */
  public static CellSummary waiting(Cell cell) {
    return new CellSummary(
        cell, CellState.WAITING, "", 0, 0, Map.of(), List.of(), FinalScores.NONE);
  }

  /** A cell that ended with an error. */
  public static CellSummary failed(Cell cell, String failure, double seconds) {
    return new CellSummary(
        cell, CellState.FAILED, failure, seconds, 0, Map.of(), List.of(), FinalScores.NONE);
  }

  /** The same without the metrics of each sequence, which are by far the most of it. */
  public CellSummary withoutSequences() {
    return new CellSummary(
        cell, state, failure, seconds, secondsTakenOver, metrics, List.of(), finalScores);
  }

  /** Wall-clock time of the processes that worked on this cell. */
  public double ownSeconds() {
    return seconds - secondsTakenOver;
  }

  /**
   * The path of the finished generator over its temperatures; empty where none has both scores.
   *
   * @param quality the name of a score
   * @param diversity the name of another
   */
  public Optional<QualityDiversity.Path> path(String quality, String diversity) {
    List<QualityDiversity.Point> points = new ArrayList<>();
    for (FinalScores.AtTemperature at : finalScores.temperatures()) {
      double reached = at.metrics().getOrDefault(diversity, Double.NaN);
      double scored = at.metrics().getOrDefault(quality, Double.NaN);
      if (Double.isFinite(reached) && Double.isFinite(scored)) {
        points.add(new QualityDiversity.Point(at.temperature(), reached, scored));
      }
    }
    return points.isEmpty()
        ? Optional.empty()
        : Optional.of(new QualityDiversity.Path(cell.seed(), points));
  }

  /** A metric of the last evaluation, or a score at a temperature; {@code NaN} if there is none. */
  public double value(String name) {
    Double measured = metrics.get(name);
    return measured != null ? measured : finalScores.swept().getOrDefault(name, Double.NaN);
  }
}

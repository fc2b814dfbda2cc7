package org.seqgan.core.matrix;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.api.metric.Better;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.core.statistics.Interval;

/**
 * All that a matrix found, for a report and for statistics. Immutable.
 *
 * @param name the name of the matrix
 * @param baseline the method that all others are compared with
 * @param metric the metric that is compared and ranks, such as {@code nll-oracle}
 * @param lowerIsBetter whether a lower value of that metric is the better one
 * @param further metrics that are compared too, in order
 * @param cells in the order of the plan, those without a result too
 * @param anchors values that bound a metric, name to value: {@code oracle on itself} bounds the one
 *     that ranks, {@code METRIC: NAME} another
 * @param ranges the anchors in which cells differ, named in the same way, least to largest
 * @param real metric to what real data score, where it may stand beside the scores of all cells
 * @param published method to published value of the metric that ranks; empty where the setting is
 *     not the published one
 * @param controls method to the methods that are what it is without a reward that knows anything
 * @param notes what a careful reader should know, a line each
 */
public record MatrixResults(
    String name,
    String baseline,
    String metric,
    boolean lowerIsBetter,
    List<String> further,
    List<CellHistory> cells,
    Map<String, Double> anchors,
    Map<String, Interval> ranges,
    Map<String, Double> real,
    Map<String, Double> published,
    Map<String, List<String>> controls,
    List<String> notes) {
  static final String REAL = "real against real";

  /** Copies the collections. */
  public MatrixResults {
    further = List.copyOf(further);
    cells = List.copyOf(cells);
    anchors = Collections.unmodifiableMap(new LinkedHashMap<>(anchors));
    ranges = Collections.unmodifiableMap(new LinkedHashMap<>(ranges));
    real = Collections.unmodifiableMap(new LinkedHashMap<>(real));
    published = Collections.unmodifiableMap(new LinkedHashMap<>(published));
    controls = Collections.unmodifiableMap(new LinkedHashMap<>(controls));
    notes = List.copyOf(notes);
  }

  /** All anchors, those with one value too. */
  public Map<String, Interval> allAnchors() {
    Map<String, Interval> all = new LinkedHashMap<>();
    anchors.forEach((name, value) -> all.put(name, new Interval(value, value)));
    all.putAll(ranges);
    return Collections.unmodifiableMap(all);
  }

  /** What real data score by a metric, where cells differ in it: the least and the largest. */
  public Optional<Interval> realRange(String name) {
    return Optional.ofNullable(ranges.get(name + ": " + REAL));
  }

  /**
   * Which way a metric is better: as the matrix says of the one that ranks, or as the scores say.
   */
  public Better better(String name) {
    if (name.equals(metric)) {
      return lowerIsBetter ? Better.LOWER : Better.HIGHER;
    }
    return described(cells, name);
  }

  /** Which way a metric is better by its own scores; neither where no cell has one. */
  static Better described(List<CellHistory> cells, String name) {
    return cells.stream()
        .flatMap(cell -> cell.summary().finalScores().description(name).stream())
        .map(ScoreDescription::better)
        .findFirst()
        .orElse(Better.NEITHER);
  }

  /**
   * Refuses a matrix that ranks the wrong way round.
   *
   * @throws UserException of kind {@code CONFIGURATION} where the scores say the opposite
   */
  public void requireDirection() {
    Better described = described(cells, metric);
    if (described != Better.NEITHER && described != better(metric)) {
      String word = described.name().toLowerCase(Locale.ROOT);
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "matrix %s: expected better = %s, because %s %s is better, found %s; correct it and run with --resume, no cell is run again"
              .formatted(name, word, word, metric, lowerIsBetter ? "lower" : "higher"));
    }
  }
}

package org.seqgan.core.matrix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.seqgan.api.metric.Better;
import org.seqgan.core.statistics.Interval;

/** Makes one result of what the cells of a matrix left. */
final class Gathering {
  private final Plan plan;
  private final List<CellHistory> cells;
  private final Map<String, Set<Double>> anchors;
  private final Map<String, Set<Double>> real = new LinkedHashMap<>();

  /**
   * What there is to gather.
   *
   * @param cells in the order of the plan
   * @param anchors of each cell
   */
  Gathering(Plan plan, List<CellHistory> cells, List<Map<String, Double>> anchors) {
    this.plan = plan;
    this.cells = cells;
    this.anchors = new LinkedHashMap<>();
    anchors.forEach(values -> add(values, this.anchors));
    cells.forEach(cell -> add(cell.summary().finalScores().comparableReal(), real));
  }

  private static void add(Map<String, Double> values, Map<String, Set<Double>> all) {
    values.forEach((name, value) -> all.computeIfAbsent(name, n -> new TreeSet<>()).add(value));
  }

  MatrixResults results() {
    return new MatrixResults(
        plan.name(),
        plan.baseline(),
        plan.metric(),
        lowerIsBetter(),
        plan.further(),
        cells,
        commonAnchors(),
        ranges(),
        common(real),
        plan.published(),
        plan.controls(),
        notes());
  }

  /** As the matrix says; where it does not, as the scores say, and low where they do not either. */
  private boolean lowerIsBetter() {
    Better better =
        plan.better() == Better.NEITHER
            ? MatrixResults.described(cells, plan.metric())
            : plan.better();
    return better != Better.HIGHER;
  }

  /** The values that are the same for all cells. */
  private static Map<String, Double> common(Map<String, Set<Double>> all) {
    Map<String, Double> common = new LinkedHashMap<>();
    all.forEach(
        (name, values) -> {
          if (values.size() == 1) {
            common.put(name, values.iterator().next());
          }
        });
    return common;
  }

  private Map<String, Double> commonAnchors() {
    String prefix = plan.metric().equals(Anchors.NLL_ORACLE) ? "" : Anchors.NLL_ORACLE + ": ";
    Map<String, Double> common = new LinkedHashMap<>();
    common(anchors).forEach((name, value) -> common.put(prefix + name, value));
    Map<String, Double> realValues = common(real);
    if (!anchors.isEmpty()) {
      // Real sequences of a task with an oracle are the oracle's own, which has its anchor.
      realValues.remove(Anchors.NLL_ORACLE);
    }
    realValues.forEach((metric, value) -> common.put(metric + ": " + MatrixResults.REAL, value));
    return common;
  }

  /** Where cells have tasks of their own, such as oracles by seed. */
  private Map<String, Interval> ranges() {
    String prefix = plan.metric().equals(Anchors.NLL_ORACLE) ? "" : Anchors.NLL_ORACLE + ": ";
    Map<String, Interval> ranges = new LinkedHashMap<>();
    anchors.forEach((name, values) -> addRange(prefix + name, values, ranges));
    real.forEach(
        (metric, values) -> {
          if (anchors.isEmpty() || !metric.equals(Anchors.NLL_ORACLE)) {
            addRange(metric + ": " + MatrixResults.REAL, values, ranges);
          }
        });
    return ranges;
  }

  private static void addRange(String name, Set<Double> values, Map<String, Interval> ranges) {
    TreeSet<Double> finite = new TreeSet<>(values);
    finite.removeIf(value -> !Double.isFinite(value));
    if (values.size() > 1 && !finite.isEmpty()) {
      ranges.put(name, new Interval(finite.first(), finite.last()));
    }
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (CellHistory cell : cells) {
      CellSummary summary = cell.summary();
      if (summary.state() == CellState.FAILED) {
        notes.add(summary.failure());
      } else if (summary.state() != CellState.DONE) {
        notes.add("cell %s has no result yet".formatted(summary.cell().id()));
      }
    }
    addEarlierCells(notes);
    addDifferences(notes);
    Set<String> refusals = new LinkedHashSet<>();
    cells.forEach(cell -> refusals.addAll(cell.summary().finalScores().realRefusals()));
    refusals.forEach(refusal -> notes.add("real data do not stand beside the samples: " + refusal));
    return notes;
  }

  private void addEarlierCells(List<String> notes) {
    List<CellSummary> done =
        cells.stream()
            .map(CellHistory::summary)
            .filter(summary -> summary.state() == CellState.DONE)
            .toList();
    List<String> earlier =
        done.stream()
            .filter(summary -> summary.finalScores().scores().isEmpty())
            .map(summary -> summary.cell().id())
            .toList();
    if (!earlier.isEmpty()) {
      notes.add(
          ("%d of %d finished cells are of an earlier version, which kept no identities of scores,"
                  + " so that nobody checked whether they are alike, no scores of real data and none"
                  + " at temperatures: %s")
              .formatted(earlier.size(), done.size(), String.join(", ", earlier)));
    }
  }

  private void addDifferences(List<String> notes) {
    List<String> names =
        Stream.concat(differing(anchors), differing(real).map(name -> name + " of real data"))
            .toList();
    if (!names.isEmpty()) {
      notes.add(
          "shown from the least to the largest over cells, because their tasks differ: "
              + String.join(", ", names));
    }
  }

  private static Stream<String> differing(Map<String, Set<Double>> all) {
    return all.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(Map.Entry::getKey);
  }
}

package org.seqgan.core.matrix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.seqgan.api.metric.Better;

/** Makes one result of what the cells of a matrix left. */
final class Gathering {
  private static final String REAL = "real against real";

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
    realValues.forEach((metric, value) -> common.put(metric + ": " + REAL, value));
    return common;
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
    addDifferences("the anchor '%s' is not drawn", anchors, notes);
    addDifferences("what real data score in %s is not shown", real, notes);
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

  private static void addDifferences(
      String what, Map<String, Set<Double>> all, List<String> notes) {
    all.forEach(
        (name, values) -> {
          if (values.size() > 1) {
            notes.add(what.formatted(name) + ": cells differ in it, because their tasks differ");
          }
        });
  }
}

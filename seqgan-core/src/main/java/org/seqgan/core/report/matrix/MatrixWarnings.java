package org.seqgan.core.report.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seqgan.core.matrix.CellHistory;
import org.seqgan.core.matrix.CellState;
import org.seqgan.core.matrix.CellSummary;
import org.seqgan.core.matrix.FinalScores;
import org.seqgan.core.matrix.MatrixResults;
import org.seqgan.core.matrix.Point;
import org.seqgan.core.report.NumberFormats;
import org.seqgan.core.report.chart.Anchor;
import org.seqgan.core.report.run.KeyFigures;
import org.seqgan.core.statistics.Estimate;
import org.seqgan.core.statistics.Holm;
import org.seqgan.core.statistics.NotTestable;
import org.seqgan.core.statistics.TestResult;
import org.seqgan.core.statistics.WelchTest;

/** What a careful reviewer would ask of a matrix, each a sentence or two. */
final class MatrixWarnings {
  /** Below this share of different sequences a model counts as collapsed. */
  static final double FEW_DISTINCT = 0.5;

  /** So far above real data Self-BLEU counts as collapse. */
  static final double SELF_BLEU_MARGIN = 0.1;

  /** A mean reward below this, or above one less this, teaches nothing. */
  static final double SATURATION = 0.01;

  private static final String DISTINCT_SEQUENCES = "distinct-sequences";
  private static final String SELF_BLEU = "self-bleu";
  private static final List<String> REWARDS = List.of("reward", "mean-reward");

  private final Comparison comparison;
  private final MatrixResults results;
  private final List<String> warnings = new ArrayList<>();

  private MatrixWarnings(Comparison comparison) {
    this.comparison = comparison;
    this.results = comparison.results();
  }

  /** All of them, the gravest first; empty where there is nothing to say. */
  static List<String> of(Comparison comparison) {
    MatrixWarnings found = new MatrixWarnings(comparison);
    found.failedCells();
    found.unfinishedCells();
    found.baseline();
    found.missingFigures();
    found.unlikeScores();
    found.controls();
    comparison.rows().forEach(row -> found.collapse(row.variant()));
    comparison.rows().forEach(row -> found.saturation(row.variant()));
    found.seeds();
    found.loneMetric();
    return List.copyOf(found.warnings);
  }

  private void failedCells() {
    for (CellHistory cell : results.cells()) {
      CellSummary summary = cell.summary();
      if (summary.state() == CellState.FAILED) {
        warnings.add(
            "Cell %s failed and is in no figure: %s"
                .formatted(
                    summary.cell().id(),
                    summary.failure().isEmpty() ? "no reason is known" : summary.failure()));
      }
    }
  }

  private void unfinishedCells() {
    long open =
        results.cells().stream()
            .map(cell -> cell.summary().state())
            .filter(state -> state == CellState.WAITING || state == CellState.RUNNING)
            .count();
    if (open > 0) {
      warnings.add(
          "The matrix is not finished: %d of %d cells wait or run, and are in no figure."
              .formatted(open, results.cells().size()));
    }
  }

  private void baseline() {
    if (comparison.rows().stream().noneMatch(row -> row.verdict() == Comparison.Verdict.BASELINE)) {
      warnings.add(
          "No cell belongs to the baseline '%s', so that nothing is compared."
              .formatted(results.baseline()));
    }
  }

  private void missingFigures() {
    for (Comparison.Row row : comparison.rows()) {
      List<String> cells = row.variant().without(results.metric());
      if (!cells.isEmpty()) {
        warnings.add(
            "%s: no finite %s in %s; the mean leaves it out, and nothing is tested."
                .formatted(row.variant().name(), results.metric(), String.join(", ", cells)));
      }
    }
  }

  private void unlikeScores() {
    List<CellHistory> done = comparison.done().toList();
    Stream.concat(Stream.of(results.metric()), comparison.otherMetrics().stream())
        .flatMap(metric -> FinalScores.refusal(metric, done).stream())
        .forEach(refusal -> warnings.add(refusal + "."));
  }

  private void controls() {
    for (Comparison.Row control : comparison.rows()) {
      if (control.variant().isControl()) {
        comparison.rows().stream()
            .filter(row -> row.variant().method().equals("seqgan"))
            .filter(row -> control.variant().sharesAxesWith(row.variant()))
            .forEach(row -> control(control.variant(), row.variant()));
      }
    }
  }

  private void control(Variant control, Variant method) {
    List<CellHistory> cells =
        Stream.concat(control.done().stream(), method.done().stream()).toList();
    if (FinalScores.refusal(results.metric(), cells).isPresent()) {
      return;
    }
    Optional<Estimate> mine = control.estimate(results.metric());
    Optional<Estimate> theirs = method.estimate(results.metric());
    if (mine.isEmpty() || theirs.isEmpty()) {
      return;
    }
    double difference = mine.get().mean() - theirs.get().mean();
    boolean worse = difference != 0 && difference > 0 == results.lowerIsBetter();
    TestResult test =
        WelchTest.of(control.values(results.metric()), method.values(results.metric()));
    // Where there can be no test, a control with the worse mean is no reason to doubt.
    boolean clearly = !(test instanceof WelchTest tested) || tested.p() < Holm.ALPHA;
    if (worse && clearly) {
      return;
    }
    warnings.add(
        ("The control %s %s %s (%s %s against %s; %s): its reward knows nothing of the data, so"
                + " that the discriminator explains no gain.")
            .formatted(
                control.name(),
                worse ? "is not clearly worse than" : "does as well as",
                method.name(),
                results.metric(),
                NumberFormats.format(mine.get().mean()),
                NumberFormats.format(theirs.get().mean()),
                words(test)));
  }

  private static String words(TestResult result) {
    if (result instanceof WelchTest test) {
      return "Welch's p " + NumberFormats.probability(test.p()) + ", uncorrected";
    }
    return result instanceof NotTestable impossible ? "not testable: " + impossible.reason() : "";
  }

  private void collapse(Variant variant) {
    variant
        .estimate(DISTINCT_SEQUENCES)
        .filter(distinct -> distinct.mean() < FEW_DISTINCT)
        .ifPresent(
            distinct ->
                warnings.add(
                    "%s has collapsed: only %s of its sequences are different."
                        .formatted(variant.name(), percent(distinct.mean()))));
    for (String metric : comparison.otherMetrics()) {
      if (metric.startsWith(SELF_BLEU)) {
        selfBleu(variant, metric);
      }
    }
  }

  private void selfBleu(Variant variant, String metric) {
    for (Anchor anchor : Anchor.of(metric, results.metric(), results.allAnchors())) {
      variant
          .estimate(metric)
          .filter(estimate -> estimate.mean() > anchor.high() + SELF_BLEU_MARGIN)
          .ifPresent(
              estimate ->
                  warnings.add(
                      "%s repeats itself: %s is %s, far above %s (%s)."
                          .formatted(
                              variant.name(),
                              metric,
                              NumberFormats.format(estimate.mean()),
                              anchor.name(),
                              NumberFormats.format(anchor.high()))));
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  private void saturation(Variant variant) {
    if (variant.isControl()) {
      return;
    }
    List<String> cells = new ArrayList<>();
    for (CellHistory cell : variant.cells()) {
      List<Double> rewards = rewards(cell);
      long saturated = rewards.stream().filter(r -> r < SATURATION || r > 1 - SATURATION).count();
      if (saturated > 0) {
        cells.add(
            "%s (%d of %d rounds)"
                .formatted(cell.summary().cell().id(), saturated, rewards.size()));
      }
    }
    if (!cells.isEmpty()) {
      warnings.add(
          ("%s: the mean reward is below 0.01 or above 0.99, as of a saturated discriminator, which"
                  + " teaches nothing: %s.")
              .formatted(variant.name(), String.join(", ", cells)));
    }
  }

  private static List<Double> rewards(CellHistory cell) {
    return cell.points().stream()
        .map(Point::values)
        .flatMap(values -> REWARDS.stream().filter(values::containsKey).limit(1).map(values::get))
        .filter(Double::isFinite)
        .toList();
  }

  private void seeds() {
    List<String> single =
        comparison.rows().stream()
            .map(Comparison.Row::variant)
            .filter(variant -> variant.done().size() == 1)
            .map(Variant::name)
            .toList();
    if (!single.isEmpty()) {
      warnings.add(
          "One seed only, which says nothing of the spread: %s."
              .formatted(String.join(", ", single)));
    }
    boolean unequal =
        comparison.rows().stream().map(row -> row.variant().done().size()).distinct().count() > 1;
    if (unequal) {
      warnings.add(
          "Numbers of seeds differ: %s."
              .formatted(
                  comparison.rows().stream()
                      .map(row -> row.variant().name() + " " + row.variant().done().size())
                      .collect(Collectors.joining(", "))));
    }
  }

  private void loneMetric() {
    boolean alone =
        comparison.otherMetrics().stream()
            .noneMatch(name -> name.contains("distinct") || name.startsWith(SELF_BLEU));
    if (results.metric().equals(KeyFigures.NLL_ORACLE) && alone) {
      warnings.add(
          "nll-oracle stands without a measure of diversity: a collapsed generator would have the"
              + " best one of all.");
    }
  }
}

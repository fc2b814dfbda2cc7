package org.seqgan.core.report.matrix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.seqgan.api.metric.Better;
import org.seqgan.core.matrix.CellHistory;
import org.seqgan.core.matrix.FinalScores;
import org.seqgan.core.matrix.MatrixResults;
import org.seqgan.core.statistics.Dominance;
import org.seqgan.core.statistics.Estimate;
import org.seqgan.core.statistics.Holm;
import org.seqgan.core.statistics.Interval;
import org.seqgan.core.statistics.NotTestable;
import org.seqgan.core.statistics.Outcome;
import org.seqgan.core.statistics.QualityDiversity;
import org.seqgan.core.statistics.TestResult;
import org.seqgan.core.statistics.WelchTest;

/**
 * A matrix method by method: is it better than the baseline at equal diversity, does its reward
 * matter, and what does it cost?
 *
 * <p>At equal diversity the baseline has whatever temperature suits it best, as {@link
 * QualityDiversity} says; all methods are one family of Holm's correction. A reward matters where
 * the method is better, by the metric that ranks, than each of the controls that the matrix names
 * for it; all of these comparisons are one family, too.
 *
 * @param plane what quality is compared against; absent where no such pair was measured at several
 *     temperatures
 * @param lines a line for each variant, in the order of the plan
 */
record MethodStudy(Optional<Plane> plane, List<Line> lines) {
  /** What is to be said of a reward. */
  enum Matters {
    /** The matrix names no control. */
    NO_CONTROL,
    /** The matrix names one, but none was run with the same settings. */
    NO_CONTROL_ALIKE,
    /** Better than every control. */
    YES,
    /** Worse than one of them. */
    NO,
    /** Neither. */
    NOT_SHOWN;

    /** The words on screens and in files. */
    String label() {
      return switch (this) {
        case NO_CONTROL -> "no control";
        case NO_CONTROL_ALIKE -> "no control with the same settings";
        case YES -> "yes";
        case NO -> "no";
        case NOT_SHOWN -> "not shown";
      };
    }
  }

  /**
   * A variant.
   *
   * @param equalDiversity against the baseline; absent for the baseline, and without a plane
   * @param hasControls whether the matrix names any for its method
   * @param against those that were run with the same settings
   * @param seconds of wall-clock time of a run, over seeds; absent where no cell ended well
   * @param timesTheBaseline how many times as long as the baseline's; absent where one is
   */
  record Line(
      Variant variant,
      Optional<EqualDiversity> equalDiversity,
      boolean hasControls,
      List<AgainstControl> against,
      Optional<Estimate> seconds,
      Optional<Double> timesTheBaseline) {
    /** What its controls come to. */
    Matters rewardMatters(boolean lowerIsBetter) {
      if (against.isEmpty()) {
        return hasControls ? Matters.NO_CONTROL_ALIKE : Matters.NO_CONTROL;
      }
      List<Comparison.Verdict> verdicts =
          against.stream().map(one -> one.verdict(lowerIsBetter)).toList();
      if (verdicts.contains(Comparison.Verdict.WORSE)) {
        return Matters.NO;
      }
      return verdicts.stream().allMatch(verdict -> verdict == Comparison.Verdict.BETTER)
          ? Matters.YES
          : Matters.NOT_SHOWN;
    }
  }

  /**
   * A variant against one of its controls.
   *
   * @param control the control's name
   * @param outcome over seeds, the variant less the control
   */
  record AgainstControl(String control, Outcome outcome) {
    Comparison.Verdict verdict(boolean lowerIsBetter) {
      return Comparison.verdict(outcome, lowerIsBetter ? Better.LOWER : Better.HIGHER);
    }
  }

  /**
   * A variant against the baseline where both are as diverse.
   *
   * @param outcome over seeds, of mean qualities over the range, the variant less the baseline
   * @param range the diversities that all seeds of both reach; absent where there are none
   * @param better which way quality is better
   */
  record EqualDiversity(Outcome outcome, Optional<Interval> range, Better better) {
    Comparison.Verdict verdict() {
      return Comparison.verdict(outcome, better);
    }
  }

  static MethodStudy of(Comparison comparison) {
    MatrixResults results = comparison.results();
    Optional<Plane> plane = Plane.among(results.metric(), comparison.sweptMetrics());
    List<Variant> variants = comparison.rows().stream().map(Comparison.Row::variant).toList();
    Map<Variant, EqualDiversity> equal =
        plane.map(pair -> equalDiversity(comparison, pair)).orElseGet(Map::of);
    Map<Variant, List<Variant>> pairs = new LinkedHashMap<>();
    variants.forEach(variant -> pairs.put(variant, controls(variant, variants, results)));
    List<TestResult> tests = new ArrayList<>();
    pairs.forEach(
        (variant, controls) ->
            controls.forEach(control -> tests.add(test(variant, control, results))));
    List<Outcome> outcomes = Holm.decide(tests);
    List<Line> lines = new ArrayList<>();
    int next = 0;
    for (Map.Entry<Variant, List<Variant>> pair : pairs.entrySet()) {
      List<AgainstControl> against = new ArrayList<>();
      for (Variant control : pair.getValue()) {
        against.add(new AgainstControl(control.name(), outcomes.get(next++)));
      }
      Variant variant = pair.getKey();
      Optional<Estimate> seconds = seconds(variant);
      lines.add(
          new Line(
              variant,
              Optional.ofNullable(equal.get(variant)),
              !controlNames(variant, results).isEmpty(),
              List.copyOf(against),
              seconds,
              comparison
                  .baselineOf(variant)
                  .flatMap(MethodStudy::seconds)
                  .flatMap(base -> seconds.map(own -> own.mean() / base.mean()))
                  .filter(Double::isFinite)));
    }
    return new MethodStudy(plane, List.copyOf(lines));
  }

  private static Map<Variant, EqualDiversity> equalDiversity(Comparison comparison, Plane plane) {
    Map<Variant, Dominance> dominances = new LinkedHashMap<>();
    for (Comparison.Row row : comparison.rows()) {
      if (row.verdict() != Comparison.Verdict.BASELINE) {
        comparison
            .baselineOf(row.variant())
            .ifPresent(
                baseline -> dominances.put(row.variant(), against(row.variant(), baseline, plane)));
      }
    }
    List<Outcome> outcomes =
        Holm.decide(dominances.values().stream().map(Dominance::mean).toList());
    Map<Variant, EqualDiversity> equal = new LinkedHashMap<>();
    dominances.forEach(
        (variant, dominance) ->
            equal.put(
                variant,
                new EqualDiversity(
                    outcomes.get(equal.size()), dominance.range(), plane.quality())));
    return equal;
  }

  private static Dominance against(Variant variant, Variant baseline, Plane plane) {
    List<CellHistory> cells =
        Stream.concat(variant.done().stream(), baseline.done().stream()).toList();
    Optional<String> refusal =
        FinalScores.refusal(plane.up(), cells).or(() -> FinalScores.refusal(plane.across(), cells));
    return refusal.isPresent()
        ? new Dominance(Optional.empty(), new NotTestable(refusal.get()))
        : paths(variant, plane).against(paths(baseline, plane));
  }

  private static QualityDiversity paths(Variant variant, Plane plane) {
    return variant.qualityDiversity(plane.up(), plane.quality(), plane.across());
  }

  /**
   * Those of the methods that the matrix names, with the same settings as far as both have them.
   */
  private static List<Variant> controls(
      Variant variant, List<Variant> variants, MatrixResults results) {
    List<String> names = controlNames(variant, results);
    return variants.stream()
        .filter(other -> names.contains(other.method()) && other.sharesAxesWith(variant))
        .toList();
  }

  private static List<String> controlNames(Variant variant, MatrixResults results) {
    return results.controls().getOrDefault(variant.method(), List.of());
  }

  private static TestResult test(Variant variant, Variant control, MatrixResults results) {
    String metric = results.metric();
    List<CellHistory> cells =
        Stream.concat(variant.done().stream(), control.done().stream()).toList();
    return FinalScores.refusal(metric, cells)
        .<TestResult>map(NotTestable::new)
        .orElseGet(() -> WelchTest.of(variant.values(metric), control.values(metric)));
  }

  private static Optional<Estimate> seconds(Variant variant) {
    double[] seconds =
        variant.done().stream().mapToDouble(cell -> cell.summary().seconds()).toArray();
    return seconds.length == 0 ? Optional.empty() : Optional.of(Estimate.of(seconds));
  }
}

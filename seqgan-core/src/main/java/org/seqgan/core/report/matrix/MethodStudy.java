package org.seqgan.core.report.matrix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.seqgan.core.matrix.CellHistory;
import org.seqgan.core.matrix.FinalScores;
import org.seqgan.core.matrix.MatrixResults;
import org.seqgan.core.statistics.Estimate;
import org.seqgan.core.statistics.Holm;
import org.seqgan.core.statistics.NotTestable;
import org.seqgan.core.statistics.Outcome;
import org.seqgan.core.statistics.TestResult;
import org.seqgan.core.statistics.WelchTest;

/**
 * A matrix method by method: does its reward matter, and what does it cost? A reward matters where
 * the method is better, by the metric that ranks, than each of the controls that the matrix names
 * for it. All of these comparisons are one family of Holm's correction.
 *
 * @param lines a line for each variant, in the order of the plan
 */
record MethodStudy(List<Line> lines) {
  /** What is to be said of a reward. */
  enum Matters {
    /** The matrix names no control. */
    NO_CONTROL,
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
        case YES -> "yes";
        case NO -> "no";
        case NOT_SHOWN -> "not shown";
      };
    }
  }

  /**
   * A variant.
   *
   * @param against its controls
   * @param seconds of wall-clock time of a run, over seeds; absent where no cell ended well
   * @param timesTheBaseline how many times as long as the baseline's; absent where one is
   */
  record Line(
      Variant variant,
      List<AgainstControl> against,
      Optional<Estimate> seconds,
      Optional<Double> timesTheBaseline) {
    /** What its controls come to. */
    Matters matters(boolean lowerIsBetter) {
      if (against.isEmpty()) {
        return Matters.NO_CONTROL;
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
      if (outcome instanceof Outcome.Decided decided) {
        return decided.test().difference() < 0 == lowerIsBetter
            ? Comparison.Verdict.BETTER
            : Comparison.Verdict.WORSE;
      }
      return outcome instanceof NotTestable
          ? Comparison.Verdict.NOT_TESTABLE
          : Comparison.Verdict.UNDECIDED;
    }
  }

  static MethodStudy of(Comparison comparison) {
    MatrixResults results = comparison.results();
    List<Variant> variants = comparison.rows().stream().map(Comparison.Row::variant).toList();
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
              List.copyOf(against),
              seconds,
              comparison
                  .baselineOf(variant)
                  .flatMap(MethodStudy::seconds)
                  .flatMap(base -> seconds.map(own -> own.mean() / base.mean()))));
    }
    return new MethodStudy(List.copyOf(lines));
  }

  /**
   * Those of the methods that the matrix names, with the same settings as far as both have them.
   */
  private static List<Variant> controls(
      Variant variant, List<Variant> variants, MatrixResults results) {
    List<String> names = results.controls().getOrDefault(variant.method(), List.of());
    return variants.stream()
        .filter(other -> names.contains(other.method()) && other.sharesAxesWith(variant))
        .toList();
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

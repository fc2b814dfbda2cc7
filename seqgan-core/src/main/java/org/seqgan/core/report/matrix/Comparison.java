package org.seqgan.core.report.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.seqgan.api.metric.Better;
import org.seqgan.core.matrix.CellHistory;
import org.seqgan.core.matrix.FinalScores;
import org.seqgan.core.matrix.MatrixResults;
import org.seqgan.core.statistics.Estimate;
import org.seqgan.core.statistics.Holm;
import org.seqgan.core.statistics.NotTestable;
import org.seqgan.core.statistics.Outcome;
import org.seqgan.core.statistics.PerSequenceTest;
import org.seqgan.core.statistics.TestResult;
import org.seqgan.core.statistics.WelchTest;

/**
 * Every variant of a matrix against the baseline, by one metric.
 *
 * @param results what is compared
 * @param metric by what
 * @param rows the variants, in the order of the plan
 */
record Comparison(MatrixResults results, String metric, List<Row> rows) {
  /** What a row's place in the comparison comes to. */
  enum Verdict {
    BASELINE,
    BETTER,
    WORSE,
    /** Where neither end of the metric is the better one. */
    HIGHER,
    /** The same. */
    LOWER,
    UNDECIDED,
    NOT_TESTABLE;

    /** The words on screens and in files. */
    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * A variant and how it compares.
   *
   * @param estimate of the metric, where a seed has a finite value
   * @param outcome over seeds; absent for the baseline
   * @param perSequence the paper's test; absent for the baseline and where no values were kept
   */
  record Row(
      Variant variant,
      Optional<Estimate> estimate,
      Optional<Outcome> outcome,
      Optional<PaperTest> perSequence,
      Verdict verdict) {
    /** The test over seeds, where there could be one. */
    Optional<WelchTest> test() {
      return outcome.flatMap(Comparison::test);
    }

    /** Its p after Holm's correction, where there could be a test. */
    Optional<Double> adjustedP() {
      return outcome.flatMap(Comparison::adjustedP);
    }

    /** What to add to the verdict, as in "needs about 3 more seeds"; may be empty. */
    String explanation() {
      return outcome.map(Comparison::explanation).orElse("");
    }
  }

  /**
   * The paper's test of one run against one run of the baseline.
   *
   * @param seed the seed of both
   * @param result of the test
   */
  record PaperTest(long seed, TestResult result) {
    /** Its p, where it could be tested. */
    Optional<Double> p() {
      return result instanceof WelchTest test ? Optional.of(test.p()) : Optional.empty();
    }
  }

  /**
   * Compares by the metric that ranks.
   *
   * @throws org.seqgan.api.UserException where the matrix has the wrong way round what is better
   */
  static Comparison of(MatrixResults results) {
    results.requireDirection();
    return of(results, results.metric());
  }

  /** The test behind an outcome, where there could be one. */
  static Optional<WelchTest> test(Outcome outcome) {
    if (outcome instanceof Outcome.Decided decided) {
      return Optional.of(decided.test());
    }
    return outcome instanceof Outcome.Undecided undecided
        ? Optional.of(undecided.test())
        : Optional.empty();
  }

  /** Its p after Holm's correction, where there could be a test. */
  static Optional<Double> adjustedP(Outcome outcome) {
    if (outcome instanceof Outcome.Decided decided) {
      return Optional.of(decided.adjustedP());
    }
    return outcome instanceof Outcome.Undecided undecided
        ? Optional.of(undecided.adjustedP())
        : Optional.empty();
  }

  /** What to add to a verdict, as in "needs about 3 more seeds"; may be empty. */
  static String explanation(Outcome outcome) {
    if (outcome instanceof Outcome.Undecided undecided) {
      return "needs " + undecided.needed();
    }
    return outcome instanceof NotTestable impossible ? impossible.reason() : "";
  }

  /** Compares by any metric, such as {@code bleu-2} or {@code bleu-2 at 0.7}. */
  static Comparison of(MatrixResults results, String metric) {
    List<Variant> variants = Variant.among(results.cells());
    List<Variant> baselines = baselines(results, variants);
    List<Variant> others = variants.stream().filter(v -> !baselines.contains(v)).toList();
    List<Outcome> outcomes =
        Holm.decide(others.stream().map(v -> test(results, metric, v, baselines)).toList());
    List<Row> rows = new ArrayList<>();
    for (Variant variant : variants) {
      int other = others.indexOf(variant);
      rows.add(
          other < 0
              ? baselineRow(metric, variant)
              : row(
                  metric,
                  results.better(metric),
                  variant,
                  outcomes.get(other),
                  partner(variant, baselines)));
    }
    return new Comparison(results, metric, List.copyOf(rows));
  }

  /** One variant by its full name, or all variants of a method. */
  private static List<Variant> baselines(MatrixResults results, List<Variant> variants) {
    List<Variant> exact =
        variants.stream().filter(v -> v.name().equals(results.baseline())).toList();
    return exact.isEmpty()
        ? variants.stream().filter(v -> v.method().equals(results.baseline())).toList()
        : exact;
  }

  /** The baseline that a variant is compared with, or that it is; absent where there is none. */
  Optional<Variant> baselineOf(Variant variant) {
    List<Variant> baselines =
        rows.stream().filter(row -> row.verdict() == Verdict.BASELINE).map(Row::variant).toList();
    return baselines.contains(variant) ? Optional.of(variant) : partner(variant, baselines);
  }

  /** The baseline that a variant is compared with: the one of the same axes, or the only one. */
  private static Optional<Variant> partner(Variant variant, List<Variant> baselines) {
    return baselines.size() == 1
        ? Optional.of(baselines.get(0))
        : baselines.stream().filter(b -> b.axes().equals(variant.axes())).findFirst();
  }

  private static TestResult test(
      MatrixResults results, String metric, Variant variant, List<Variant> baselines) {
    Optional<Variant> partner = partner(variant, baselines);
    if (partner.isEmpty()) {
      return new NotTestable(
          baselines.isEmpty()
              ? "the matrix has no '" + results.baseline() + "'"
              : "no '" + results.baseline() + "' has the same axes");
    }
    Optional<String> refusal =
        FinalScores.refusal(
            metric, Stream.concat(variant.done().stream(), partner.get().done().stream()).toList());
    return refusal.isPresent()
        ? new NotTestable(refusal.get())
        : WelchTest.of(variant.values(metric), partner.get().values(metric));
  }

  private static Row baselineRow(String metric, Variant variant) {
    return new Row(
        variant, variant.estimate(metric), Optional.empty(), Optional.empty(), Verdict.BASELINE);
  }

  private static Row row(
      String metric, Better better, Variant variant, Outcome outcome, Optional<Variant> partner) {
    return new Row(
        variant,
        variant.estimate(metric),
        Optional.of(outcome),
        partner.flatMap(baseline -> paperTest(metric, variant, baseline)),
        verdict(outcome, better));
  }

  static Verdict verdict(Outcome outcome, Better better) {
    if (outcome instanceof Outcome.Decided decided) {
      boolean lower = decided.test().difference() < 0;
      return switch (better) {
        case LOWER -> lower ? Verdict.BETTER : Verdict.WORSE;
        case HIGHER -> lower ? Verdict.WORSE : Verdict.BETTER;
        case NEITHER -> lower ? Verdict.LOWER : Verdict.HIGHER;
      };
    }
    return outcome instanceof NotTestable ? Verdict.NOT_TESTABLE : Verdict.UNDECIDED;
  }

  /** By the least seed of which both have kept values. */
  private static Optional<PaperTest> paperTest(String metric, Variant variant, Variant baseline) {
    for (long seed : variant.seeds()) {
      List<CellHistory> pair =
          Stream.of(variant, baseline).flatMap(one -> one.done(seed).stream()).toList();
      Optional<float[]> mine = variant.perSequence(seed, metric);
      Optional<float[]> theirs = baseline.perSequence(seed, metric);
      if (mine.isPresent() && theirs.isPresent() && FinalScores.refusal(metric, pair).isEmpty()) {
        return Optional.of(new PaperTest(seed, PerSequenceTest.of(mine.get(), theirs.get())));
      }
    }
    return Optional.empty();
  }

  /** The names of all other metrics of cells that ended well, in the order they appear. */
  List<String> otherMetrics() {
    return done()
        .flatMap(cell -> cell.summary().metrics().keySet().stream())
        .distinct()
        .filter(name -> !name.equals(metric))
        .toList();
  }

  /** The temperatures of the sweeps, upwards. */
  List<Float> temperatures() {
    return done()
        .flatMap(cell -> cell.summary().finalScores().temperatures().stream())
        .map(FinalScores.AtTemperature::temperature)
        .distinct()
        .sorted()
        .toList();
  }

  /** The scores of the sweeps, in the order they appear. */
  List<String> sweptMetrics() {
    return done()
        .flatMap(cell -> cell.summary().finalScores().temperatures().stream())
        .flatMap(point -> point.metrics().keySet().stream())
        .distinct()
        .toList();
  }

  /** The cells that ended well. */
  Stream<CellHistory> done() {
    return rows.stream().flatMap(row -> row.variant().done().stream());
  }
}

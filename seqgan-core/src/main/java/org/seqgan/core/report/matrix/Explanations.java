package org.seqgan.core.report.matrix;

import java.util.LinkedHashMap;
import java.util.Map;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.metric.ScoreIdentity;
import org.seqgan.core.matrix.MatrixResults;
import org.seqgan.core.report.run.KeyFigures;
import org.seqgan.core.statistics.PerSequenceTest;

/** How each figure of a matrix was computed, in words. */
final class Explanations {
  private Explanations() {}

  /** Name to explanation, in the order of the table. */
  static Map<String, String> of(MatrixResults results) {
    Map<String, String> how = new LinkedHashMap<>();
    how.put(
        "Seeds",
        "runs that ended well, each with its own seed and nothing else changed; a failed, running"
            + " or waiting run is in no figure");
    how.put(
        "Mean, sd",
        "of %s at the end of each run, over seeds; sd is the sample standard deviation, n - 1 in the denominator; %s is better"
            .formatted(results.metric(), results.lowerIsBetter() ? "lower" : "higher"));
    how.put(
        "95% interval",
        "mean plus and minus t(0.975, n - 1) sd / sqrt(n): it holds the mean over all seeds with 95%"
            + " confidence, if runs are independent and about normal");
    how.put(
        "p",
        "two-sided p of Welch's t-test of the runs against those of the baseline '%s'; variances may differ"
            .formatted(results.baseline()));
    how.put(
        "p (Holm)",
        "p corrected by Holm's step-down method for as many comparisons as there are in the table,"
            + " that is for one metric; who looks at several metrics has more chances");
    how.put(
        "Verdict",
        "better or worse where p (Holm) is below 0.05, undecided otherwise, which does not mean equal");
    how.put(
        "At equal diversity",
        "quality against diversity over the temperatures is a path for each seed, straight between two"
            + " temperatures and never extrapolated; compared is the mean quality over the diversities"
            + " that all seeds of both reach, so that each method has the temperature that suits it"
            + " best there; Welch's test over seeds, p by Holm's method over all methods");
    how.put(
        "Does its reward matter?",
        "yes where the method is better, by %s, than every control that the matrix names for it; no where it is worse than one; Welch's tests, p by Holm's method over all methods and controls of that table"
            .formatted(results.metric()));
    how.put(
        "Seconds a run",
        "wall-clock time of all processes that worked on a cell, mean over seeds, with the steps of a pre-training that it took over from another; cells that ran side by side slowed each other down");
    how.put(
        "More seeds",
        "n = (z(1 - a/2) + z(0.8))^2 (s1^2 + s2^2) / d^2 of each, less those there are: normal"
            + " approximation, power 80%, d and s as observed; a is 0.05 over the number of"
            + " comparisons by which Holm's method multiplies this p. A rule of thumb");
    how.put(
        "Paper's per-sequence p",
        "Welch's t-test over the generated sequences of one run each, with the least seed that both"
            + " have kept, at the end of training. "
            + PerSequenceTest.WARNING);
    how.put(
        "Curves",
        "mean over the seeds that ended well, at the steps that all of them measured; the band"
            + " reaches one sample standard deviation to each side");
    how.put(
        "Warnings",
        ("collapse: mean distinct-sequences below %.1f, or Self-BLEU more than %.1f above its anchor;"
                + " saturation: a round's mean reward below %.2f or above %.2f; a control does as well"
                + " as seqgan where its mean is as good, and is not clearly worse where Welch's p,"
                + " uncorrected, is not below 0.05")
            .formatted(
                MatrixWarnings.FEW_DISTINCT,
                MatrixWarnings.SELF_BLEU_MARGIN,
                MatrixWarnings.SATURATION,
                1 - MatrixWarnings.SATURATION));
    if (!results.published().isEmpty()) {
      how.put(
          "Published",
          results.metric().equals(KeyFigures.NLL_ORACLE)
              ? "Yu et al., SeqGAN, AAAI-17, Table 1: NLL per token under the oracle, in nats; from"
                  + " one run each, at its best iteration"
              : "values of %s that the matrix file gives".formatted(results.metric()));
    }
    if (!results.real().isEmpty() || !results.ranges().isEmpty()) {
      how.put(
          "Real data",
          "the same scores for real sequences in the place of the samples: the validation"
              + " sequences, or as many training sequences as there are samples where the number"
              + " decides or the training data play no other part");
    }
    scores(results).forEach((name, score) -> how.put(name, words(score)));
    return how;
  }

  private static Map<String, ScoreDescription> scores(MatrixResults results) {
    Map<String, ScoreDescription> scores = new LinkedHashMap<>();
    results.cells().stream()
        .flatMap(cell -> cell.summary().finalScores().scores().stream())
        .forEach(score -> scores.putIfAbsent(score.name(), score));
    return scores;
  }

  /** How a score was computed, with all that makes it comparable. */
  private static String words(ScoreDescription score) {
    ScoreIdentity identity = score.identity();
    StringBuilder text = new StringBuilder(score.how());
    if (!identity.references().isEmpty()) {
      text.append("; references: ").append(identity.references());
      if (identity.referenceCount() > 0) {
        text.append(" (").append(identity.referenceCount()).append(')');
      }
    }
    if (!identity.smoothing().isEmpty()) {
      text.append("; smoothing: ").append(identity.smoothing());
    }
    return text.append("; tokens: ")
        .append(identity.tokenisation())
        .append("; version ")
        .append(identity.version())
        .toString();
  }
}

package org.seqgan.core.metric;

import java.util.List;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.metric.Better;
import org.seqgan.api.metric.Metric;
import org.seqgan.api.metric.MetricInput;
import org.seqgan.api.metric.Score;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.metric.ScoreRange;
import org.seqgan.api.metric.StandIn;
import org.seqgan.api.task.Task;

/**
 * The Jensen-Shannon divergence between oracle p and generator g, of whole sequences: both
 * likelihoods are known, so it is a mean of known numbers over sequences of either,
 *
 * <pre>
 * 1/2 [mean over real of log p/m + mean over generated of log g/m]    m = (p + g) / 2
 * </pre>
 *
 * <p>in nats, 0 of equal distributions and log 2 of those that have nothing in common. It sees
 * quality and diversity at once, where NLL_oracle sees quality alone. {@code sequence-jsd-error} is
 * half of its 95% interval: 1.96 standard errors.
 */
final class SequenceDivergence implements Metric {
  static final String DIVERGENCE = "sequence-jsd";
  static final String ERROR = "sequence-jsd-error";
  private static final double NORMAL_QUANTILE = 1.959963984540054;

  @Override
  public List<ScoreDescription> describe(Task task, int samples) {
    if (task.oracle().isEmpty()) {
      return List.of();
    }
    int references = task.data().test().count();
    String what =
        "Jensen-Shannon divergence of oracle and generator by their likelihoods of whole sequences, nats, on %d test sequences and %d samples"
            .formatted(references, samples);
    return List.of(
        description(task, DIVERGENCE, references, what),
        description(task, ERROR, references, "half of the 95% interval of the " + what));
  }

  private static ScoreDescription description(Task task, String name, int references, String how) {
    return new Descriptions(task)
        .ofTokens(
            name,
            Better.LOWER,
            Descriptions.Against.unsmoothed("the oracle and test sequences", references),
            how);
  }

  @Override
  public List<Score> measure(MetricInput input) {
    List<ScoreDescription> descriptions = describe(input.task(), input.samples().count());
    if (descriptions.isEmpty()) {
      return List.of();
    }
    Policy oracle = input.task().oracle().orElseThrow();
    Sequences real = input.task().data().test();
    Estimate estimate =
        Estimate.of(
            logs(oracle, real),
            logs(input.generator(), real),
            logs(oracle, input.samples()),
            logs(input.generator(), input.samples()));
    return List.of(
        Score.of(descriptions.get(0), estimate.divergence()),
        Score.of(descriptions.get(1), NORMAL_QUANTILE * estimate.standardError()));
  }

  private static double[] logs(Policy policy, Sequences sequences) {
    TokenValues logs = policy.logProbabilities(sequences);
    double[] sums = new double[sequences.count()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = logs.sum(i);
    }
    return sums;
  }

  /**
   * The divergence and its standard error, nats.
   *
   * @param divergence the estimate
   * @param standardError of it
   */
  record Estimate(double divergence, double standardError) {
    /** From the log-likelihoods under p and g of real and of generated sequences. */
    static Estimate of(
        double[] pOfReal, double[] gOfReal, double[] pOfGenerated, double[] gOfGenerated) {
      Moments real = Moments.of(pOfReal, gOfReal);
      Moments generated = Moments.of(gOfGenerated, pOfGenerated);
      return new Estimate(
          (real.mean + generated.mean) / 2,
          Math.sqrt(real.squaredError + generated.squaredError) / 2);
    }
  }

  /** The mean of log(a / m), m the mean of a and b, and its squared standard error. */
  private record Moments(double mean, double squaredError) {
    static Moments of(double[] logA, double[] logB) {
      int count = logA.length;
      double sum = 0;
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        // log a - log((a + b) / 2) = log 2 - log(1 + b/a), without overflow either way
        double x = logB[i] - logA[i];
        values[i] = Math.log(2) - Math.max(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
        sum += values[i];
      }
      double mean = sum / count;
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      return new Moments(mean, squares / (count - 1.0) / count);
    }
  }

  /** An estimate may fall below 0, and its interval is as wide as few samples make it. */
  @Override
  public ScoreRange range(String score) {
    return ScoreRange.ANY;
  }

  @Override
  public StandIn standIn() {
    return StandIn.NONE;
  }
}

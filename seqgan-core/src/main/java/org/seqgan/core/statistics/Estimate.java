package org.seqgan.core.statistics;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * What a sample, one value for each seed, says of the mean behind it.
 *
 * @param count how many values, at least 1
 * @param mean their mean
 * @param deviation their standard deviation with n - 1 in the denominator; absent for one value
 */
public record Estimate(int count, double mean, OptionalDouble deviation) {
  private static final double CONFIDENCE = 0.95;

  /**
   * The estimate of a sample.
   *
   * @throws IllegalArgumentException for an empty sample, or a value that is not finite
   */
  public static Estimate of(double... sample) {
    if (sample.length == 0 || !Arrays.stream(sample).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "expected finite values, at least one, found " + Arrays.toString(sample));
    }
    double mean = mean(sample);
    if (sample.length == 1) {
      return new Estimate(1, mean, OptionalDouble.empty());
    }
    double squares = Arrays.stream(sample).map(value -> (value - mean) * (value - mean)).sum();
    double deviation = Math.sqrt(squares / (sample.length - 1));
    return new Estimate(sample.length, mean, OptionalDouble.of(deviation));
  }

  private static double mean(double[] sample) {
    double first = sample[0];
    // Around the first value: the mean of equal values is then that value, not nearly so.
    return first + Arrays.stream(sample).map(value -> value - first).sum() / sample.length;
  }

  /** Whether all values are the same, or there is but one. */
  public boolean isConstant() {
    return variance() == 0;
  }

  /** The square of the deviation; 0 for one value. */
  double variance() {
    double sd = deviation.orElse(0);
    return sd * sd;
  }

  /**
   * The interval that holds the mean behind the sample with 95% confidence, where values are normal
   * and independent: mean plus and minus t(0.975, n - 1) s / sqrt(n). Absent for one value.
   */
  public Optional<Interval> interval() {
    if (count < 2) {
      return Optional.empty();
    }
    double reach = quantile(count - 1) * Math.sqrt(variance() / count);
    return Optional.of(Interval.around(mean, reach));
  }

  /** The quantile of Student's distribution for a two-sided interval of 95%. */
  static double quantile(double degreesOfFreedom) {
    return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability((1 - CONFIDENCE) / 2);
  }
}

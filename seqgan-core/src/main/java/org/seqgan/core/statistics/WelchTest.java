package org.seqgan.core.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.inference.DataDispersion;
import org.apache.commons.statistics.inference.TTest;

/**
 * Welch's t-test of two samples whose variances may differ (B. L. Welch, "The generalization of
 * 'Student's' problem when several different population variances are involved", Biometrika 34,
 * 1947), with the degrees of freedom of Welch and Satterthwaite.
 *
 * @param first the first sample
 * @param second the second
 * @param t difference of means, first less second, over its standard error
 * @param degreesOfFreedom of the distribution that t is compared with
 * @param p the two-sided probability of a t as large if the means behind the samples were equal; 0
 *     where it is too small for a double
 */
public record WelchTest(
    Estimate first, Estimate second, double t, double degreesOfFreedom, double p)
    implements TestResult {
  /** Tests whether the means behind two samples differ. Any values are accepted. */
  public static TestResult of(double[] first, double[] second) {
    if (!isFinite(first) || !isFinite(second)) {
      return new NotTestable("a value is not a finite number");
    }
    if (first.length < 2 || second.length < 2) {
      return new NotTestable(
          "it takes 2 values of each, there are %d and %d".formatted(first.length, second.length));
    }
    Estimate left = Estimate.of(first);
    Estimate right = Estimate.of(second);
    if (left.isConstant() && right.isConstant()) {
      return new NotTestable(
          left.mean() == right.mean()
              ? "all values are the same"
              : "the values of each do not vary at all");
    }
    TTest.Result result = test(left, right);
    return new WelchTest(
        left, right, result.getStatistic(), result.getDegreesOfFreedom(), result.getPValue());
  }

  private static boolean isFinite(double[] sample) {
    return Arrays.stream(sample).allMatch(Double::isFinite);
  }

  private static TTest.Result test(Estimate first, Estimate second) {
    return TTest.withDefaults()
        .with(DataDispersion.HETEROSCEDASTIC)
        .test(
            first.mean(),
            first.variance(),
            first.count(),
            second.mean(),
            second.variance(),
            second.count());
  }

  /** Mean of the first sample less mean of the second. */
  public double difference() {
    return first.mean() - second.mean();
  }

  /** The interval that holds the true difference with 95% confidence, before any correction. */
  public Interval interval() {
    double error = Math.sqrt(first.variance() / first.count() + second.variance() / second.count());
    return Interval.around(difference(), Estimate.quantile(degreesOfFreedom) * error);
  }
}

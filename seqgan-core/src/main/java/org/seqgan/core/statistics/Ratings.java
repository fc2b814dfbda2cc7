package org.seqgan.core.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What raters said of items, yes (1) or no (0). Immutable.
 *
 * <p>Both the raters and the items are samples: what is said of a mean or a difference is to hold
 * for other raters and other items too.
 */
public final class Ratings {
  private static final double TAIL = 0.025;

  private final double[][] values;

  /**
   * Wraps ratings, without copying.
   *
   * @param values {@code [rater, item]}, 1 for yes, 0 for no, {@code NaN} where a rating is missing
   */
  public Ratings(double[][] values) {
    this.values = values;
  }

  /** How many ratings there are. */
  public int count() {
    return (int) all().count();
  }

  /** How many items have a rating. */
  public int items() {
    return itemMeans().length;
  }

  /** The mean of all ratings, or empty where there are none. */
  public Optional<Double> mean() {
    return count() == 0 ? Optional.empty() : Optional.of(all().average().orElseThrow());
  }

  private DoubleStream all() {
    return Arrays.stream(values).flatMapToDouble(Ratings::present);
  }

  private static DoubleStream present(double[] ratings) {
    return Arrays.stream(ratings).filter(rating -> !Double.isNaN(rating));
  }

  private DoubleStream ofItem(int item) {
    return Arrays.stream(values).mapToDouble(rater -> rater[item]).filter(v -> !Double.isNaN(v));
  }

  /** The mean rating of each item that has one. */
  double[] itemMeans() {
    int items = values.length == 0 ? 0 : values[0].length;
    return IntStream.range(0, items)
        .mapToObj(item -> ofItem(item).average())
        .flatMapToDouble(mean -> mean.stream())
        .toArray();
  }

  /** The mean rating of each rater, {@code NaN} for one without ratings. */
  double[] raterMeans() {
    return Arrays.stream(values)
        .mapToDouble(ratings -> present(ratings).average().orElse(Double.NaN))
        .toArray();
  }

  /**
   * Whether all raters say the same of every item, and were seen to: there is one rater, or they
   * are connected. Then raters do not vary, and the items' verdicts are all there is.
   */
  boolean isUnanimous() {
    return isConnected() && Arrays.stream(itemMeans()).allMatch(mean -> mean == 0 || mean == 1);
  }

  /**
   * Whether items that raters share lead from each rater to every other; so they do where there is
   * one rater. Where not, nothing tells what is the raters' from what is the items'.
   */
  boolean isConnected() {
    List<BitSet> apart = new ArrayList<>();
    for (double[] ratings : values) {
      BitSet items = rated(ratings);
      if (!items.isEmpty()) {
        apart.add(items);
      }
    }
    BitSet reached = apart.isEmpty() ? new BitSet() : apart.remove(0);
    boolean grows = true;
    while (grows) {
      List<BitSet> joining = apart.stream().filter(reached::intersects).toList();
      joining.forEach(reached::or);
      grows = apart.removeAll(joining);
    }
    return apart.isEmpty();
  }

  /** The items that a rater has rated. */
  private static BitSet rated(double[] ratings) {
    BitSet items = new BitSet();
    IntStream.range(0, ratings.length)
        .filter(item -> !Double.isNaN(ratings[item]))
        .forEach(items::set);
    return items;
  }

  /** These ratings and those of other items, by the same raters in the same order. */
  Ratings and(Ratings others) {
    return new Ratings(
        IntStream.range(0, values.length)
            .mapToObj(
                rater ->
                    DoubleStream.concat(
                            Arrays.stream(values[rater]), Arrays.stream(others.values[rater]))
                        .toArray())
            .toArray(double[][]::new));
  }

  /** How many items have the verdict yes, where raters are unanimous. */
  int approvedItems() {
    return (int) Arrays.stream(itemMeans()).sum();
  }

  /**
   * The interval that holds the mean behind the ratings with about 95% confidence, cut at 0 and 1:
   * mean plus and minus t(0.975, df) sqrt(v), v = s_items^2 / items + s_raters^2 / raters, s the
   * standard deviations of the means of items and of raters, df after Satterthwaite (Biometrics
   * Bulletin 2, 1946). Where raters are unanimous, on items that they share, or one alone, it is
   * Wilson's interval of a proportion over items (JASA 22, 1927).
   *
   * @return empty where fewer than two items or raters vary
   */
  public Optional<Interval> interval() {
    if (count() == 0) {
      return Optional.empty();
    }
    if (isUnanimous()) {
      return Optional.of(wilson(approvedItems(), items()));
    }
    double[] items = itemMeans();
    double[] raters = present(raterMeans()).toArray();
    if (items.length < 2 || raters.length < 2) {
      return Optional.empty();
    }
    Variance variance = Variance.ofMean(items).plus(Variance.ofMean(raters));
    if (variance.value() == 0) {
      return Optional.empty();
    }
    double mean = mean().orElseThrow();
    double reach = Estimate.quantile(variance.degreesOfFreedom()) * Math.sqrt(variance.value());
    return Optional.of(new Interval(Math.max(0, mean - reach), Math.min(1, mean + reach)));
  }

  /** Wilson's interval of a proportion, with 95% confidence. */
  static Interval wilson(int successes, int trials) {
    double z = NormalDistribution.of(0, 1).inverseSurvivalProbability(TAIL);
    double share = (double) successes / trials;
    double centre = share + z * z / (2 * trials);
    double reach = z * Math.sqrt(share * (1 - share) / trials + z * z / (4.0 * trials * trials));
    double scale = 1 + z * z / trials;
    return new Interval(
        Math.max(0, (centre - reach) / scale), Math.min(1, (centre + reach) / scale));
  }

  /**
   * An estimated variance.
   *
   * @param value the variance
   * @param degreesOfFreedom of the estimate
   */
  record Variance(double value, double degreesOfFreedom) {
    /** Of the mean of a sample of at least two. */
    static Variance ofMean(double[] sample) {
      return new Variance(Estimate.of(sample).variance() / sample.length, sample.length - 1);
    }

    /** Of a sum of independent parts, with Satterthwaite's degrees of freedom. */
    Variance plus(Variance other) {
      if (value == 0 || other.value == 0) {
        return value == 0 ? other : this;
      }
      double sum = value + other.value;
      double own = value * value / degreesOfFreedom;
      double others = other.value * other.value / other.degreesOfFreedom;
      return new Variance(sum, sum * sum / (own + others));
    }
  }
}

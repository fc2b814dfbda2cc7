package org.seqgan.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Holds a gradient against the slopes of the loss, array by array: its product with three
 * directions of random signs must be the slope along them. A single element's slope drowns in the
 * rounding of a float32 loss long before that of a whole array does, and an error of the gradient
 * that is orthogonal to three random directions does not happen. A direction along which the loss
 * has a kink is left for another; three of twelve must be smooth.
 *
 * <p>Tolerance: twice the error that a slope estimates of itself, which is some 0.2% of the array's
 * gradient, and 1% at most where it is not rounding alone; and a thousandth of that gradient for
 * the sums of float32 in it. The gradient of an array that is less than a hundredth of that of all
 * together is taken for as much: of a smaller one nothing can be said.
 */
final class GradientCheck {
  private static final int DIRECTIONS = 3;
  private static final int MOST_DIRECTIONS = 12;
  private static final double SUMS = 1e-3;
  private static final double SMALL = 0.01;
  private static final int MOST_ELEMENTS = 1000;

  private final String training;
  private final LossSlopes slopes;
  private final Map<String, double[]> gradient;

  /**
   * A check of one gradient.
   *
   * @param training the kind of training, for messages
   */
  GradientCheck(String training, LossSlopes slopes, Map<String, double[]> gradient) {
    this.training = training;
    this.slopes = slopes;
    this.gradient = gradient;
  }

  /** A direction of one array in which the gradient is not that of the loss. */
  private record Mismatch(String array, double byTraining, double byLoss, double tolerance) {
    double times() {
      return Math.abs(byTraining - byLoss) / tolerance;
    }
  }

  /** Names the array that is wrong by most, and its worst element. */
  void requireThatOfTheLoss() {
    List<Mismatch> mismatches = new ArrayList<>();
    gradient.keySet().forEach(array -> worstDirection(array).ifPresent(mismatches::add));
    worst(mismatches)
        .ifPresent(
            worst -> {
              throw new AssertionError(
                  "%s: the gradient by %s is not that of the loss: along a direction of random signs training has %.6g, differences of the loss %.6g (tolerance %.2g); %s; arrays that disagree: %s of %s"
                      .formatted(
                          training,
                          worst.array(),
                          worst.byTraining(),
                          worst.byLoss(),
                          worst.tolerance(),
                          worstElement(worst.array()),
                          mismatches.stream().map(Mismatch::array).toList(),
                          gradient.keySet()));
            });
  }

  private static Optional<Mismatch> worst(List<Mismatch> mismatches) {
    return mismatches.stream().max(Comparator.comparingDouble(Mismatch::times));
  }

  private Optional<Mismatch> worstDirection(String array) {
    double[] elements = gradient.get(array);
    double norm = LossSlopes.norm(elements);
    double scale = scale(norm);
    if (!Double.isFinite(norm)) {
      throw new AssertionError("%s: the gradient by %s is not finite".formatted(training, array));
    }
    List<Mismatch> mismatches = new ArrayList<>();
    int smooth = 0;
    for (int tried = 0; smooth < DIRECTIONS; tried++) {
      if (tried == MOST_DIRECTIONS) {
        throw new AssertionError(
            "%s: the gradient by %s cannot be checked: the loss is smooth along %d of %d directions of random signs, expected %d; is it the same each time?"
                .formatted(training, array, smooth, tried, DIRECTIONS));
      }
      float[] direction = slopes.randomSigns(array);
      Slope slope = slopes.along(array, direction, scale);
      if (slope.smooth()) {
        smooth++;
        double tolerance = 2 * slope.error() + SUMS * norm;
        Mismatch found = new Mismatch(array, dot(elements, direction), slope.value(), tolerance);
        if (found.times() > 1) {
          mismatches.add(found);
        }
      }
    }
    return worst(mismatches);
  }

  private String worstElement(String array) {
    double[] elements = gradient.get(array);
    double scale = scale(LossSlopes.norm(elements));
    double worst = 0;
    String told = "no single element stands out";
    for (int i : slopes.elements(array, MOST_ELEMENTS)) {
      Slope slope = slopes.byElement(array, i, scale);
      double difference = Math.abs(elements[i] - slope.value());
      if (slope.smooth() && difference > Math.max(worst, 2 * slope.error())) {
        worst = difference;
        told =
            "worst element %s: training has %.6g, differences of the loss %.6g"
                .formatted(slopes.nameOf(array, i), elements[i], slope.value());
      }
    }
    return told;
  }

  /** The norm that a step tells is that of the gradient. */
  void requireNorm(double told) {
    double expected = normOfAll();
    if (!(Math.abs(told - expected) <= SUMS * expected + Float.MIN_NORMAL)) {
      throw new AssertionError(
          "%s: expected %.6g for the norm of all gradients together, before clipping, found %.6g"
              .formatted(training, expected, told));
    }
  }

  private double normOfAll() {
    return LossSlopes.norm(gradient.values().stream().flatMapToDouble(Arrays::stream).toArray());
  }

  private double scale(double normOfArray) {
    return Math.max(normOfArray, SMALL * normOfAll());
  }

  private static double dot(double[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }
}

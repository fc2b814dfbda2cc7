package org.seqgan.core.training;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a step has come to so far: sums of its figures, each with the number that it is to be
 * divided by. As text it keeps every digit, so that a step that was interrupted reports what an
 * uninterrupted one does. Not thread-safe.
 */
final class StepFigures {
  private static final String SECONDS = "seconds";
  private static final String SUM = "sum ";

  private final Map<String, double[]> sums = new LinkedHashMap<>();
  private final double secondsBefore;

  private StepFigures(double secondsBefore) {
    this.secondsBefore = secondsBefore;
  }

  /**
   * The figures that {@link #text} wrote.
   *
   * @throws IllegalArgumentException if a value is not what that writes
   */
  static StepFigures of(Map<String, String> text) {
    StepFigures figures = new StepFigures(Double.parseDouble(text.getOrDefault(SECONDS, "0")));
    text.forEach(
        (key, value) -> {
          if (key.startsWith(SUM)) {
            String[] parts = value.split(" ", -1);
            if (parts.length != 2) {
              throw new IllegalArgumentException("expected a sum and a count, found " + value);
            }
            figures.sums.put(
                key.substring(SUM.length()),
                new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])});
          }
        });
    return figures;
  }

  /** How long the step had taken when the text was written. */
  double secondsBefore() {
    return secondsBefore;
  }

  /** Adds the mean of {@code count} of what a figure is a mean of. */
  void add(String name, double value, long count) {
    double[] sum = sums.computeIfAbsent(name, n -> new double[2]);
    sum[0] += value * count;
    sum[1] += count;
  }

  Map<String, Double> means() {
    Map<String, Double> means = new LinkedHashMap<>();
    sums.forEach((name, sum) -> means.put(name, sum[0] / sum[1]));
    return means;
  }

  /**
   * Everything, as text.
   *
   * @param seconds how long the step has taken
   */
  Map<String, String> text(double seconds) {
    Map<String, String> text = new LinkedHashMap<>();
    text.put(SECONDS, Double.toString(seconds));
    sums.forEach((name, sum) -> text.put(SUM + name, sum[0] + " " + sum[1]));
    return text;
  }
}

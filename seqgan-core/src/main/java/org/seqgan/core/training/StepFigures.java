package org.seqgan.core.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.seqgan.api.model.Step;

/**
 * What a step has come to so far: sums of its figures, each with the number that it is to be
 * divided by. As text it keeps every digit, so that a step that was interrupted reports what an
 * uninterrupted one does.
 *
 * <p>Figures of training steps may still be on their way from the backend. They are taken in once
 * they are here, in the order of the steps; nothing waits for them until {@value #MOST_OPEN} are
 * open, or until somebody asks for all ({@link #settle}). Not thread-safe.
 */
final class StepFigures {
  private static final String SECONDS = "seconds";
  private static final String SUM = "sum ";

  /** So many figures may be on their way. */
  static final int MOST_OPEN = 64;

  private final Map<String, double[]> sums = new LinkedHashMap<>();
  private final Deque<Open> open = new ArrayDeque<>();
  private final double secondsBefore;
  private final Diverged diverged;

  /** What is thrown for a figure of a training step that is no number. */
  @FunctionalInterface
  interface Diverged {
    RuntimeException of(String figure, double value);
  }

  private StepFigures(double secondsBefore, Diverged diverged) {
    this.secondsBefore = secondsBefore;
    this.diverged = diverged;
  }

  /**
   * The figures that {@link #text} wrote.
   *
   * @throws IllegalArgumentException if a value is not what that writes
   */
  static StepFigures of(Map<String, String> text, Diverged diverged) {
    StepFigures figures =
        new StepFigures(Double.parseDouble(text.getOrDefault(SECONDS, "0")), diverged);
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

  /** A figure that may still be on its way. */
  private record Open(String name, Step step, ToDoubleFunction<Step> value, long count) {}

  /** Adds a figure of a training step, the mean of {@code count}, without waiting for it. */
  void add(String name, Step step, ToDoubleFunction<Step> value, long count) {
    open.add(new Open(name, step, value, count));
    sums.computeIfAbsent(name, n -> new double[2]);
    while (!open.isEmpty() && (open.size() > MOST_OPEN || open.peek().step().isDone())) {
      takeIn();
    }
  }

  /** Waits for what is on its way. */
  void settle() {
    while (!open.isEmpty()) {
      takeIn();
    }
  }

  private void takeIn() {
    Open next = open.remove();
    double value = next.value().applyAsDouble(next.step());
    add(next.name(), value, next.count());
    if (!Double.isFinite(value)) {
      throw diverged.of(next.name(), value);
    }
  }

  /** The means of what has come so far. */
  Map<String, Double> means() {
    Map<String, Double> means = new LinkedHashMap<>();
    sums.forEach(
        (name, sum) -> {
          if (sum[1] > 0) {
            means.put(name, sum[0] / sum[1]);
          }
        });
    return means;
  }

  /**
   * Everything, as text; waits for what is on its way.
   *
   * @param seconds how long the step has taken
   */
  Map<String, String> text(double seconds) {
    settle();
    Map<String, String> text = new LinkedHashMap<>();
    text.put(SECONDS, Double.toString(seconds));
    sums.forEach((name, sum) -> text.put(SUM + name, sum[0] + " " + sum[1]));
    return text;
  }
}

package org.seqgan.core.trainer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.training.Progress;

/** A step that goes on to its end and keeps the last value of each figure. */
final class NotedProgress implements Progress {
  private final Map<String, Double> figures = new LinkedHashMap<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();

  Map<String, Double> figures() {
    return figures;
  }

  Map<String, Long> counts() {
    return counts;
  }

  @Override
  public RandomStream random() {
    return RandomStream.of(1);
  }

  @Override
  public boolean passesOver(long batches) {
    return false;
  }

  @Override
  public void batchDone(double fraction) {}

  @Override
  public void batchDone() {}

  @Override
  public void checkStop() {}

  @Override
  public void add(String figure, double value, long count) {
    figures.put(figure, value);
    counts.put(figure, count);
  }

  @Override
  public void add(String figure, Step step, ToDoubleFunction<Step> value, long count) {
    add(figure, value.applyAsDouble(step), count);
  }
}

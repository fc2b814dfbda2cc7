package org.seqgan.core.checked;

import java.util.List;
import org.seqgan.api.metric.Metric;
import org.seqgan.api.metric.MetricInput;
import org.seqgan.api.metric.Score;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.metric.ScoreRange;
import org.seqgan.api.metric.StandIn;
import org.seqgan.api.task.Task;
import org.seqgan.core.registry.PluginOrigin;

/**
 * A plugin's metric, checked: it gives the scores that it described, and, where it gives values for
 * each sequence, one for each. A value that no such score can have does not end training: nothing
 * is computed from it.
 *
 * <p>A metric gets the task as its plugin opened it, for it may be made for one task and know more
 * of it than {@link Task} says.
 */
public final class CheckedMetric implements Metric {
  private final Metric metric;
  private final PluginOrigin origin;

  /**
   * Checks a metric.
   *
   * @param origin the plugin that made it
   */
  public CheckedMetric(Metric metric, PluginOrigin origin) {
    this.metric = metric;
    this.origin = origin;
  }

  /** The plugin that made it. */
  public PluginOrigin origin() {
    return origin;
  }

  @Override
  public List<ScoreDescription> describe(Task task, int samples) {
    Task opened = CheckedTask.asOpened(task);
    return origin.call("describe", () -> metric.describe(opened, samples));
  }

  @Override
  public List<Score> measure(MetricInput input) {
    MetricInput opened =
        new MetricInput(
            input.samples(),
            CheckedTask.asOpened(input.task()),
            input.generator(),
            input.backend(),
            input.stream());
    List<Score> scores = origin.call("measure", () -> metric.measure(opened));
    requireDescribed(scores, input);
    for (Score score : scores) {
      score
          .perSequence()
          .filter(values -> values.length != input.samples().count())
          .ifPresent(
              values -> {
                throw origin.fault(
                    "measure",
                    "gave %d values of %s for %d sequences"
                        .formatted(values.length, score.name(), input.samples().count()));
              });
    }
    return scores;
  }

  private void requireDescribed(List<Score> scores, MetricInput input) {
    List<String> described =
        describe(input.task(), input.samples().count()).stream()
            .map(ScoreDescription::name)
            .toList();
    List<String> given = scores.stream().map(Score::name).toList();
    if (!given.equals(described)) {
      throw origin.fault(
          "measure", "gave the scores %s, expected %s as it described".formatted(given, described));
    }
  }

  @Override
  public ScoreRange range(String score) {
    return origin.call("range", () -> metric.range(score));
  }

  @Override
  public boolean needsData() {
    return origin.call("needsData", metric::needsData);
  }

  @Override
  public StandIn standIn() {
    return origin.call("standIn", metric::standIn);
  }
}

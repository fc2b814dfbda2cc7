package org.seqgan.core.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.metric.MetricInput;
import org.seqgan.api.metric.Score;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.metric.StandIn;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.core.checked.CheckedMetric;

/** Scores that were chosen, and the metrics that give them. One thread at a time. */
public final class MetricSelection {
  private final List<Chosen> metrics;

  MetricSelection(List<Chosen> metrics) {
    this.metrics = List.copyOf(metrics);
  }

  /**
   * A metric, and which of its scores are wanted.
   *
   * @param name the metric's
   * @param metric gives the scores
   * @param scores the names of the wanted ones
   */
  record Chosen(String name, CheckedMetric metric, Set<String> scores) {
    private List<Score> measure(MetricInput input) {
      return metric.measure(input).stream().filter(score -> scores.contains(score.name())).toList();
    }

    private List<ScoreDescription> describe(Task task, int samples) {
      return metric.describe(task, samples).stream()
          .filter(description -> scores.contains(description.name()))
          .toList();
    }
  }

  /** What {@link #measure} will give for a number of samples, in the same order. */
  public List<ScoreDescription> describe(Task task, int samples) {
    return metrics.stream().flatMap(chosen -> chosen.describe(task, samples).stream()).toList();
  }

  /** Which plugin gives each chosen score, and which values it can have. */
  public List<ScoreSource> sources() {
    return metrics.stream()
        .flatMap(
            chosen ->
                chosen.scores.stream()
                    .sorted()
                    .map(
                        score ->
                            new ScoreSource(
                                score,
                                chosen.metric.origin().toString(),
                                chosen.metric.range(score))))
        .toList();
  }

  /** Those of the metrics whose scores depend on the samples. */
  public MetricSelection ofSamples() {
    return new MetricSelection(
        metrics.stream().filter(chosen -> chosen.metric.standIn() != StandIn.NONE).toList());
  }

  /** Those of the metrics that need no data of the task. */
  public MetricSelection withoutData() {
    return new MetricSelection(
        metrics.stream().filter(chosen -> !chosen.metric.needsData()).toList());
  }

  /** The names of the chosen scores that compare with data of the task. */
  public List<String> needingData() {
    return metrics.stream()
        .filter(chosen -> chosen.metric.needsData())
        .flatMap(chosen -> chosen.scores.stream().sorted())
        .toList();
  }

  /** The chosen scores. */
  public List<Score> measure(MetricInput input) {
    return measure(input, () -> {});
  }

  /**
   * The chosen scores.
   *
   * @param before called before each metric; where it throws, the others are not measured
   */
  public List<Score> measure(MetricInput input, Runnable before) {
    List<Score> scores = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      before.run();
      RandomStream stream = input.stream().split(metrics.get(i).name);
      scores.addAll(
          metrics
              .get(i)
              .measure(
                  new MetricInput(
                      input.samples(), input.task(), input.generator(), input.backend(), stream)));
    }
    return scores;
  }

  /**
   * The same scores for real sequences in place of the samples, as {@link StandIn} says which. A
   * metric whose stand-in the task does not have is left out.
   *
   * @param backend where a metric may compute
   * @param samples the number of samples that the scores shall stand beside
   */
  public List<Score> measureReal(
      Task task, Policy generator, TensorBackend backend, int samples, RandomStream stream) {
    List<Score> scores = new ArrayList<>();
    for (Chosen chosen : ofSamples().metrics) {
      Sequences real =
          chosen.metric.standIn() == StandIn.VALIDATION
              ? task.data().validation()
              : task.data().training().slice(0, Math.min(samples, task.data().training().count()));
      if (real.count() > 0) {
        RandomStream own = stream.split(chosen.name);
        scores.addAll(chosen.measure(new MetricInput(real, task, generator, backend, own)));
      }
    }
    return scores;
  }

  /**
   * Insists that the task has every chosen score.
   *
   * @throws UserException naming those that it does not have
   */
  public void requireAll(Task task, int samples) {
    List<String> missing = new ArrayList<>();
    for (Chosen chosen : metrics) {
      List<String> had =
          chosen.describe(task, samples).stream().map(ScoreDescription::name).toList();
      chosen.scores.stream().filter(score -> !had.contains(score)).sorted().forEach(missing::add);
    }
    if (!missing.isEmpty()) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "this task cannot give %s%s; choose other metrics"
              .formatted(
                  String.join(", ", missing),
                  missing.contains(LikelihoodMetrics.NLL_ORACLE) ? " (it has no oracle)" : ""));
    }
  }
}

package org.seqgan.core.training;

import java.util.List;
import java.util.stream.Stream;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.task.Task;

/** Section {@code evaluation}: when and on how many sequences a run is measured. */
public record EvaluationOptions(
    @Option(description = "sequences sampled for each evaluation", defaultValue = "9984", min = 1)
        int samples,
    @Option(
            description = "evaluate after every n-th epoch of generator pre-training",
            defaultValue = "5",
            min = 1)
        int everyEpochs,
    @Option(
            description = "evaluate after every n-th adversarial round",
            defaultValue = "1",
            min = 1)
        int everyRounds,
    @Option(
            description =
                "scores to measure: names of scores, of metric plugins for all of theirs, or the"
                    + " word task for those that the task says matter; nll-oracle only where the"
                    + " task has an oracle",
            defaultValue = "[task, nll-gen, distinct-sequences, distinct-2]")
        List<String> metrics,
    @Option(
            description =
                "for a cell of a matrix: temperatures at which its finished generator is measured"
                    + " too, each at the cost of an evaluation; [] for none",
            defaultValue = "[0.7, 1.0, 1.3]",
            min = 0.01,
            max = 100)
        List<Float> temperatures,
    @Option(description = "sequences shown after each evaluation", defaultValue = "8", min = 0)
        int show) {
  private static final String TASK = "task";

  /** The same on another number of sequences. */
  public EvaluationOptions onSamples(int count) {
    return new EvaluationOptions(count, everyEpochs, everyRounds, metrics, temperatures, show);
  }

  /** Whether the word {@code task} is among the metrics. */
  public boolean asksTheTask() {
    return metrics.contains(TASK);
  }

  /** The metrics that are named here: all but the word {@code task}. */
  public List<String> namedMetrics() {
    return metrics.stream().filter(word -> !word.equals(TASK)).toList();
  }

  /** The metrics, with those that a task says matter in the place of the word {@code task}. */
  public List<String> metrics(Task task) {
    return metrics.stream()
        .flatMap(word -> word.equals(TASK) ? task.data().metrics().stream() : Stream.of(word))
        .distinct()
        .toList();
  }
}

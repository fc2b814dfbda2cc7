package org.seqgan.core.config;

import java.util.List;
import java.util.Optional;
import org.seqgan.api.backend.BackendProvider;
import org.seqgan.api.discriminator.DiscriminatorProvider;
import org.seqgan.api.generator.GeneratorProvider;
import org.seqgan.api.reward.RewardProvider;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.core.metric.MetricCatalog;
import org.seqgan.core.training.EvaluationOptions;
import org.seqgan.core.training.TrainingOptions;

/**
 * A configuration, checked and complete.
 *
 * @param seed the root of all random numbers
 * @param backend where it computes
 * @param task what it learns
 * @param generator G
 * @param discriminator D
 * @param reward Q
 * @param training the schedule
 * @param evaluation when and how it is measured
 * @param metrics every metric that is installed, with its options
 * @param values every option with its value and origin, in order
 * @param notes what a careful reader should know: options of a plugin that was replaced, what
 *     {@code auto} chose
 */
public record ResolvedConfig(
    long seed,
    PluginChoice<BackendProvider<?>> backend,
    PluginChoice<TaskProvider<?>> task,
    PluginChoice<GeneratorProvider<?>> generator,
    PluginChoice<DiscriminatorProvider<?>> discriminator,
    PluginChoice<RewardProvider<?>> reward,
    TrainingOptions training,
    EvaluationOptions evaluation,
    MetricCatalog metrics,
    List<ResolvedValue> values,
    List<String> notes) {

  /**
   * As a configuration file: loaded again, it gives the same values. Each line says where its value
   * came from.
   */
  public String render() {
    StringBuilder text = new StringBuilder();
    notes.forEach(note -> text.append("# ").append(note).append('\n'));
    int width =
        values.stream()
            .mapToInt(value -> assignment(value).length())
            .filter(w -> w < 60)
            .max()
            .orElse(0);
    for (ResolvedValue value : values) {
      String assignment = assignment(value);
      text.append(assignment)
          .append(" ".repeat(Math.max(0, width - assignment.length())))
          .append("  # ")
          .append(value.origin())
          .append('\n');
    }
    return text.toString();
  }

  private static String assignment(ResolvedValue value) {
    Optional<String> text = value.value();
    return text.map(set -> value.key() + " = " + set).orElse("# " + value.key() + " is not set");
  }
}

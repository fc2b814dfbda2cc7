package org.seqgan.core.config;

import java.util.List;
import org.seqgan.api.backend.BackendProvider;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.DiscriminatorContext;
import org.seqgan.api.discriminator.DiscriminatorProvider;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.GeneratorContext;
import org.seqgan.api.generator.GeneratorProvider;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardProvider;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskContext;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.core.training.EvaluationOptions;
import org.seqgan.core.training.TrainingOptions;

/**
 * An experiment, every value known and checked. Immutable.
 *
 * @param seed of all randomness
 * @param backend where tensors compute; already chosen if it was {@code auto}
 * @param task where sequences come from
 * @param generator G_theta
 * @param discriminator D_phi
 * @param reward Q
 * @param training the schedule
 * @param evaluation when and on what it is measured
 * @param values all of them again, in order, with where they came from
 * @param notes what a reader of the configuration should know: options that were set aside, the
 *     choice of a backend
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
    List<ResolvedValue> values,
    List<String> notes) {
  /** Copies the lists. */
  public ResolvedConfig {
    values = List.copyOf(values);
    notes = List.copyOf(notes);
  }

  /**
   * Opens the backend.
   *
   * @throws org.seqgan.api.UserException if it cannot run here
   */
  public TensorBackend openBackend() {
    return open(backend.provider());
  }

  /**
   * Loads or makes the data.
   *
   * @throws org.seqgan.api.UserException if an input is missing or malformed
   */
  public Task openTask(TaskContext context) {
    return open(task.provider(), context);
  }

  /** A new generator with initial parameters. */
  public Generator createGenerator(GeneratorContext context) {
    return create(generator.provider(), context);
  }

  /** A new discriminator with initial parameters. */
  public Discriminator createDiscriminator(DiscriminatorContext context) {
    return create(discriminator.provider(), context);
  }

  /** A new reward. */
  public Reward createReward() {
    return create(reward.provider());
  }

  /**
   * This configuration as HOCON: every value on a line of its own, with a comment that says where
   * it came from. Read again, it gives the same values.
   */
  public String toHocon() {
    StringBuilder text = new StringBuilder();
    for (String note : notes) {
      text.append("# ").append(note).append('\n');
    }
    String section = "";
    for (ResolvedValue value : values) {
      String next = value.key().replaceFirst("\\..*", "");
      if (!next.equals(section) && !text.isEmpty()) {
        text.append('\n');
      }
      section = next;
      text.append("%s = %s  # %s\n".formatted(value.key(), value.value(), value.origin()));
    }
    return text.toString();
  }

  private <O extends Record> TensorBackend open(BackendProvider<O> provider) {
    return provider.open(provider.optionsType().cast(backend.options()));
  }

  private <O extends Record> Task open(TaskProvider<O> provider, TaskContext context) {
    return provider.open(context, provider.optionsType().cast(task.options()));
  }

  private <O extends Record> Generator create(
      GeneratorProvider<O> provider, GeneratorContext context) {
    return provider.create(context, provider.optionsType().cast(generator.options()));
  }

  private <O extends Record> Discriminator create(
      DiscriminatorProvider<O> provider, DiscriminatorContext context) {
    return provider.create(context, provider.optionsType().cast(discriminator.options()));
  }

  private <O extends Record> Reward create(RewardProvider<O> provider) {
    return provider.create(provider.optionsType().cast(reward.options()));
  }
}

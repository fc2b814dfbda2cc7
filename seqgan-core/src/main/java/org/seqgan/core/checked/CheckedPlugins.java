package org.seqgan.core.checked;

import java.util.List;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Availability;
import org.seqgan.api.backend.BackendProvider;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.DiscriminatorContext;
import org.seqgan.api.discriminator.DiscriminatorProvider;
import org.seqgan.api.generator.GeneratorContext;
import org.seqgan.api.generator.GeneratorProvider;
import org.seqgan.api.metric.MetricProvider;
import org.seqgan.api.reward.RewardContext;
import org.seqgan.api.reward.RewardProvider;
import org.seqgan.api.task.NotationState;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskContext;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginOrigin;

/**
 * Makes what providers make, checked. A provider and its options come as a pair from the
 * configuration; the casts tie them together again.
 */
public final class CheckedPlugins {
  private CheckedPlugins() {}

  /**
   * A backend. What it computes is not checked here: its operations are, once for all backends,
   * where they are called ({@link org.seqgan.api.backend.TensorScope}).
   */
  public static <O extends Record> TensorBackend backend(
      BackendProvider<O> provider, Record options) {
    return PluginOrigin.of(PluginKind.BACKEND, provider)
        .call("open", () -> provider.open(provider.about().optionsType().cast(options)));
  }

  /** Whether a backend can run here: one that fails while it is asked cannot, for that reason. */
  public static <O extends Record> Availability availability(
      BackendProvider<O> provider, O options) {
    try {
      return PluginOrigin.of(PluginKind.BACKEND, provider)
          .call("availability", () -> provider.availability(options));
    } catch (UserException e) {
      return new Availability.Unavailable(e.getMessage(), List.of());
    }
  }

  /** A task on a backend; it is closed where it is not what a task must be. */
  public static <O extends Record> CheckedTask task(
      TaskProvider<O> provider, Record options, TaskContext context, TensorBackend backend) {
    PluginOrigin origin = PluginOrigin.of(PluginKind.TASK, provider).on(backend);
    Task task =
        origin.call(
            "open", () -> provider.open(context, provider.about().optionsType().cast(options)));
    try {
      return new CheckedTask(task, origin);
    } catch (RuntimeException | Error e) {
      task.close();
      throw e;
    }
  }

  /**
   * The notation of a task that is not open; empty where the task tells none without its data.
   *
   * @throws UserException of kind {@code DATA} where the state is none of that task
   */
  public static Optional<CheckedNotation> notation(
      TaskProvider<?> provider, Vocabulary vocabulary, NotationState state) {
    PluginOrigin origin = PluginOrigin.of(PluginKind.TASK, provider);
    return origin
        .call("notation", () -> provider.notation(vocabulary, state))
        .map(notation -> new CheckedNotation(notation, origin, vocabulary));
  }

  /** A generator. */
  public static <O extends Record> CheckedGenerator generator(
      GeneratorProvider<O> provider, Record options, GeneratorContext context) {
    PluginOrigin origin = PluginOrigin.of(PluginKind.GENERATOR, provider).on(context.backend());
    return new CheckedGenerator(
        origin.call(
            "create", () -> provider.create(context, provider.about().optionsType().cast(options))),
        origin,
        context.vocabulary(),
        context.sequenceLength());
  }

  /** A discriminator. */
  public static <O extends Record> CheckedDiscriminator discriminator(
      DiscriminatorProvider<O> provider, Record options, DiscriminatorContext context) {
    PluginOrigin origin = PluginOrigin.of(PluginKind.DISCRIMINATOR, provider).on(context.backend());
    return new CheckedDiscriminator(
        origin.call(
            "create", () -> provider.create(context, provider.about().optionsType().cast(options))),
        origin);
  }

  /** A reward. */
  public static <O extends Record> CheckedReward reward(
      RewardProvider<O> provider, Record options, RewardContext context) {
    PluginOrigin origin = PluginOrigin.of(PluginKind.REWARD, provider).on(context.backend());
    return new CheckedReward(
        origin.call(
            "create", () -> provider.create(context, provider.about().optionsType().cast(options))),
        origin);
  }

  /** A trainer, with its models, which are of the context. */
  public static <O extends Record> CheckedTrainer trainer(
      TrainerProvider<O> provider, Record options, TrainerContext context) {
    PluginOrigin origin = PluginOrigin.of(PluginKind.TRAINER, provider).on(context.backend());
    return new CheckedTrainer(
        origin.call(
            "create", () -> provider.create(context, provider.about().optionsType().cast(options))),
        origin);
  }

  /** A metric. */
  public static <O extends Record> CheckedMetric metric(MetricProvider<O> provider, O options) {
    PluginOrigin origin = PluginOrigin.of(PluginKind.METRIC, provider);
    return new CheckedMetric(origin.call("create", () -> provider.create(options)), origin);
  }
}

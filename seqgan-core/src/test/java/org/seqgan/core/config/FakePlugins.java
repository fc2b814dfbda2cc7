package org.seqgan.core.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.backend.Availability;
import org.seqgan.api.backend.BackendProvider;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.DiscriminatorContext;
import org.seqgan.api.discriminator.DiscriminatorProvider;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.GeneratorContext;
import org.seqgan.api.generator.GeneratorProvider;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.plugin.About;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.plugin.Provider;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardContext;
import org.seqgan.api.reward.RewardProvider;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskContext;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.core.metric.BuiltInMetric;
import org.seqgan.core.model.CnnDiscriminatorProvider;
import org.seqgan.core.model.LstmGeneratorProvider;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.reward.BuiltInReward;
import org.seqgan.core.trainer.SeqGanTrainerProvider;

/** Plugins that can be configured and do nothing. */
final class FakePlugins {
  private FakePlugins() {}

  /** All of them, with a backend {@code slow} that is available and {@code fast} that is not. */
  static PluginRegistry registry() {
    return registry(
        new FakeBackend("slow", 10, new Availability.Available(List.of())),
        new FakeBackend("fast", 200, new Availability.Unavailable("no driver", List.of())));
  }

  static PluginRegistry registry(BackendProvider<?>... backends) {
    Provider<?>[] all = new Provider<?>[backends.length + 11];
    all[0] = new FakeTask();
    all[1] = new FakeGenerator<>("lstm", LstmOptions.class);
    all[2] = new FakeGenerator<>("gru", GruOptions.class);
    all[3] = new FakeDiscriminator();
    all[4] = new FakeReward("discriminator");
    all[5] = new FakeReward("constant");
    all[6] = new BuiltInMetric.NllOracle();
    all[7] = new BuiltInMetric.NllGen();
    all[8] = new BuiltInMetric.Distinct();
    all[9] = new BuiltInMetric.Bleu();
    all[10] = new SeqGanTrainerProvider();
    System.arraycopy(backends, 0, all, 11, backends.length);
    return PluginRegistry.of(all);
  }

  /** The plugins that presets name, but for a backend {@code slow} and a task {@code lines}. */
  static PluginRegistry forPresets() {
    return PluginRegistry.of(
        new FakeBackend("slow", 10, new Availability.Available(List.of())),
        new FakeTask(),
        new LstmGeneratorProvider(),
        new CnnDiscriminatorProvider(),
        new BuiltInReward.Discriminator(),
        new BuiltInReward.Constant(),
        new SeqGanTrainerProvider(),
        new BuiltInMetric.NllOracle(),
        new BuiltInMetric.NllGen(),
        new BuiltInMetric.Distinct(),
        new BuiltInMetric.Bleu());
  }

  /** Kernels to switch. */
  enum Kernel {
    MATRIX_PRODUCT,
    LSTM
  }

  record BackendOptions(
      @Option(description = "threads; 0 for all", defaultValue = "0", min = 0) int threads,
      @Option(description = "kept in a pool", defaultValue = "512m") ByteSize pool,
      @Option(description = "native kernels", defaultValue = "{lstm = on}")
          Map<Kernel, Boolean> kernels) {}

  record TaskOptions(
      @Option(description = "the lines", required = true) Path file,
      @Option(description = "read instead of drawn") Optional<Path> parameters,
      @Option(description = "what to call it") String title,
      @Option(description = "tokens", defaultValue = "5000", min = 2) int vocabularySize,
      @Option(description = "split", defaultValue = "0.9", min = 0, max = 1) double split,
      @Option(description = "shares", defaultValue = "[1, 2]", min = 1) List<Integer> shares,
      @Option(description = "lower-case", defaultValue = "true") boolean lowerCase) {
    TaskOptions {
      if (shares.isEmpty()) {
        throw new IllegalArgumentException("expected at least one share, found none");
      }
    }
  }

  record LstmOptions(
      @Option(description = "of an embedding", defaultValue = "32", min = 1) int embeddingSize,
      @Option(description = "of the state", defaultValue = "32", min = 1) int hiddenSize) {}

  record GruOptions(
      @Option(description = "of the state", defaultValue = "24", min = 1) int hiddenSize) {}

  record CnnOptions(
      @Option(description = "how it is optimised", defaultValue = "{learning-rate = 0.1}")
          OptimizerOptions optimizer) {}

  record RewardOptions(@Option(description = "N", defaultValue = "16", min = 1) int rollOuts) {}

  record FakeBackend(String name, int preference, Availability answer)
      implements BackendProvider<BackendOptions> {
    @Override
    public About<BackendOptions> about() {
      return new About<>(name, "a fake backend", BackendOptions.class, ApiVersion.CURRENT);
    }

    @Override
    public Availability availability(BackendOptions options) {
      return answer;
    }

    @Override
    public TensorBackend open(BackendOptions options) {
      throw new UnsupportedOperationException("a fake cannot be opened");
    }
  }

  /** Options of an accelerator, which has no threads. */
  record DeviceOptions(
      @Option(description = "its number", defaultValue = "0", min = 0) int device,
      @Option(description = "kept in a pool", defaultValue = "512m") ByteSize pool) {}

  /** A backend that is available and preferred. */
  record Accelerator() implements BackendProvider<DeviceOptions> {
    @Override
    public About<DeviceOptions> about() {
      return new About<>("device", "a fake device", DeviceOptions.class, ApiVersion.CURRENT);
    }

    @Override
    public int preference() {
      return 200;
    }

    @Override
    public Availability availability(DeviceOptions options) {
      return new Availability.Available(List.of());
    }

    @Override
    public TensorBackend open(DeviceOptions options) {
      throw new UnsupportedOperationException("a fake cannot be opened");
    }
  }

  private static final class FakeTask implements TaskProvider<TaskOptions> {
    @Override
    public About<TaskOptions> about() {
      return new About<>("lines", "a fake task", TaskOptions.class, ApiVersion.CURRENT);
    }

    @Override
    public Task open(TaskContext context, TaskOptions options) {
      throw new UnsupportedOperationException("a fake cannot be opened");
    }
  }

  private record FakeGenerator<O extends Record>(String name, Class<O> optionsType)
      implements GeneratorProvider<O> {
    @Override
    public About<O> about() {
      return new About<>(name, "a fake generator", optionsType, ApiVersion.CURRENT);
    }

    @Override
    public Generator create(GeneratorContext context, O options) {
      throw new UnsupportedOperationException("a fake makes no generator");
    }
  }

  private static final class FakeDiscriminator implements DiscriminatorProvider<CnnOptions> {
    @Override
    public About<CnnOptions> about() {
      return new About<>("cnn", "a fake discriminator", CnnOptions.class, ApiVersion.CURRENT);
    }

    @Override
    public Discriminator create(DiscriminatorContext context, CnnOptions options) {
      throw new UnsupportedOperationException("a fake makes no discriminator");
    }
  }

  private record FakeReward(String name) implements RewardProvider<RewardOptions> {
    @Override
    public About<RewardOptions> about() {
      return new About<>(name, "a fake reward", RewardOptions.class, ApiVersion.CURRENT);
    }

    @Override
    public Reward create(RewardContext context, RewardOptions options) {
      return request -> {
        throw new UnsupportedOperationException("a fake gives no reward");
      };
    }
  }
}

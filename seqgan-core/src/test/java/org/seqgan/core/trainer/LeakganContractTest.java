package org.seqgan.core.trainer;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.core.model.CnnDiscriminatorProvider;
import org.seqgan.core.model.CnnOptions;
import org.seqgan.core.model.LeakganGeneratorProvider;
import org.seqgan.core.model.LeakganOptions;
import org.seqgan.core.model.ModelSetting;
import org.seqgan.testkit.TrainerContract;

@DisplayName("Trainer leakgan keeps the contract of a trainer")
final class LeakganContractTest {
  static final OptimizerOptions ADAM = new OptimizerOptions(0.05f, 0.9f, 0.999f, 1e-8f, 5f);

  static Leakgan.Options options(boolean released) {
    return new Leakgan.Options(
        8,
        released,
        ADAM,
        ADAM,
        new Leakgan.Pretraining(2, 1, 1, 1),
        new Leakgan.Adversarial(2, 2, 1, 2, 10, 2, 16, 1, 2, 1));
  }

  static Generator generator(
      TensorBackend backend, TaskData data, long seed, LeakganOptions.Goals goals) {
    return new LeakganGeneratorProvider()
        .create(
            new ModelSetting.ForGenerator(
                backend,
                data.vocabulary(),
                data.sequenceLength(),
                RandomStream.of(seed),
                ADAM,
                ADAM),
            new LeakganOptions(
                3,
                3,
                2,
                2,
                goals,
                new LeakganOptions.Features(3, List.of(1, 2), List.of(2, 3)),
                0.5f));
  }

  static Discriminator discriminator(
      TensorBackend backend, TaskData data, long seed, List<Integer> filterCounts) {
    return new CnnDiscriminatorProvider()
        .create(
            new ModelSetting.ForDiscriminator(
                backend, data.vocabulary(), data.sequenceLength(), RandomStream.of(seed), ADAM),
            new CnnOptions(3, List.of(1, 2), filterCounts, 1, 0.1f));
  }

  abstract static class Form extends TrainerContract<Leakgan.Options> {
    abstract boolean released();

    @Override
    protected TrainerProvider<Leakgan.Options> provider() {
      return new Leakgan();
    }

    @Override
    protected Leakgan.Options options() {
      return LeakganContractTest.options(released());
    }

    @Override
    protected Generator generator(TensorBackend backend, TaskData data, long seed) {
      return LeakganContractTest.generator(
          backend,
          data,
          seed,
          released() ? LeakganOptions.Goals.BLOCKS : LeakganOptions.Goals.WINDOW);
    }

    @Override
    protected Discriminator discriminator(TensorBackend backend, TaskData data, long seed) {
      return LeakganContractTest.discriminator(backend, data, seed, List.of(2, 3));
    }
  }

  @Nested
  class Paper extends Form {
    @Override
    boolean released() {
      return false;
    }
  }

  @Nested
  class Released extends Form {
    @Override
    boolean released() {
      return true;
    }
  }
}

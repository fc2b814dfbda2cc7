package org.seqgan.core.model;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.TestBackends;
import org.seqgan.testkit.GeneratorContract;

@DisplayName("Generator leakgan keeps the contract of a generator")
final class LeakganGeneratorContractTest {
  abstract static class WithGoals extends GeneratorContract {
    abstract LeakganOptions.Goals goals();

    @Override
    protected Generator create(
        TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
      return new LeakganGeneratorProvider()
          .create(
              new ModelSetting.ForGenerator(
                  backend,
                  vocabulary,
                  sequenceLength,
                  RandomStream.of(seed),
                  optimizer(),
                  optimizer()),
              new LeakganOptions(
                  4,
                  3,
                  2,
                  2,
                  goals(),
                  new LeakganOptions.Features(3, List.of(1, 3), List.of(2, 3)),
                  0.5f));
    }
  }

  @Nested
  class Window extends WithGoals {
    @Override
    LeakganOptions.Goals goals() {
      return LeakganOptions.Goals.WINDOW;
    }
  }

  @Nested
  class Blocks extends WithGoals {
    @Override
    LeakganOptions.Goals goals() {
      return LeakganOptions.Goals.BLOCKS;
    }
  }

  @Nested
  class OnDl4j extends Window {
    @Override
    protected TensorBackend openBackend() {
      return TestBackends.open("dl4j");
    }
  }
}

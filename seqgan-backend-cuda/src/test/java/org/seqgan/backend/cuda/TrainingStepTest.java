package org.seqgan.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.TrainingSet;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.backend.cuda.driver.Counters;
import org.seqgan.backend.cuda.emulator.EmulatedDriver;
import org.seqgan.backend.cuda.emulator.EmulatedDriver.Setting;
import org.seqgan.core.model.CnnDiscriminatorProvider;
import org.seqgan.core.model.CnnOptions;
import org.seqgan.core.model.LstmGeneratorProvider;
import org.seqgan.core.model.LstmOptions;
import org.seqgan.core.model.ModelSetting;

@DisplayName("A training step on cuda asks little of the driver")
@Tag("slow")
class TrainingStepTest {
  private static final int TIME = 20;
  private static final int VOCABULARY = 50;

  /**
   * The widths of the paper's filters; of each as many that long sums are cut, as the paper's are.
   */
  private static final CnnOptions SMALL =
      new CnnOptions(
          32,
          List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20),
          List.of(12, 24, 24, 24, 24, 12, 12, 12, 12, 12, 18, 18),
          0.75f,
          0.2f);

  @BeforeAll
  static void loadDriver() {
    EmulatedDriver.load();
  }

  @Test
  void aDiscriminatorStepNeitherWaitsNorAllocates() {
    try (CudaBackend backend =
            (CudaBackend) new CudaBackendProvider().open(CudaOptions.defaults());
        Discriminator discriminator = discriminator(backend);
        TrainingSet set = discriminator.trainingSet(sequences(), new boolean[16])) {
      RandomStream stream = RandomStream.of(2);
      int[] rows = {3, 1, 4, 15, 9, 2, 6, 5};
      readAll(set.train(rows, stream));
      readAll(set.train(rows, stream));
      Counters.Snapshot asked = countedWithoutHurry(backend, () -> set.train(rows, stream));
      assertThat(asked.waits()).as("waits").isZero();
      assertThat(asked.allocations()).as("allocations").isZero();
      assertThat(asked.launches()).as("launches").isLessThanOrEqualTo(25);
      assertThat(asked.uploads()).as("uploads").isOne();
    }
  }

  /** Trainers read of a step what they log, and some nothing. */
  @Test
  void stepsOfWhichNothingIsReadDoNotAllocateForEver() {
    try (CudaBackend backend =
            (CudaBackend) new CudaBackendProvider().open(CudaOptions.defaults());
        Discriminator discriminator = discriminator(backend);
        TrainingSet set = discriminator.trainingSet(sequences(), new boolean[16])) {
      RandomStream stream = RandomStream.of(2);
      int[] rows = {3, 1, 4};
      Step early = set.train(rows, stream);
      Step same = set.train(rows, stream);
      double loss = same.loss();
      for (int i = 0; i < 100; i++) {
        set.train(rows, stream);
      }
      Counters.Snapshot before = backend.counters();
      for (int i = 0; i < 100; i++) {
        set.train(rows, stream);
      }
      assertThat(backend.counters().since(before).allocations()).isZero();
      assertThat(early.loss()).as("read late").isFinite().isNotEqualTo(loss);
      assertThat(early.gradientNorm()).isPositive().isFinite();
    }
  }

  @Test
  void aGeneratorStepNeitherWaitsNorAllocates() {
    try (CudaBackend backend =
            (CudaBackend) new CudaBackendProvider().open(CudaOptions.defaults());
        Generator generator = generator(backend)) {
      RandomStream stream = RandomStream.of(3);
      Supplier<Step> step = () -> generator.trainMaximumLikelihood(sequences(), 1f, stream);
      readAll(step.get());
      readAll(step.get());
      Counters.Snapshot asked = countedWithoutHurry(backend, step);
      assertThat(asked.waits()).as("waits").isZero();
      assertThat(asked.allocations()).as("allocations").isZero();
      assertThat(asked.launches()).as("launches").isLessThanOrEqualTo(25);
    }
  }

  @Test
  void rollOutsWaitOnceForTheirTokens() {
    try (CudaBackend backend =
            (CudaBackend) new CudaBackendProvider().open(CudaOptions.defaults());
        Generator generator = generator(backend)) {
      EmulatedDriver.with(
          Setting.LAZY,
          1,
          () -> {
            Counters.Snapshot before = backend.counters();
            generator.complete(sequences(), 2, Decoding.SAMPLE, RandomStream.of(4));
            Counters.Snapshot asked = backend.counters().since(before);
            assertThat(asked.waits()).isOne();
          });
    }
  }

  private static Generator generator(CudaBackend backend) {
    OptimizerOptions adam = new OptimizerOptions(1e-3f, 0.9f, 0.999f, 1e-8f, 5f);
    return new LstmGeneratorProvider()
        .create(
            new ModelSetting.ForGenerator(
                backend,
                new Vocabulary(VOCABULARY, 0, OptionalInt.empty()),
                TIME,
                RandomStream.of(1),
                adam,
                adam),
            new LstmOptions(8, 8, 0.1f));
  }

  /** What a step asks of a device that does nothing until somebody waits for it. */
  private static Counters.Snapshot countedWithoutHurry(CudaBackend backend, Supplier<Step> step) {
    Counters.Snapshot before = backend.counters();
    List<Counters.Snapshot> asked = new ArrayList<>();
    EmulatedDriver.with(
        Setting.LAZY,
        1,
        () -> {
          Step made = step.get();
          asked.add(backend.counters().since(before));
          assertThat(made.isDone()).isFalse();
          assertThat(made.loss()).isFinite();
        });
    return asked.get(0);
  }

  private static void readAll(Step step) {
    assertThat(step.loss()).isFinite();
    assertThat(step.gradientNorm()).isFinite();
    if (step.tellsAccuracy()) {
      assertThat(step.accuracy()).isFinite();
    }
  }

  private static Discriminator discriminator(CudaBackend backend) {
    return new CnnDiscriminatorProvider()
        .create(
            new ModelSetting.ForDiscriminator(
                backend,
                new Vocabulary(VOCABULARY, 0, OptionalInt.empty()),
                TIME,
                RandomStream.of(1),
                new OptimizerOptions(1e-3f, 0.9f, 0.999f, 1e-8f, 0)),
            SMALL);
  }

  private static Sequences sequences() {
    int[] tokens = new int[16 * TIME];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = i * 7 % VOCABULARY;
    }
    return Sequences.ofSampled(tokens, TIME, OptionalInt.empty());
  }
}

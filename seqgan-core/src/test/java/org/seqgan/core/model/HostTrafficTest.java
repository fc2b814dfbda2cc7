package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.MemoryUse;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.TrainingSet;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.TestBackends;

/**
 * What models ask of a backend. On a device beside the host each read waits for everything before
 * it, so a step may read nothing back.
 */
class HostTrafficTest {
  private static final int TIME = 6;
  private static final Vocabulary VOCABULARY = Vocabulary.fixedLength(7, 0);
  private static final OptimizerOptions ADAM = new OptimizerOptions(1e-3f, 0.9f, 0.999f, 1e-8f, 5);

  private final TensorBackend dl4j = TestBackends.open("dl4j");
  private final Map<String, Integer> calls = new HashMap<>();
  private final TensorBackend counting = counting();

  @AfterEach
  void close() {
    dl4j.close();
  }

  @Test
  void aDiscriminatorStepUploadsItsRowNumbersAndReadsNothing() {
    CnnModel model = new CnnModel(7, 5, List.of(1, 2, 3), List.of(6, 4, 5), 0.75f, 0.2f);
    Sequences sequences = sequences(20);
    boolean[] real = new boolean[20];
    real[3] = true;
    try (ClassifierDiscriminator discriminator =
            new ClassifierDiscriminator(
                new ModelSetting.ForDiscriminator(
                    counting, VOCABULARY, TIME, RandomStream.of(1), ADAM),
                model);
        TrainingSet set = discriminator.trainingSet(sequences, real)) {
      set.train(new int[] {0, 3, 19, 7}, RandomStream.of(2));
      set.train(new int[] {1, 3, 18, 8}, RandomStream.of(3));
      MemoryUse before = dl4j.memory();
      calls.clear();

      Step step = set.train(new int[] {2, 3, 17, 9}, RandomStream.of(4));

      assertThat(calls).doesNotContainKey("read");
      assertThat(calls.get("write")).as("uploads").isEqualTo(1);
      assertThat(calls.get("readLater")).as("figures on their way").isEqualTo(2);
      assertThat(dl4j.memory()).as("memory after the third step").isEqualTo(before);
      assertThat(step.loss()).isPositive();
    }
  }

  @Test
  void trainingStepsOfAGeneratorReadNothing() {
    Sequences batch = sequences(4);
    try (Generator generator = generator()) {
      calls.clear();
      generator.trainMaximumLikelihood(batch, 1f, RandomStream.of(2));
      generator.trainPolicyGradient(batch, generator.logProbabilities(batch));
      assertThat(calls.get("read")).as("reads, all of the log-probabilities").isEqualTo(1);
    }
  }

  @Test
  void completionsAndSamplesAreReadOnce() {
    Sequences batch = sequences(4);
    try (Generator generator = generator()) {
      calls.clear();
      generator.complete(batch, 3, Decoding.SAMPLE, RandomStream.of(2));
      assertThat(calls.get("read")).as("reads of a search").isEqualTo(1);
      calls.clear();
      generator.sample(5, Decoding.SAMPLE, RandomStream.of(2));
      assertThat(calls.get("read")).as("reads of samples").isEqualTo(1);
    }
  }

  private Generator generator() {
    return new AutoregressiveGenerator(
        new ModelSetting.ForGenerator(counting, VOCABULARY, TIME, RandomStream.of(1), ADAM, ADAM),
        new LstmModel(7, 5, 4, 0.5f));
  }

  private static Sequences sequences(int count) {
    int[][] rows = new int[count][TIME];
    RandomStream stream = RandomStream.of(9);
    for (int[] row : rows) {
      for (int t = 0; t < TIME; t++) {
        row[t] = stream.nextInt(7);
      }
    }
    return Sequences.ofRows(rows);
  }

  private TensorBackend counting() {
    return (TensorBackend)
        Proxy.newProxyInstance(
            TensorBackend.class.getClassLoader(),
            new Class<?>[] {TensorBackend.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("openScope")) {
                // The scope must belong to the proxy, or its calls would not be seen.
                return InvocationHandler.invokeDefault(proxy, method, arguments);
              }
              calls.merge(method.getName(), 1, Integer::sum);
              try {
                return method.invoke(dl4j, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}

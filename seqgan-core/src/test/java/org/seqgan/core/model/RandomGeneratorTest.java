package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.Step;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

@DisplayName("Generator random")
class RandomGeneratorTest {
  private TensorBackend backend;
  private Generator generator;

  @BeforeEach
  void open() {
    backend = new ReferenceBackend(new ReferenceOptions(new ByteSize(1 << 28)));
    OptimizerOptions adam = new OptimizerOptions(0.05f, 0.9f, 0.999f, 1e-8f, 5f);
    generator =
        new RandomGeneratorProvider()
            .create(
                new ModelSetting.ForGenerator(
                    backend, Vocabulary.fixedLength(5, 0), 4, RandomStream.of(1), adam, adam),
                new RandomGeneratorProvider.Options());
  }

  @AfterEach
  void close() {
    generator.close();
    assertThat(backend.memory().liveTensors()).isZero();
    backend.close();
  }

  @Test
  void drawsEveryTokenAsOften() {
    Sequences samples = generator.sample(5000, Decoding.SAMPLE, RandomStream.of(2));
    int[] counts = new int[5];
    for (int token : samples.tokens()) {
      counts[token]++;
    }
    for (int count : counts) {
      assertThat(count).as("of 20000 tokens, seed 2").isBetween(4000 - 240, 4000 + 240);
    }
  }

  @Test
  void learnsNothing() {
    Sequences batch = Sequences.ofFullLength(new int[] {1, 1, 1, 1}, 4);
    Step likelihood = generator.trainMaximumLikelihood(batch, 1f, RandomStream.of(3));
    Step policy =
        generator.trainPolicyGradient(batch, new TokenValues(1, 4, new float[] {1, 0, 0.5f, 0}));
    assertThat(likelihood.loss()).isCloseTo(Math.log(5), within(1e-12));
    assertThat(policy.loss()).isCloseTo(1.5 * Math.log(5), within(1e-9));
    assertThat(generator.logProbabilities(batch).get(0, 0))
        .isCloseTo((float) -Math.log(5), within(1e-5f));
  }

  @Test
  void measuresNothingAfterTheEnd() {
    Sequences batch = Sequences.of(new int[] {1, 4, 4, 4}, new int[] {2}, 4);
    TokenValues rewards = new TokenValues(1, 4, new float[] {1, 0.5f, 7, Float.NaN});
    assertThat(generator.trainPolicyGradient(batch, rewards).loss())
        .isCloseTo(1.5 * Math.log(5), within(1e-9));
  }

  @Test
  void completesPrefixes() {
    Sequences batch = Sequences.ofFullLength(new int[] {1, 2, 3, 4}, 4);
    assertThat(generator.complete(batch, 2, Decoding.SAMPLE, RandomStream.of(4)).rowCount())
        .isEqualTo(6);
  }

  @Test
  void hasNoParametersAndRejectsThoseOfAnotherModel() {
    assertThat(generator.parameters().names()).isEmpty();
    generator.setParameters(generator.parameters());
    NamedArrays others =
        new NamedArrays(Map.of("logits.b", new FloatArray(new int[] {1}, new float[1])));
    assertThatThrownBy(() -> generator.setParameters(others))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("logits.b");
  }
}

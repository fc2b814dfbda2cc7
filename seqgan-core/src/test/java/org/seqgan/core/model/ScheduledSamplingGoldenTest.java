package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.reference.ReferenceBackendProvider;
import org.seqgan.testkit.reference.ReferenceOptions;

/**
 * The loss of scheduled sampling (Bengio et al. 2015) against its expectation, by enumeration: the
 * second of two tokens is predicted after the true first one with probability p, else after one
 * that the generator draws,
 *
 * <pre>
 * E loss = -1/2 (log G(y1) + p log G(y2 | y1) + (1 - p) sum over a of G(a) log G(y2 | a))
 * </pre>
 */
@DisplayName("Scheduled sampling, against all tokens that could be drawn")
class ScheduledSamplingGoldenTest {
  private static final int TOKENS = 4;
  private static final int ROWS = 8192;
  private static final int FIRST = 2;
  private static final int SECOND = 1;

  /** Nothing is learned, so that one generator serves for the loss and for what is expected. */
  private static final OptimizerOptions STILL = new OptimizerOptions(0f, 0.9f, 0.999f, 1e-8f, 0f);

  private TensorBackend backend;
  private Generator generator;

  @BeforeEach
  void create() {
    backend = new ReferenceBackendProvider().open(new ReferenceOptions(new ByteSize(1 << 28)));
    // Parameters are large, so that the token before matters.
    generator =
        new LstmGeneratorProvider()
            .create(
                new ModelSetting.ForGenerator(
                    backend,
                    Vocabulary.fixedLength(TOKENS, 0),
                    2,
                    RandomStream.of(7),
                    STILL,
                    STILL),
                new LstmOptions(4, 5, 1.5f));
  }

  @AfterEach
  void close() {
    generator.close();
    backend.close();
  }

  @ParameterizedTest
  @ValueSource(floats = {0f, 0.25f, 0.762f, 1f})
  void lossIsThatOfTrueAndDrawnTokens(float truth) {
    double[] first = new double[TOKENS]; // log G(a)
    double[] second = new double[TOKENS]; // log G(y2 | a)
    int[] pairs = new int[2 * TOKENS];
    for (int a = 0; a < TOKENS; a++) {
      pairs[2 * a] = a;
      pairs[2 * a + 1] = SECOND;
    }
    TokenValues logs = generator.logProbabilities(Sequences.ofFullLength(pairs, 2));
    double drawn = 0;
    double squares = 0;
    for (int a = 0; a < TOKENS; a++) {
      first[a] = logs.get(a, 0);
      second[a] = logs.get(a, 1);
      drawn += Math.exp(first[a]) * second[a];
      squares += Math.exp(first[a]) * second[a] * second[a];
    }
    assertThat(Math.abs(drawn - second[FIRST])).as("drawn tokens make a difference").isPositive();
    double ofSecond = truth * second[FIRST] + (1 - truth) * drawn;
    double ofSquares = truth * second[FIRST] * second[FIRST] + (1 - truth) * squares;
    double deviation = Math.sqrt((ofSquares - ofSecond * ofSecond) / ROWS) / 2;
    assertThat((double) loss(truth, 3))
        .isCloseTo(-(first[FIRST] + ofSecond) / 2, within(4 * deviation + 1e-5));
  }

  @Test
  void dependsOnItsRandomNumbersAlone() {
    assertThat(loss(0.5f, 3)).isEqualTo(loss(0.5f, 3)).isNotEqualTo(loss(0.5f, 4));
  }

  private float loss(float truth, long seed) {
    int[] tokens = new int[2 * ROWS];
    for (int i = 0; i < ROWS; i++) {
      tokens[2 * i] = FIRST;
      tokens[2 * i + 1] = SECOND;
    }
    return (float)
        generator
            .trainMaximumLikelihood(Sequences.ofFullLength(tokens, 2), truth, RandomStream.of(seed))
            .loss();
  }
}

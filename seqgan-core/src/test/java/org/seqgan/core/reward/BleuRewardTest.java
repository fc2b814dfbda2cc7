package org.seqgan.core.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.discriminator.Scorer;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.reward.RewardRequest;
import org.seqgan.core.metric.BleuReferences;
import org.seqgan.core.metric.Smoothing;
import org.seqgan.core.metric.TokenRows;
import org.seqgan.core.model.TinyModels;

@DisplayName("Reward bleu (PG-BLEU)")
class BleuRewardTest {
  private static final int TIME = 5;
  private static final int ROLL_OUTS = 3;

  /** Of length 1, 2, 4, and full length with and without an end token, if that is 3. */
  private static Sequences sequencesOfSomeLengths(OptionalInt endToken) {
    int[] tokens = {
      3, 0, 1, 2, 0, //
      2, 3, 1, 1, 0, //
      0, 1, 2, 3, 1, //
      1, 0, 0, 2, 3, //
      2, 1, 0, 1, 2
    };
    return Sequences.ofSampled(tokens, TIME, endToken);
  }

  @ParameterizedTest(name = "end token {0}")
  @ValueSource(ints = {-1, 3})
  void isTheMeanBleuOfTheCompletionsThatWereDrawn(int end) {
    OptionalInt endToken = end < 0 ? OptionalInt.empty() : OptionalInt.of(end);
    try (TinyModels models = new TinyModels(4, TIME, endToken);
        Generator policy = models.generator(3);
        Generator truth = models.generator(4)) {
      Sequences batch = sequencesOfSomeLengths(endToken);
      Sequences training = truth.sample(9, Decoding.SAMPLE, RandomStream.of(6));
      TokenValues q = reward(2, 7, training, endToken).reward(request(batch, policy));

      BleuReferences references =
          BleuReferences.of(TokenRows.withoutEnd(training.slice(0, 7), endToken), 2);
      Function<Sequences, Double> bleu =
          one ->
              references
                  .match(TokenRows.withoutEnd(one, endToken))
                  .sentence(0, 2, Smoothing.EPSILON);
      Completions drawn = policy.complete(batch, ROLL_OUTS, Decoding.SAMPLE, RandomStream.of(9));
      for (int i = 0; i < batch.count(); i++) {
        int last = batch.length(i) - 1;
        for (int t = 0; t < last; t++) {
          double sum = 0;
          for (int row = 0; row < drawn.rowCount(); row++) {
            if (drawn.sequence(row) == i && drawn.prefixLength(row) == t + 1) {
              sum += bleu.apply(drawn.rows(row, row + 1));
            }
          }
          assertThat((double) q.get(i, t)).isCloseTo(sum / ROLL_OUTS, within(1e-6));
        }
        assertThat((double) q.get(i, last))
            .isCloseTo(bleu.apply(batch.slice(i, i + 1)), within(1e-6));
        for (int t = last + 1; t < TIME; t++) {
          assertThat(q.get(i, t)).as("after the end").isZero();
        }
      }
    }
  }

  @Test
  void prefersSequencesOfTheTrainingData() {
    try (TinyModels models = new TinyModels(4, TIME, OptionalInt.empty());
        Generator policy = models.generator(3)) {
      Sequences training = Sequences.ofRows(new int[][] {{1, 2, 3, 1, 2}});
      Sequences batch = Sequences.ofRows(new int[][] {{1, 2, 3, 1, 2}, {0, 0, 0, 0, 1}});
      TokenValues q = reward(2, 0, training, OptionalInt.empty()).reward(request(batch, policy));
      assertThat(q.get(0, TIME - 1)).isEqualTo(1f);
      assertThat(q.sum(0)).isGreaterThan(q.sum(1));
    }
  }

  @Test
  void theEndTokenIsNoWordAsInTheMetric() {
    int end = 3;
    OptionalInt endToken = OptionalInt.of(end);
    try (TinyModels models = new TinyModels(4, TIME, endToken);
        Generator policy = models.generator(3)) {
      int[] writtenToTheEnd = {1, 2, 0, 1, 2};
      int[] ended = {1, 2, 0, end, end};
      Sequences training = Sequences.ofSampled(new int[] {1, 2, 0, end, end}, TIME, endToken);
      Sequences batch = Sequences.ofSampled(concat(writtenToTheEnd, ended), TIME, endToken);

      TokenValues q = reward(2, 0, training, endToken).reward(request(batch, policy));

      // Of its 5 tokens and 4 pairs 3 and 2 are in the reference.
      assertThat((double) q.get(0, TIME - 1)).isCloseTo(Math.sqrt(0.6 * 0.5), within(1e-6));
      assertThat(q.get(1, 3)).isEqualTo(1f);
      // Two tokens beside a reference of three; the end token would make them three of four.
      Sequences wrong = Sequences.ofSampled(new int[] {2, 1, end, end, end}, TIME, endToken);
      TokenValues other = reward(1, 0, training, endToken).reward(request(wrong, policy));
      assertThat((double) other.get(0, 2)).isCloseTo(Math.exp(1 - 3 / 2.0), within(1e-6));
    }
  }

  private static int[] concat(int[] first, int[] second) {
    return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }

  @Test
  void refusesATaskWithoutTrainingSequences() {
    try (TinyModels models = new TinyModels(4, TIME, OptionalInt.empty());
        Generator policy = models.generator(3)) {
      Sequences batch = policy.sample(1, Decoding.SAMPLE, RandomStream.of(5));
      Sequences none = batch.slice(0, 0);
      assertThatThrownBy(
              () -> reward(2, 0, none, OptionalInt.empty()).reward(request(batch, policy)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("training sequences");
    }
  }

  private static BleuReward reward(
      int order, int mostReferences, Sequences training, OptionalInt end) {
    return new BleuReward(
        new BleuReward.Options(order, ROLL_OUTS, mostReferences, Smoothing.EPSILON), training, end);
  }

  private static RewardRequest request(Sequences batch, Generator policy) {
    return new RewardRequest() {
      @Override
      public Sequences sequences() {
        return batch;
      }

      @Override
      public Completions complete(int copies) {
        return policy.complete(batch, copies, Decoding.SAMPLE, RandomStream.of(9));
      }

      @Override
      public Scorer discriminator() {
        throw new AssertionError("PG-BLEU has no discriminator");
      }

      @Override
      public String text(int i) {
        return "";
      }

      @Override
      public RandomStream stream() {
        return RandomStream.of(10);
      }
    };
  }
}

package org.seqgan.core.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.reward.RewardRequest;
import org.seqgan.core.model.TinyModels;

@DisplayName("Monte-Carlo search (Eq. 4)")
class MonteCarloSearchTest {
  private static final int VOCABULARY = 3;
  private static final int TIME = 4;
  private static final int ROLL_OUTS = 4000;

  /** The seed of a policy that writes sequences of every length. */
  private static final long WORDY = 1;

  @ParameterizedTest(name = "end token {0}")
  @ValueSource(ints = {-1, 2})
  void equalsTheExpectationOverAllCompletions(int end) {
    OptionalInt endToken = end < 0 ? OptionalInt.empty() : OptionalInt.of(end);
    try (TinyModels models = new TinyModels(VOCABULARY, TIME, endToken);
        Generator policy = models.generator(WORDY);
        Discriminator discriminator = models.discriminator(4)) {
      Sequences all = allSequences(endToken);
      float[] score = discriminator.probabilityReal(all);
      TokenValues logProbability = policy.logProbabilities(all);
      Sequences batch = sequencesOfEveryLength(endToken);
      if (endToken.isPresent()) {
        assertThat(policy.sample(200, Decoding.SAMPLE, RandomStream.of(5)).lengths())
            .as("lengths that the policy writes")
            .contains(1, 2, 3, 4);
      }

      TokenValues q = new MonteCarloSearch(ROLL_OUTS).reward(request(batch, policy, discriminator));

      for (int i = 0; i < batch.count(); i++) {
        for (int t = 0; t < TIME; t++) {
          if (t >= batch.length(i)) {
            assertThat(q.get(i, t)).isZero();
            continue;
          }
          double mean = 0;
          double square = 0;
          double mass = 0;
          for (int row = 0; row < all.count(); row++) {
            if (startsWith(all, row, batch, i, t + 1)) {
              double probability =
                  Math.exp(logProbability.sum(row) - prefix(logProbability, row, t + 1));
              mass += probability;
              mean += probability * score[row];
              square += probability * score[row] * score[row];
            }
          }
          assertThat(mass).as("probabilities of all completions").isBetween(0.9999, 1.0001);
          double deviation = Math.sqrt(Math.max(0, square - mean * mean) / ROLL_OUTS);
          assertThat((double) q.get(i, t))
              .as("Q of sequence %d, position %d", i, t)
              .isBetween(mean - 4.5 * deviation - 1e-5, mean + 4.5 * deviation + 1e-5);
        }
      }
    }
  }

  /** Of length 1, 2, 3, and full length with and without an end token, if that is 2. */
  private static Sequences sequencesOfEveryLength(OptionalInt endToken) {
    int[] tokens = {
      2, 0, 1, 0, //
      0, 2, 1, 1, //
      1, 0, 2, 0, //
      1, 1, 0, 2, //
      0, 1, 1, 0
    };
    return Sequences.ofSampled(tokens, TIME, endToken);
  }

  @Test
  void theLastTokenOfAnEarlyEndGetsTheScoreOfTheSequence() {
    try (TinyModels models = new TinyModels(VOCABULARY, TIME, OptionalInt.of(2));
        Generator policy = models.generator(3);
        Discriminator discriminator = models.discriminator(4)) {
      Sequences batch = sequencesOfEveryLength(OptionalInt.of(2));
      assertThat(batch.lengths()).containsExactly(1, 2, 3, 4, 4);
      float[] score = discriminator.probabilityReal(batch);
      TokenValues q = new MonteCarloSearch(2).reward(request(batch, policy, discriminator));
      for (int i = 0; i < batch.count(); i++) {
        assertThat(q.get(i, batch.length(i) - 1)).as("sequence %d", i).isEqualTo(score[i]);
      }
    }
  }

  @Test
  void isTheMeanOfTheScoresOfTheCompletionsThatWereDrawn() {
    try (TinyModels models = new TinyModels(VOCABULARY, TIME, OptionalInt.empty());
        Generator policy = models.generator(3);
        Discriminator discriminator = models.discriminator(4)) {
      Sequences batch = policy.sample(5, Decoding.SAMPLE, RandomStream.of(6));
      TokenValues q = new MonteCarloSearch(3).reward(request(batch, policy, discriminator));
      Completions drawn = policy.complete(batch, 3, Decoding.SAMPLE, RandomStream.of(9));
      for (int i = 0; i < batch.count(); i++) {
        for (int t = 1; t < TIME; t++) {
          double sum = 0;
          for (int row = 0; row < drawn.rowCount(); row++) {
            if (drawn.sequence(row) == i && drawn.prefixLength(row) == t) {
              sum += discriminator.probabilityReal(drawn.rows(row, row + 1))[0];
            }
          }
          assertThat((double) q.get(i, t - 1))
              .isCloseTo(sum / 3, org.assertj.core.api.Assertions.within(1e-6));
        }
        float whole = discriminator.probabilityReal(batch.slice(i, i + 1))[0];
        assertThat(q.get(i, TIME - 1)).isEqualTo(whole);
      }
    }
  }

  @Test
  void shuffledRewardsAreTheRealOnesOfOtherSequences() {
    try (TinyModels models = new TinyModels(VOCABULARY, TIME, OptionalInt.empty());
        Generator policy = models.generator(3);
        Discriminator discriminator = models.discriminator(4)) {
      Sequences batch = policy.sample(20, Decoding.SAMPLE, RandomStream.of(6));
      RewardRequest request = request(batch, policy, discriminator);
      TokenValues real = new MonteCarloSearch(2).reward(request);
      TokenValues shuffled = ControlRewards.shuffled(new MonteCarloSearch(2)).reward(request);
      assertThat(shuffled.values()).isNotEqualTo(real.values());
      assertThat(rows(shuffled)).containsExactlyInAnyOrderElementsOf(rows(real));
    }
  }

  @Test
  void shuffledRewardsStayAtTheirPositions() {
    try (TinyModels models = new TinyModels(VOCABULARY, TIME, OptionalInt.of(2));
        Generator policy = models.generator(WORDY);
        Discriminator discriminator = models.discriminator(4)) {
      Sequences batch = sequencesOfEveryLength(OptionalInt.of(2));
      RewardRequest request = request(batch, policy, discriminator);
      TokenValues real = new MonteCarloSearch(2).reward(request);
      TokenValues shuffled = ControlRewards.shuffled(new MonteCarloSearch(2)).reward(request);
      assertThat(shuffled.values()).isNotEqualTo(real.values());
      assertThat(shuffled.upToTheEnds(batch)).as("0 after the ends").isSameAs(shuffled);
      for (int t = 0; t < TIME; t++) {
        assertThat(valuesAt(shuffled, batch, t))
            .as("position %d", t)
            .containsExactlyInAnyOrderElementsOf(valuesAt(real, batch, t));
      }
    }
  }

  private static List<Float> valuesAt(TokenValues values, Sequences batch, int t) {
    List<Float> found = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      if (t < batch.length(i)) {
        found.add(values.get(i, t));
      }
    }
    return found;
  }

  @Test
  void controlsIgnoreTheSequences() {
    Sequences batch = Sequences.of(new int[] {1, 1, 2, 2, 2, 2}, new int[] {2, 3}, 3);
    try (TinyModels models = new TinyModels(VOCABULARY, 3, OptionalInt.empty());
        Generator policy = models.generator(3);
        Discriminator discriminator = models.discriminator(4)) {
      RewardRequest request = request(batch, policy, discriminator);
      assertThat(ControlRewards.constant(0.5f).reward(request).values())
          .containsExactly(0.5f, 0.5f, 0f, 0.5f, 0.5f, 0.5f);
      float[] random = ControlRewards.random().reward(request).values();
      assertThat(random[2]).as("after the end").isZero();
      assertThat(new float[] {random[0], random[1], random[3]}).doesNotHaveDuplicates();
    }
  }

  private static List<List<Float>> rows(TokenValues values) {
    List<List<Float>> rows = new ArrayList<>();
    for (int i = 0; i < values.count(); i++) {
      List<Float> row = new ArrayList<>();
      for (int t = 0; t < values.time(); t++) {
        row.add(values.get(i, t));
      }
      rows.add(row);
    }
    return rows;
  }

  /** Every sequence there is; one that ends early appears once. */
  private static Sequences allSequences(OptionalInt endToken) {
    List<Sequences> all = new ArrayList<>();
    int count = (int) Math.pow(VOCABULARY, TIME);
    for (int code = 0; code < count; code++) {
      int[] row = new int[TIME];
      for (int t = 0, rest = code; t < TIME; t++, rest /= VOCABULARY) {
        row[t] = rest % VOCABULARY;
      }
      Sequences sequence = Sequences.ofSampled(row, TIME, endToken);
      if (!all.contains(sequence)) {
        all.add(sequence);
      }
    }
    return Sequences.concat(all);
  }

  private static boolean startsWith(Sequences all, int row, Sequences batch, int i, int prefix) {
    for (int t = 0; t < prefix; t++) {
      if (all.token(row, t) != batch.token(i, t)) {
        return false;
      }
    }
    return true;
  }

  private static double prefix(TokenValues logProbability, int row, int length) {
    double sum = 0;
    for (int t = 0; t < length; t++) {
      sum += logProbability.get(row, t);
    }
    return sum;
  }

  private static RewardRequest request(
      Sequences batch, Generator policy, Discriminator discriminator) {
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
      public Discriminator discriminator() {
        return discriminator;
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

package org.seqgan.core.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardRequest;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;

@DisplayName("Vital signs")
class VitalSignsTest {
  private static final Vocabulary VOCABULARY = new Vocabulary(9, 0, OptionalInt.of(8));
  private static final Sequences TRAINING =
      Sequences.ofRows(new int[][] {{1, 1}, {1, 2}, {1, 2}, {1, 4}, {1, 5}, {1, 6}});

  private final FirstToken discriminator = new FirstToken();
  private final VitalSigns signs = signs(new Given(TRAINING));

  private static Sequences rows(int[]... rows) {
    return Sequences.ofRows(rows);
  }

  private static Reward giving(float... values) {
    return request -> new TokenValues(values.length / 2, 2, values);
  }

  private void reward(Reward reward, Sequences batch) {
    signs.of(reward).reward(new Asked(batch, discriminator));
  }

  @Test
  void theRewardsVariationIsTheirDeviationOverTheirSize() {
    Sequences batch = rows(new int[] {1, 2}, new int[] {3, 4});
    reward(giving(1, 2, 3, 6), batch);
    // Mean 3, squares 4 + 1 + 0 + 9, deviation sqrt(14 / 4).
    assertThat(signs.take())
        .hasEntrySatisfying(
            VitalSigns.REWARD_VARIATION,
            value -> assertThat(value).isCloseTo(Math.sqrt(3.5) / 3, within(1e-12)));
    assertThat(signs.take()).isEmpty();
  }

  @Test
  void rewardsOfBothSignsAreAsLargeAsTheirAbsoluteValues() {
    reward(giving(-1, 1, -1, 1), rows(new int[] {1, 2}, new int[] {3, 4}));
    assertThat(signs.take()).containsExactly(entry(VitalSigns.REWARD_VARIATION, 1.0));
  }

  @Test
  void aRewardThatDiffersFromBatchToBatchAloneIsConstant() {
    Sequences batch = rows(new int[] {1, 2}, new int[] {3, 4});
    reward(giving(1, 1, 1, 1), batch);
    reward(giving(2, 2, 2, 2), batch);
    assertThat(signs.take()).containsExactly(entry(VitalSigns.REWARD_VARIATION, 0.0));
  }

  @Test
  void noRewardAtAllIsConstant() {
    reward(giving(0, 0, 0, 0), rows(new int[] {1, 2}, new int[] {3, 4}));
    assertThat(signs.take()).containsExactly(entry(VitalSigns.REWARD_VARIATION, 0.0));
  }

  @Test
  void whatStandsAfterAnEndIsNoReward() {
    Sequences batch = Sequences.of(new int[] {8, 8, 3, 4}, new int[] {1, 2}, 2);
    reward(giving(1, Float.NaN, 1, 1), batch);
    assertThat(signs.take()).containsExactly(entry(VitalSigns.REWARD_VARIATION, 0.0));
  }

  @Test
  void aBatchOfOneSequenceSaysNothingOfTheReward() {
    reward(giving(1, 1, 1, 1), rows(new int[] {3, 4}, new int[] {3, 4}));
    assertThat(signs.take()).isEmpty();
  }

  @Test
  void aRewardThatIsConstantByChoiceIsNotLookedAt() {
    Reward control =
        new Reward() {
          @Override
          public TokenValues reward(RewardRequest request) {
            return new TokenValues(2, 2, new float[4]);
          }

          @Override
          public boolean isConstant() {
            return true;
          }
        };
    assertThat(signs.of(control)).isSameAs(control);
  }

  @Test
  void diversityIsComparedWithAsManyTrainingSequences() {
    // 5 of the 6 training sequences differ; the seventh sample is one too many.
    signs.evaluated(
        rows(
            new int[] {1, 1},
            new int[] {1, 1},
            new int[] {2, 1},
            new int[] {2, 2},
            new int[] {1, 1},
            new int[] {1, 1},
            new int[] {7, 7}));
    assertThat(signs.take()).containsExactly(entry(VitalSigns.DIVERSITY, 3.0 / 5));
    signs.evaluated(rows(new int[] {7, 7}, new int[] {7, 7}, new int[] {7, 7}));
    assertThat(signs.take()).containsExactly(entry(VitalSigns.DIVERSITY, 1.0 / 2));
  }

  @Test
  void theDiscriminatorIsAskedOnlyWhereTheRewardAskedIt() {
    Sequences samples = rows(new int[] {2, 2}, new int[] {3, 3});
    signs.evaluated(samples);
    assertThat(signs.take()).containsOnlyKeys(VitalSigns.DIVERSITY);
    assertThat(discriminator.asked).isZero();
    reward(
        request -> {
          float[] scores = request.discriminator().probabilityReal(request.sequences());
          return new TokenValues(2, 2, new float[] {scores[0], scores[0], scores[1], scores[1]});
        },
        samples);
    signs.evaluated(samples);
    // Real ones: 0.9, 0.9; samples: 0.8, 0.7.
    assertThat(signs.take())
        .containsOnlyKeys(
            VitalSigns.REWARD_VARIATION,
            VitalSigns.DIVERSITY,
            VitalSigns.D_ERROR,
            VitalSigns.D_DEVIATION)
        .hasEntrySatisfying(
            VitalSigns.D_ERROR,
            value -> assertThat(value).isCloseTo((0.1 + 0.1 + 0.8 + 0.7) / 4, within(1e-7)))
        .hasEntrySatisfying(
            VitalSigns.D_DEVIATION,
            value ->
                assertThat(value)
                    // Mean 0.825.
                    .isCloseTo(
                        Math.sqrt((2 * 0.075 * 0.075 + 0.025 * 0.025 + 0.125 * 0.125) / 4),
                        within(1e-7)));
    signs.evaluated(samples);
    assertThat(signs.take()).containsOnlyKeys(VitalSigns.DIVERSITY);
  }

  /** D = 1 - (first token) / 10. */
  private static final class FirstToken implements Discriminator {
    private int asked;

    @Override
    public float[] probabilityReal(Sequences sequences) {
      asked++;
      float[] scores = new float[sequences.count()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = 1 - sequences.token(i, 0) / 10f;
      }
      return scores;
    }

    @Override
    public Step train(Sequences batch, boolean[] real, RandomStream stream) {
      throw new AssertionError("nobody trains it");
    }

    @Override
    public NamedArrays parameters() {
      throw new AssertionError("nobody saves it");
    }

    @Override
    public void setParameters(NamedArrays parameters) {}

    @Override
    public NamedArrays optimizerState() {
      throw new AssertionError("nobody saves it");
    }

    @Override
    public void setOptimizerState(NamedArrays state) {}

    @Override
    public void close() {}
  }

  private record Asked(Sequences sequences, Discriminator discriminator) implements RewardRequest {
    @Override
    public Completions complete(int copies) {
      throw new AssertionError("nobody completes");
    }

    @Override
    public String text(int i) {
      return "";
    }

    @Override
    public RandomStream stream() {
      return RandomStream.of(1);
    }
  }

  private record Given(Sequences training) implements Task {
    @Override
    public TaskData data() {
      return new TaskData(VOCABULARY, training, training, training, List.of(), List.of());
    }

    @Override
    public String show(int[] tokens) {
      return "";
    }
  }

  private VitalSigns signs(Task task) {
    VitalSigns watching = new VitalSigns(task);
    watching.watch(discriminator);
    return watching;
  }
}

package org.seqgan.core.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;

class RewardBaselineTest {
  private static final Sequences BATCH =
      Sequences.of(new int[] {1, 1, 2, 2, 2, 2}, new int[] {2, 3}, 3);
  private static final TokenValues REWARDS =
      new TokenValues(2, 3, new float[] {1f, 2f, 0f, 3f, 6f, 5f});

  @Test
  void noneLeavesRewardsAsTheyAre() {
    assertThat(baseline(SeqGanOptions.Baseline.NONE, 0).subtract(REWARDS, BATCH)).isSameAs(REWARDS);
  }

  @Test
  void batchMeanIsPerPositionOverSequencesThatHaveIt() {
    assertThat(baseline(SeqGanOptions.Baseline.BATCH_MEAN, 0).subtract(REWARDS, BATCH).values())
        .containsExactly(-1f, -2f, 0f, 1f, 2f, 0f);
  }

  @Test
  void movingAverageStartsAtTheFirstMeanAndSurvivesAResume() {
    RewardBaseline first = baseline(SeqGanOptions.Baseline.MOVING_AVERAGE, 0.5f);
    assertThat(first.subtract(REWARDS, BATCH).values()).containsExactly(-1f, -2f, 0f, 1f, 2f, 0f);
    RewardBaseline resumed = baseline(SeqGanOptions.Baseline.MOVING_AVERAGE, 0.5f);
    resumed.setState(first.state());
    TokenValues zeros = new TokenValues(2, 3, new float[6]);
    assertThat(resumed.subtract(zeros, BATCH).values())
        .containsExactly(-1f, -2f, 0f, -1f, -2f, -2.5f);
  }

  @Test
  void aPositionThatNoSequenceOfABatchHasKeepsItsMovingAverage() {
    RewardBaseline baseline = baseline(SeqGanOptions.Baseline.MOVING_AVERAGE, 0.5f);
    baseline.subtract(REWARDS, BATCH); // means 2, 4, 5
    Sequences shorter = Sequences.of(new int[] {2, 2, 2, 1, 2, 2}, new int[] {1, 2}, 3);
    TokenValues rewards = new TokenValues(2, 3, new float[] {4f, 0f, 0f, 4f, 8f, 0f});
    assertThat(baseline.subtract(rewards, shorter).values())
        .containsExactly(1f, 0f, 0f, 1f, 2f, 0f); // averages 3, 6, 5
    TokenValues zeros = new TokenValues(2, 3, new float[6]);
    assertThat(baseline.subtract(zeros, BATCH).values())
        .containsExactly(-1.5f, -3f, 0f, -1.5f, -3f, -2.5f);
  }

  @Test
  void theMovingAverageOfAPositionBeginsWithTheFirstSequenceThatHasIt() {
    RewardBaseline baseline = baseline(SeqGanOptions.Baseline.MOVING_AVERAGE, 0.5f);
    Sequences shorter = Sequences.of(new int[] {2, 2, 2, 1, 2, 2}, new int[] {1, 2}, 3);
    baseline.subtract(new TokenValues(2, 3, new float[] {2f, 0f, 0f, 2f, 4f, 0f}), shorter);
    RewardBaseline resumed = baseline(SeqGanOptions.Baseline.MOVING_AVERAGE, 0.5f);
    resumed.setState(baseline.state());
    assertThat(resumed.subtract(REWARDS, BATCH).values()).containsExactly(-1f, -2f, 0f, 1f, 2f, 0f);
  }

  @Test
  void aStateOfAnotherLengthIsRejected() {
    NamedArrays state =
        new NamedArrays(
            Map.of(
                "means", new FloatArray(new int[] {3}, new float[3]),
                "started", new FloatArray(new int[] {1}, new float[1])));
    assertThatThrownBy(() -> baseline(SeqGanOptions.Baseline.NONE, 0).setState(state))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expected array 'started' of shape [3]")
        .hasMessageContaining("found [1]");
  }

  private static RewardBaseline baseline(SeqGanOptions.Baseline kind, float decay) {
    return new RewardBaseline(
        new SeqGanOptions.Adversarial(
            new org.seqgan.api.model.OptimizerOptions(0.01f, 0.9f, 0.999f, 1e-8f, 5f),
            1,
            1,
            1,
            1,
            0,
            1f,
            1f,
            kind,
            decay,
            1f,
            5f,
            0f,
            0.3f),
        3);
  }
}

package org.seqgan.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;

class RewardBaselineTest {
  private static final Sequences BATCH =
      Sequences.of(new int[] {1, 1, 2, 2, 2, 2}, new int[] {2, 3}, 3);
  private static final TokenValues REWARDS =
      new TokenValues(2, 3, new float[] {1f, 2f, 0f, 3f, 6f, 5f});

  @Test
  void noneLeavesRewardsAsTheyAre() {
    assertThat(baseline(TrainingOptions.Baseline.NONE, 0).subtract(REWARDS, BATCH))
        .isSameAs(REWARDS);
  }

  @Test
  void batchMeanIsPerPositionOverSequencesThatHaveIt() {
    assertThat(baseline(TrainingOptions.Baseline.BATCH_MEAN, 0).subtract(REWARDS, BATCH).values())
        .containsExactly(-1f, -2f, 0f, 1f, 2f, 0f);
  }

  @Test
  void movingAverageStartsAtTheFirstMeanAndSurvivesAResume() {
    RewardBaseline first = baseline(TrainingOptions.Baseline.MOVING_AVERAGE, 0.5f);
    assertThat(first.subtract(REWARDS, BATCH).values()).containsExactly(-1f, -2f, 0f, 1f, 2f, 0f);
    RewardBaseline resumed = baseline(TrainingOptions.Baseline.MOVING_AVERAGE, 0.5f);
    resumed.setState(first.state());
    TokenValues zeros = new TokenValues(2, 3, new float[6]);
    assertThat(resumed.subtract(zeros, BATCH).values())
        .containsExactly(-1f, -2f, 0f, -1f, -2f, -2.5f);
  }

  private static RewardBaseline baseline(TrainingOptions.Baseline kind, float decay) {
    return new RewardBaseline(
        new TrainingOptions.Adversarial(
            new org.seqgan.api.model.OptimizerOptions(0.01f, 0.9f, 0.999f, 1e-8f, 5f),
            1,
            1,
            1,
            1,
            0,
            1f,
            1f,
            kind,
            decay),
        3);
  }
}

package org.seqgan.core.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.core.event.Quantile;

@DisplayName("The figures of rewards")
class RewardFiguresTest {
  private final NotedProgress progress = new NotedProgress();

  @Test
  void areQuantilesOfTheTokensWithoutPadding() {
    Sequences batch = Sequences.of(new int[] {1, 2, 1, 2, 3, 0}, new int[] {3, 2}, 3);
    RewardFigures.add(
        progress, new TokenValues(2, 3, new float[] {0.5f, 0.25f, 1, 0, 0.75f, 0}), batch);
    Map<String, Double> expected = new LinkedHashMap<>();
    expected.put("reward", 0.5);
    expected.put("reward-q0", 0.0);
    expected.put("reward-q10", 0.1);
    expected.put("reward-q25", 0.25);
    expected.put("reward-q50", 0.5);
    expected.put("reward-q75", 0.75);
    expected.put("reward-q90", 0.9);
    expected.put("reward-q100", 1.0);
    assertThat(progress.figures()).isEqualTo(expected);
    assertThat(progress.counts().values()).containsOnly(5L);
  }

  @Test
  void ofOneRewardAreThatReward() {
    RewardFigures.add(progress, -3, new double[] {-3});
    assertThat(progress.figures().values()).containsOnly(-3.0);
  }

  @Test
  void areDescribedOneByOne() {
    Map<String, String> described = new LinkedHashMap<>();
    RewardFigures.describe(described, "mean of a token");
    RewardFigures.add(progress, 1, new double[] {1});
    assertThat(described.keySet()).isEqualTo(progress.figures().keySet());
    assertThat(described)
        .containsEntry("reward", "mean of a token")
        .containsEntry(
            "reward-q25", "25% of the same rewards are not above it, mean over the step's batches");
  }

  @Test
  void haveNamesThatAReaderKnows() {
    assertThat(Quantile.name("reward", 25)).isEqualTo("reward-q25");
    assertThat(List.of("reward-q0", "reward-q10", "reward-q100")).allMatch(Quantile::isName);
    assertThat(List.of("reward", "-q10", "reward-q101", "reward-q01", "reward-q10-more"))
        .noneMatch(Quantile::isName);
  }
}

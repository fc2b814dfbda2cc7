package org.seqgan.core.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.core.model.TinyModels;

@DisplayName("What the policy gradient multiplies")
class PolicyWeightsTest {
  private static final Sequences BATCH =
      Sequences.of(new int[] {0, 1, 1, 2, 0, 0}, new int[] {3, 2}, 3);
  private static final TokenValues Q = new TokenValues(2, 3, new float[] {1, 2, 3, 3, 4, 0});

  private static PolicyWeights weights(
      SeqGanOptions.Baseline baseline, float temperature, float sampling) {
    return new PolicyWeights(
        new SeqGanOptions.Adversarial(
            new OptimizerOptions(0.01f, 0.9f, 0.999f, 1e-8f, 5f),
            1,
            1,
            1,
            1,
            0,
            1f,
            temperature,
            baseline,
            0.9f,
            sampling,
            5f,
            0f,
            0.3f),
        3);
  }

  @Test
  void isQItselfByDefault() {
    PolicyWeights weights = weights(SeqGanOptions.Baseline.NONE, 1, 1);
    assertThat(weights.sampling()).isEqualTo(Decoding.SAMPLE);
    assertThat(weights.policy()).isEqualTo(Decoding.SAMPLE);
    try (TinyModels models = new TinyModels(3, 3, OptionalInt.empty());
        Generator generator = models.generator(1)) {
      Optional<TokenValues> importance = weights.importance(BATCH, generator);
      assertThat(importance).isEmpty();
      assertThat(weights.of(BATCH, Q, importance)).isSameAs(Q);
    }
  }

  @Test
  void drawsAtBothTemperaturesAndCompletesAtTheOneThatCounts() {
    PolicyWeights weights = weights(SeqGanOptions.Baseline.NONE, 1.5f, 0.5f);
    assertThat(weights.sampling()).isEqualTo(Decoding.atTemperature(0.75f));
    assertThat(weights.policy()).isEqualTo(Decoding.atTemperature(1.5f));
  }

  @Test
  void isTheAdvantageTimesTheImportanceWeight() {
    PolicyWeights weights = weights(SeqGanOptions.Baseline.BATCH_MEAN, 1, 0.5f);
    TokenValues importance = new TokenValues(2, 3, new float[] {2, 0.5f, 4, 1, 3, 0});
    assertThat(weights.of(BATCH, Q, Optional.of(importance)).values())
        .containsExactly(-2, -0.5f, 0, 1, 3, 0);
  }
}

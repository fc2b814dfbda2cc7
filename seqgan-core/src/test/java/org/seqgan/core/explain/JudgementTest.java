package org.seqgan.core.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a discriminator says")
class JudgementTest {
  private static final float[] PROBABILITIES = {0, 0.05f, 0.5f, 0.625f, 1};

  @Test
  void isRightOfRealAboveAHalfAndOfGeneratedBelow() {
    Judgement.Scores real = Judgement.Scores.of(PROBABILITIES, true);
    Judgement.Scores generated = Judgement.Scores.of(PROBABILITIES, false);
    assertThat(real.right()).isEqualTo(2.5 / 5);
    assertThat(generated.right()).isEqualTo(2.5 / 5);
    assertThat(Judgement.Scores.of(new float[] {0.75f, 1, 0.25f, 1}, true).right()).isEqualTo(0.75);
    assertThat(Judgement.Scores.of(new float[] {0.75f, 1, 0.25f, 1}, false).right())
        .isEqualTo(0.25);
    assertThat(new Judgement(real, Optional.empty(), generated).accuracy()).isEqualTo(0.5);
  }

  @Test
  void isCountedInTenths() {
    Judgement.Scores scores = Judgement.Scores.of(PROBABILITIES, true);
    assertThat(scores.histogram()).containsExactly(2, 0, 0, 0, 0, 1, 1, 0, 0, 1);
    assertThat(scores.count()).isEqualTo(5);
    assertThat(scores.mean()).isCloseTo(2.175 / 5, within(1e-7));
  }

  @Test
  void isNamedByKind() {
    Judgement.Scores scores = Judgement.Scores.of(PROBABILITIES, true);
    assertThat(new Judgement(scores, Optional.of(scores), scores).kinds().keySet())
        .containsExactly("training", "held-out", "generated");
    assertThat(new Judgement(scores, Optional.empty(), scores).kinds().keySet())
        .containsExactly("training", "generated");
  }
}

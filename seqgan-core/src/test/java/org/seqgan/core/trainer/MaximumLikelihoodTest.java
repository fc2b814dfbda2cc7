package org.seqgan.core.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.seqgan.api.model.OptimizerOptions;

/** The schedule of {@link MaximumLikelihood}. */
class MaximumLikelihoodTest {
  private static final OptimizerOptions ADAM = new OptimizerOptions(0.01f, 0.9f, 0.999f, 1e-8f, 5f);

  /** The paper takes 0.002 off the share of true tokens in each of 120 epochs. */
  @Test
  void trueTokensBecomeFewerFromEpochToEpoch() {
    MaximumLikelihood.Options options =
        options(120, MaximumLikelihood.Inputs.SCHEDULED_SAMPLING, 0.762f);
    for (int epoch = 1; epoch <= 120; epoch++) {
      assertThat(options.truth(epoch)).isCloseTo(1 - 0.002f * (epoch - 1), within(1e-5f));
    }
    assertThat(options(1, MaximumLikelihood.Inputs.SCHEDULED_SAMPLING, 0.762f).truth(1))
        .isEqualTo(1f);
  }

  @Test
  void teacherForcingHasTrueTokensAlone() {
    assertThat(options(3, MaximumLikelihood.Inputs.TEACHER_FORCING, 0f).truth(3)).isEqualTo(1f);
  }

  private static MaximumLikelihood.Options options(
      int epochs, MaximumLikelihood.Inputs inputs, float truthAtEnd) {
    return new MaximumLikelihood.Options(ADAM, epochs, inputs, 1f, truthAtEnd);
  }
}

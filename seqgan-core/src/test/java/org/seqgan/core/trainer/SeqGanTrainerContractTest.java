package org.seqgan.core.trainer;

import org.junit.jupiter.api.DisplayName;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.testkit.TrainerContract;

@DisplayName("Trainer seqgan keeps the contract of a trainer")
final class SeqGanTrainerContractTest extends TrainerContract<SeqGanOptions> {
  private static final OptimizerOptions ADAM = new OptimizerOptions(0.1f, 0.9f, 0.999f, 1e-8f, 5f);

  @Override
  protected TrainerProvider<SeqGanOptions> provider() {
    return new SeqGanTrainerProvider();
  }

  /** Everything that remembers something, and a part of the data for the negatives. */
  @Override
  protected SeqGanOptions options() {
    return new SeqGanOptions(
        8,
        ADAM,
        new MaximumLikelihood.Options(ADAM, 2, MaximumLikelihood.Inputs.SCHEDULED_SAMPLING, 1f, 0f),
        new SeqGanOptions.DiscriminatorPretraining(2, 2),
        new SeqGanOptions.Adversarial(
            ADAM,
            2,
            2,
            2,
            1,
            11,
            0.5f,
            1f,
            SeqGanOptions.Baseline.MOVING_AVERAGE,
            0.9f,
            1f,
            5f,
            0f,
            0.3f));
  }
}

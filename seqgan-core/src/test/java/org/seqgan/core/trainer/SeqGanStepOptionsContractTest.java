package org.seqgan.core.trainer;

import org.junit.jupiter.api.DisplayName;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.testkit.TrainerContract;

@DisplayName("Trainer seqgan with importance weights and demonstrations keeps the contract")
final class SeqGanStepOptionsContractTest extends TrainerContract<SeqGanOptions> {
  private static final OptimizerOptions ADAM = new OptimizerOptions(0.1f, 0.9f, 0.999f, 1e-8f, 5f);

  @Override
  protected TrainerProvider<SeqGanOptions> provider() {
    return new SeqGanTrainerProvider();
  }

  @Override
  protected SeqGanOptions options() {
    return new SeqGanOptions(
        8,
        ADAM,
        new MaximumLikelihood.Options(ADAM, 2, MaximumLikelihood.Inputs.TEACHER_FORCING, 1f, 0f),
        new SeqGanOptions.DiscriminatorPretraining(2, 1),
        new SeqGanOptions.Adversarial(
            ADAM,
            2,
            2,
            2,
            1,
            11,
            1f,
            1f,
            SeqGanOptions.Baseline.MOVING_AVERAGE,
            0.9f,
            0.5f,
            2f,
            0.25f,
            0.3f));
  }
}

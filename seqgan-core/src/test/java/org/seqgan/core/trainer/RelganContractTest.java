package org.seqgan.core.trainer;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.Unrolled;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.testkit.TrainerContract;

@DisplayName("Trainer relgan keeps the contract of a trainer")
final class RelganContractTest extends TrainerContract<Relgan.Options> {
  private static final OptimizerOptions ADAM = new OptimizerOptions(0.1f, 0.9f, 0.999f, 1e-8f, 5f);

  @Override
  protected TrainerProvider<Relgan.Options> provider() {
    return new Relgan();
  }

  @Override
  protected Relgan.Options options() {
    return new Relgan.Options(
        8,
        new MaximumLikelihood.Options(ADAM, 2, MaximumLikelihood.Inputs.TEACHER_FORCING, 1f, 0f),
        new Relgan.Critic(3, List.of(1, 2), 2, 0.75f),
        new Relgan.Adversarial(
            ADAM,
            ADAM,
            2,
            2,
            2,
            10f,
            Relgan.Policy.EXPONENTIAL,
            5,
            GanLoss.RELATIVISTIC,
            Unrolled.Feedback.HARD));
  }
}

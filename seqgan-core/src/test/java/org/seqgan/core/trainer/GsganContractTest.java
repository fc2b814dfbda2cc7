package org.seqgan.core.trainer;

import org.junit.jupiter.api.DisplayName;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.Unrolled;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.testkit.TrainerContract;

@DisplayName("Trainer gsgan keeps the contract of a trainer")
final class GsganContractTest extends TrainerContract<Gsgan.Options> {
  private static final OptimizerOptions ADAM = new OptimizerOptions(0.1f, 0.9f, 0.999f, 1e-8f, 5f);

  @Override
  protected TrainerProvider<Gsgan.Options> provider() {
    return new Gsgan();
  }

  @Override
  protected Gsgan.Options options() {
    return new Gsgan.Options(
        8,
        new MaximumLikelihood.Options(ADAM, 2, MaximumLikelihood.Inputs.TEACHER_FORCING, 1f, 0f),
        new Gsgan.Adversarial(
            ADAM, ADAM, 2, 2, 2, 5f, 1f, Unrolled.Feedback.STRAIGHT_THROUGH, GanLoss.STANDARD));
  }
}

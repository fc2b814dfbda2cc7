package org.seqgan.core.trainer;

import org.junit.jupiter.api.DisplayName;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.Unrolled;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.testkit.TrainerContract;

@DisplayName("Trainer wgan-gp keeps the contract of a trainer")
final class WganGpContractTest extends TrainerContract<WganGp.Options> {
  private static final OptimizerOptions ADAM = new OptimizerOptions(0.1f, 0.5f, 0.9f, 1e-8f, 0f);

  @Override
  protected TrainerProvider<WganGp.Options> provider() {
    return new WganGp();
  }

  /** The contract's models go down by plain gradients, which a penalty of 10 makes diverge. */
  @Override
  protected WganGp.Options options() {
    return new WganGp.Options(
        8,
        new MaximumLikelihood.Options(ADAM, 2, MaximumLikelihood.Inputs.TEACHER_FORCING, 1f, 0f),
        new WganGp.Critic(2, 1),
        new WganGp.Adversarial(ADAM, ADAM, 2, 2, 2, 0.01f, 1f, Unrolled.Feedback.SOFT));
  }
}

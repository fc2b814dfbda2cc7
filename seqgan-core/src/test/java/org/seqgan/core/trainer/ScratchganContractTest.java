package org.seqgan.core.trainer;

import org.junit.jupiter.api.DisplayName;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.testkit.TrainerContract;

@DisplayName("Trainer scratchgan keeps the contract of a trainer")
final class ScratchganContractTest extends TrainerContract<Scratchgan.Options> {
  private static final OptimizerOptions ADAM = new OptimizerOptions(0.1f, 0.5f, 0.999f, 1e-8f, 0f);

  @Override
  protected TrainerProvider<Scratchgan.Options> provider() {
    return new Scratchgan();
  }

  @Override
  protected Scratchgan.Options options() {
    return new Scratchgan.Options(
        8, 2, 3, 0.5, 0.5, ADAM, ADAM, new Scratchgan.TokenDiscriminator(3, 4, 0.9f, 1e-3f));
  }
}

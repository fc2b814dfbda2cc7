package org.seqgan.core.trainer;

import org.junit.jupiter.api.DisplayName;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.testkit.TrainerContract;

@DisplayName("Trainer cot keeps the contract of a trainer")
final class CotContractTest extends TrainerContract<Cot.Options> {
  private static final OptimizerOptions ADAM = new OptimizerOptions(0.1f, 0.9f, 0.95f, 1e-8f, 0f);

  @Override
  protected TrainerProvider<Cot.Options> provider() {
    return new Cot();
  }

  @Override
  protected Cot.Options options() {
    return new Cot.Options(8, 2, 3, ADAM, ADAM, 0.5f);
  }
}

package org.seqgan.core.trainer;

import org.junit.jupiter.api.DisplayName;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.testkit.TrainerContract;

@DisplayName("Trainer jsdgan keeps the contract of a trainer")
final class JsdganContractTest extends TrainerContract<Jsdgan.Options> {
  @Override
  protected TrainerProvider<Jsdgan.Options> provider() {
    return new Jsdgan();
  }

  @Override
  protected Jsdgan.Options options() {
    return new Jsdgan.Options(
        8, 2, new OptimizerOptions(0.1f, 0.9f, 0.999f, 1e-8f, 5f), Jsdgan.Scale.RELATIVE);
  }
}

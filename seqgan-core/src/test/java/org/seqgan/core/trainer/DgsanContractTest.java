package org.seqgan.core.trainer;

import org.junit.jupiter.api.DisplayName;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.testkit.TrainerContract;

@DisplayName("Trainer dgsan keeps the contract of a trainer")
final class DgsanContractTest extends TrainerContract<Dgsan.Options> {
  @Override
  protected TrainerProvider<Dgsan.Options> provider() {
    return new Dgsan();
  }

  @Override
  protected Dgsan.Options options() {
    return new Dgsan.Options(8, 2, new OptimizerOptions(0.1f, 0.9f, 0.999f, 1e-8f, 5f));
  }
}

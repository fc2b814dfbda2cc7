package org.example.baseline;

import org.junit.jupiter.api.DisplayName;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.testkit.TrainerContract;

@DisplayName("The trainer \"learned-baseline\" is what seqgan expects of a trainer")
class BaselineTrainerContractTest extends TrainerContract<BaselineOptions> {
  private static final OptimizerOptions ADAM = new OptimizerOptions(0.1f, 0.9f, 0.999f, 1e-8f, 5f);

  @Override
  protected TrainerProvider<BaselineOptions> provider() {
    return new BaselineTrainerProvider();
  }

  @Override
  protected BaselineOptions options() {
    return new BaselineOptions(
        8,
        new BaselineOptions.Likelihood(2, ADAM),
        new BaselineOptions.Game(2, 3, ADAM, ADAM));
  }
}

package org.seqgan.core.trainer;

import org.junit.jupiter.api.DisplayName;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.testkit.TrainerContract;

@DisplayName("A trainer with a mediator and a critic under losses of its own keeps the contract")
class MediatorTrainerContractTest extends TrainerContract<MediatorTrainer.Provider.Options> {
  @Override
  protected TrainerProvider<MediatorTrainer.Provider.Options> provider() {
    return new MediatorTrainer.Provider();
  }

  @Override
  protected MediatorTrainer.Provider.Options options() {
    return new MediatorTrainer.Provider.Options();
  }
}

package org.seqgan.core.trainer;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.testkit.TrainerContract;

@DisplayName("Trainer rankgan keeps the contract of a trainer")
final class RankganContractTest {
  private static final OptimizerOptions ADAM = new OptimizerOptions(0.1f, 0.9f, 0.999f, 1e-8f, 5f);

  abstract static class WithFormula extends TrainerContract<Rankgan.Options> {
    abstract Rankgan.Formula formula();

    @Override
    protected TrainerProvider<Rankgan.Options> provider() {
      return new Rankgan();
    }

    @Override
    protected Rankgan.Options options() {
      return new Rankgan.Options(
          8,
          new MaximumLikelihood.Options(ADAM, 2, MaximumLikelihood.Inputs.TEACHER_FORCING, 1f, 0f),
          new Rankgan.Ranker(ADAM, formula(), 1f, 3, 4),
          new Rankgan.RankerPretraining(2, 1),
          new Rankgan.Adversarial(ADAM, 2, 6, 2, 1, 2, 10, 2));
    }

    /** With features that have weights. */
    @Override
    protected Discriminator discriminator(TensorBackend backend, TaskData data, long seed) {
      return LeakganContractTest.discriminator(backend, data, seed, List.of(2, 3));
    }
  }

  @Nested
  class Released extends WithFormula {
    @Override
    Rankgan.Formula formula() {
      return Rankgan.Formula.RELEASED;
    }
  }

  @Nested
  class Paper extends WithFormula {
    @Override
    Rankgan.Formula formula() {
      return Rankgan.Formula.PAPER;
    }
  }
}

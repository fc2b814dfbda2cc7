package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.model.Model;
import org.seqgan.api.model.Step;

/** The first training step of a model, held against the slopes of its loss. */
final class TrainingStep {
  private final String training;
  private final LossSlopes slopes;
  private final NamedArrays moved;
  private final double norm;
  private final Optional<GradientCheck> check;

  /**
   * Makes the step.
   *
   * @param training the kind of training, for messages
   * @param model with {@link NormalParameters}, made by the optimiser that was offered, if it took
   *     it
   * @param step makes the first step
   * @param loss the loss of the model as it is when asked
   */
  TrainingStep(
      String training,
      Model model,
      OfferedOptimizer optimizer,
      Supplier<Step> step,
      DoubleSupplier loss) {
    NamedArrays start = model.parameters();
    this.training = training;
    this.norm = step.get().gradientNorm();
    this.moved = model.parameters();
    this.slopes = new LossSlopes(model, start, loss, ContractSeed.stream("directions"));
    this.check =
        optimizer
            .gradient(start, moved)
            .map(gradient -> new GradientCheck(training, slopes, gradient));
  }

  /** It follows the gradient of the loss. */
  void requireThatItFollows() {
    if (check.isPresent()) {
      check.get().requireThatOfTheLoss();
      check.get().requireNorm(norm);
    } else {
      new DescentCheck(training, slopes, moved, norm).require();
    }
  }

  /** It does not, as is said of it; of an optimiser that is not known, nothing can be required. */
  void requireThatItDoesNotFollow() {
    check.ifPresent(
        known ->
            assertThatThrownBy(known::requireThatOfTheLoss)
                .as("%s, which lacks() says does not follow the gradient of its loss", training)
                .isInstanceOf(AssertionError.class));
  }
}

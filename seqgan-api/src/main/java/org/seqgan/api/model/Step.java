package org.seqgan.api.model;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.backend.Reading;

/**
 * The result of one training step. It may still be on its way: to look at a figure waits for it, so
 * look late, and at many together. Two are equal if their figures are, for which they wait too. For
 * the thread of the backend.
 */
public final class Step {
  private final DoubleSupplier loss;
  private final DoubleSupplier gradientNorm;
  private final Optional<DoubleSupplier> accuracy;
  private final BooleanSupplier done;

  private Step(
      DoubleSupplier loss,
      DoubleSupplier gradientNorm,
      Optional<DoubleSupplier> accuracy,
      BooleanSupplier done) {
    this.loss = loss;
    this.gradientNorm = gradientNorm;
    this.accuracy = accuracy;
    this.done = done;
  }

  /** Figures that are known. */
  public static Step of(double loss, double gradientNorm) {
    return new Step(() -> loss, () -> gradientNorm, Optional.empty(), () -> true);
  }

  /** Figures that are on their way: the first number of each reading. */
  public static Step of(Reading loss, Reading gradientNorm) {
    return new Step(
        () -> loss.get()[0],
        () -> gradientNorm.get()[0],
        Optional.empty(),
        () -> loss.isDone() && gradientNorm.isDone());
  }

  /**
   * The same step of a model that tells two kinds of sequences from each other, with its accuracy.
   *
   * @param share computes it, of what the step has computed anyway; waits for it if it must
   * @param isDone whether it would not have to wait
   */
  public Step withAccuracy(DoubleSupplier share, BooleanSupplier isDone) {
    return new Step(
        loss, gradientNorm, Optional.of(share), () -> done.getAsBoolean() && isDone.getAsBoolean());
  }

  /** The loss before the step, in nats. */
  public double loss() {
    return loss.getAsDouble();
  }

  /** The norm of all gradients together, before clipping. */
  public double gradientNorm() {
    return gradientNorm.getAsDouble();
  }

  /** Whether there is an {@link #accuracy()}; it waits for nothing. */
  public boolean tellsAccuracy() {
    return accuracy.isPresent();
  }

  /**
   * The share of the step's batch that the model got right before the step, 0 to 1, while it was
   * trained (with dropout, where it has that). What it cannot decide counts half, so that 0.5 is
   * what chance gives of a batch with as many of either kind.
   *
   * @throws IllegalStateException unless {@link #tellsAccuracy()}
   */
  public double accuracy() {
    return accuracy
        .orElseThrow(() -> new IllegalStateException("the step does not tell its accuracy"))
        .getAsDouble();
  }

  /** Whether all figures can be had without waiting. */
  public boolean isDone() {
    return done.getAsBoolean();
  }

  private OptionalDouble accuracyIfTold() {
    return accuracy.isPresent() ? OptionalDouble.of(accuracy()) : OptionalDouble.empty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Step that
        && Double.compare(loss(), that.loss()) == 0
        && Double.compare(gradientNorm(), that.gradientNorm()) == 0
        && accuracyIfTold().equals(that.accuracyIfTold());
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Double.hashCode(loss()) + Double.hashCode(gradientNorm()))
        + accuracyIfTold().hashCode();
  }

  @Override
  public String toString() {
    return "loss "
        + loss()
        + ", gradient norm "
        + gradientNorm()
        + accuracy.map(share -> ", accuracy " + share.getAsDouble()).orElse("");
  }
}

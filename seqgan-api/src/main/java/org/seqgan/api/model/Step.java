package org.seqgan.api.model;

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
  private final BooleanSupplier done;

  private Step(DoubleSupplier loss, DoubleSupplier gradientNorm, BooleanSupplier done) {
    this.loss = loss;
    this.gradientNorm = gradientNorm;
    this.done = done;
  }

  /** Figures that are known. */
  public static Step of(double loss, double gradientNorm) {
    return new Step(() -> loss, () -> gradientNorm, () -> true);
  }

  /** Figures that are on their way: the first number of each reading. */
  public static Step of(Reading loss, Reading gradientNorm) {
    return new Step(
        () -> loss.get()[0],
        () -> gradientNorm.get()[0],
        () -> loss.isDone() && gradientNorm.isDone());
  }

  /** The loss before the step, in nats. */
  public double loss() {
    return loss.getAsDouble();
  }

  /** The norm of all gradients together, before clipping. */
  public double gradientNorm() {
    return gradientNorm.getAsDouble();
  }

  /** Whether both figures can be had without waiting. */
  public boolean isDone() {
    return done.getAsBoolean();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Step that
        && Double.compare(loss(), that.loss()) == 0
        && Double.compare(gradientNorm(), that.gradientNorm()) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * Double.hashCode(loss()) + Double.hashCode(gradientNorm());
  }

  @Override
  public String toString() {
    return "loss " + loss() + ", gradient norm " + gradientNorm();
  }
}

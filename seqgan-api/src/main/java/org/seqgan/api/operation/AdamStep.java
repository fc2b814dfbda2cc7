package org.seqgan.api.operation;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Operation;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;

/**
 * One clipped step of Adam (Kingma and Ba, 2015) over all parameters of a model, in place, with the
 * bias correction folded into the step size as TensorFlow has it: {@code p -= lr sqrt(1 - beta2^t)
 * / (1 - beta1^t) m / (sqrt(v) + epsilon)}. The result is {@code [1]}: the norm of all gradients
 * together, before clipping.
 *
 * @param slots parameters with gradients and moments
 * @param settings step size, decays, clipping
 * @param step t, counted from 1
 */
public record AdamStep(List<Slot> slots, Settings settings, long step)
    implements Operation<Tensor> {
  /** Copies the list. */
  public AdamStep {
    slots = List.copyOf(slots);
  }

  /**
   * One parameter with its gradient and moments, all of one shape. Parameter and moments are
   * changed in place.
   *
   * @param l2 lambda of a penalty {@code lambda sum(p^2) / 2} in the loss, whose gradient {@code
   *     lambda p} is added to the one that is given; 0 for none
   */
  public record Slot(
      Tensor parameter, Tensor gradient, Tensor firstMoment, Tensor secondMoment, float l2) {
    /** A parameter without a penalty. */
    public Slot(Tensor parameter, Tensor gradient, Tensor firstMoment, Tensor secondMoment) {
      this(parameter, gradient, firstMoment, secondMoment, 0f);
    }

    /** The gradient of the loss with its penalty; the one that is given where there is none. */
    private Tensor whole(TensorScope scope) {
      return l2 == 0
          ? gradient
          : scope.binary(BinaryOperation.ADD, gradient, scope.affine(parameter, l2, 0));
    }
  }

  /**
   * What is the same for all parameters.
   *
   * @param learningRate lr, above 0
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param epsilon added to the root of the second moment
   * @param clipNorm gradients are scaled so that the norm of all of them together is at most this;
   *     0 for no clipping
   */
  public record Settings(
      float learningRate, float beta1, float beta2, float epsilon, float clipNorm) {
    /** The usual decays and epsilon (0.9, 0.999, 1e-8). */
    public static Settings of(float learningRate, float clipNorm) {
      return new Settings(learningRate, 0.9f, 0.999f, 1e-8f, clipNorm);
    }

    /**
     * {@code lr sqrt(1 - beta2^t) / (1 - beta1^t)}.
     *
     * @param step t, from 1
     */
    public float stepSize(long step) {
      double correction1 = 1 - Math.pow(beta1, (double) step);
      double correction2 = 1 - Math.pow(beta2, (double) step);
      return (float) (learningRate * Math.sqrt(correction2) / correction1);
    }
  }

  @Override
  public List<Storage> operands() {
    List<Storage> operands = new ArrayList<>();
    for (Slot slot : slots) {
      operands.addAll(
          List.of(slot.parameter(), slot.gradient(), slot.firstMoment(), slot.secondMoment()));
    }
    return operands;
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.require(step >= 1, "step is %d, counted from 1", step);
    for (Slot slot : slots) {
      int[] shape = slot.parameter().shape();
      shapes.require(
          slot.gradient().hasShape(shape)
              && slot.firstMoment().hasShape(shape)
              && slot.secondMoment().hasShape(shape),
          "parameter is %s, gradient %s, moments %s and %s",
          slot.parameter(),
          slot.gradient(),
          slot.firstMoment(),
          slot.secondMoment());
    }
  }

  /** Reads the norm to the host. */
  @Override
  public Tensor compose(TensorScope scope) {
    Tensor norm = norm(scope);
    float clip = settings.clipNorm();
    float scale = clip > 0 ? clip / Math.max(scope.read(norm)[0], clip) : 1f;
    float stepSize = settings.stepSize(step);
    for (Slot slot : slots) {
      update(scope, slot, scale, stepSize);
    }
    return norm;
  }

  private Tensor norm(TensorScope scope) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor squares = temporary.zeros(1);
      for (Slot slot : slots) {
        Tensor square = temporary.unary(UnaryOperation.SQUARE, slot.whole(temporary));
        Tensor flat = temporary.reshape(square, square.size());
        temporary.addScaled(temporary.reduce(Reduction.SUM, flat, 0), 1f, squares);
      }
      return scope.unary(UnaryOperation.SQRT, squares);
    }
  }

  private void update(TensorScope scope, Slot slot, float scale, float stepSize) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor gradient = temporary.affine(slot.whole(temporary), scale, 0f);
      Tensor first = slot.firstMoment();
      temporary.affineInPlace(first, settings.beta1(), 0f);
      temporary.addScaled(gradient, 1f - settings.beta1(), first);
      Tensor second = slot.secondMoment();
      temporary.affineInPlace(second, settings.beta2(), 0f);
      Tensor square = temporary.unary(UnaryOperation.SQUARE, gradient);
      temporary.addScaled(square, 1f - settings.beta2(), second);
      Tensor root =
          temporary.affine(temporary.unary(UnaryOperation.SQRT, second), 1f, settings.epsilon());
      Tensor update = temporary.binary(BinaryOperation.DIVIDE, first, root);
      temporary.addScaled(update, -stepSize, slot.parameter());
    }
  }
}

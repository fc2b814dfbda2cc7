package org.seqgan.api.operation;

import static org.seqgan.api.operation.Binary.times;

import java.util.List;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;

/** {@code y = f(a)}, element by element, and {@code da = dy f'(a)}; all of one shape. */
public record Unary(UnaryOperation function, Tensor a) implements Differentiable {
  @Override
  public List<Tensor> inputs() {
    return List.of(a);
  }

  @Override
  public void check(ShapeCheck shapes) {}

  @Override
  public Forward compose(TensorScope scope) {
    return Forward.of(scope.unary(function, a));
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    try (TensorScope temporary = scope.backend().openScope()) {
      return List.of(
          switch (function) {
            case LOG -> scope.binary(BinaryOperation.DIVIDE, dOutput, a);
            case SQUARE -> scope.affine(times(temporary, dOutput, a), 2, 0);
            case EXP, TANH, SIGMOID, RELU, SQRT ->
                gradientFromOutput(scope, function, forward.output(), dOutput);
          });
    }
  }

  /** The gradient of a function whose derivative follows from its value y. */
  static Tensor gradientFromOutput(
      TensorScope scope, UnaryOperation function, Tensor y, Tensor dy) {
    try (TensorScope temporary = scope.backend().openScope()) {
      return switch (function) {
        case EXP -> times(scope, dy, y);
        case TANH ->
            times(scope, dy, temporary.affine(temporary.unary(UnaryOperation.SQUARE, y), -1, 1));
        case SIGMOID -> times(scope, dy, times(temporary, y, temporary.affine(y, -1, 1)));
        case RELU ->
            times(scope, dy, temporary.binary(BinaryOperation.LESS, temporary.zeros(y.shape()), y));
        case SQRT -> scope.affine(temporary.binary(BinaryOperation.DIVIDE, dy, y), 0.5f, 0);
        case LOG, SQUARE ->
            throw new IllegalArgumentException(function + "' does not follow from its value");
      };
    }
  }
}

package org.seqgan.api.operation;

import static org.seqgan.api.operation.Binary.times;

import java.util.List;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Saved;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * A highway layer (Srivastava, Greff, Schmidhuber 2015; the paper's tau): {@code g r + (1 - g) x}
 * with {@code r = relu(x Wt + bt)} and {@code g = sigmoid(x Wg + bg)}.
 *
 * @param x {@code [n, d]}, as the result
 * @param transformWeights Wt, {@code [d, d]}
 * @param transformBias bt, {@code [d]}
 * @param gateWeights Wg, {@code [d, d]}
 * @param gateBias bg, {@code [d]}
 */
public record Highway(
    Tensor x, Tensor transformWeights, Tensor transformBias, Tensor gateWeights, Tensor gateBias)
    implements Differentiable {
  @Override
  public List<Tensor> inputs() {
    return List.of(x, transformWeights, transformBias, gateWeights, gateBias);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.linear(x, transformWeights, transformBias);
    shapes.linear(x, gateWeights, gateBias);
    shapes.require(
        transformWeights.dim(1) == x.dim(1) && gateWeights.dim(1) == x.dim(1),
        "x is %s, so both matrices must be square of its width; found %s and %s",
        x,
        transformWeights,
        gateWeights);
  }

  private Linear transform() {
    return new Linear(x, transformWeights, transformBias, Activation.RELU);
  }

  private Linear gate() {
    return new Linear(x, gateWeights, gateBias, Activation.SIGMOID);
  }

  private record Parts(Forward transformed, Forward gate) implements Saved {}

  @Override
  public Forward compose(TensorScope scope) {
    Forward transformed = transform().compose(scope);
    Forward gate = gate().compose(scope);
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor carry = temporary.affine(gate.output(), -1f, 1f);
      Tensor output =
          scope.binary(
              BinaryOperation.ADD,
              times(temporary, gate.output(), transformed.output()),
              times(temporary, carry, x));
      return new Forward(output, new Parts(transformed, gate));
    }
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    Parts parts = (Parts) forward.saved();
    Tensor transformed = parts.transformed().output();
    Tensor gate = parts.gate().output();
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor dTransformed = times(temporary, dOutput, gate);
      Tensor dGate =
          times(temporary, dOutput, temporary.binary(BinaryOperation.SUBTRACT, transformed, x));
      List<Tensor> ofTransform =
          transform().composeGradients(scope, parts.transformed(), dTransformed);
      List<Tensor> ofGate = gate().composeGradients(scope, parts.gate(), dGate);
      Tensor dx = scope.binary(BinaryOperation.MULTIPLY, dOutput, temporary.affine(gate, -1f, 1f));
      scope.addScaled(ofTransform.get(0), 1f, dx);
      scope.addScaled(ofGate.get(0), 1f, dx);
      return List.of(dx, ofTransform.get(1), ofTransform.get(2), ofGate.get(1), ofGate.get(2));
    }
  }
}

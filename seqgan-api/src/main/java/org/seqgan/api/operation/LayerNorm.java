package org.seqgan.api.operation;

import java.util.List;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Saved;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;

/**
 * Layer normalisation (Ba, Kiros, Hinton 2016, arXiv 1607.06450): each row gets mean 0 and variance
 * 1, then gain and shift of each column. With m and v the mean and the variance of a row,
 *
 * <pre>
 * z = (x - m) / sqrt(v + epsilon)    y = gain z + shift    dz = gain dy
 * dx = (dz - mean(dz) - z mean(dz z)) / sqrt(v + epsilon)
 * dgain = sum over rows of dy z      dshift = sum over rows of dy
 * </pre>
 *
 * @param x {@code [n, d]}, as the result
 * @param gain {@code [d]}
 * @param shift {@code [d]}
 * @param epsilon above 0
 */
public record LayerNorm(Tensor x, Tensor gain, Tensor shift, float epsilon)
    implements Differentiable {
  @Override
  public List<Tensor> inputs() {
    return List.of(x, gain, shift);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.rank(x, 2);
    shapes.require(
        gain.hasShape(x.dim(1)) && shift.hasShape(x.dim(1)),
        "x[n, d] is %s, gain[d] %s, shift[d] %s",
        x,
        gain,
        shift);
    shapes.require(epsilon > 0, "epsilon must be above 0, found %s", epsilon);
  }

  /** z, and the roots {@code sqrt(v + epsilon)} repeated along the rows; {@code [n, d]} both. */
  private record Normalised(Tensor z, Tensor roots) implements Saved {}

  @Override
  public Forward compose(TensorScope scope) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor centred = temporary.binary(BinaryOperation.SUBTRACT, x, rowMeans(temporary, x));
      Tensor variances = rowMeans(temporary, temporary.unary(UnaryOperation.SQUARE, centred));
      Tensor roots = scope.unary(UnaryOperation.SQRT, temporary.affine(variances, 1, epsilon));
      Tensor z = scope.binary(BinaryOperation.DIVIDE, centred, roots);
      Tensor scaled = temporary.binary(BinaryOperation.MULTIPLY, z, gain);
      return new Forward(
          scope.binary(BinaryOperation.ADD, scaled, shift), new Normalised(z, roots));
    }
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    Normalised saved = (Normalised) forward.saved();
    Tensor z = saved.z();
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor dz = temporary.binary(BinaryOperation.MULTIPLY, dOutput, gain);
      Tensor alongZ = rowMeans(temporary, temporary.binary(BinaryOperation.MULTIPLY, dz, z));
      Tensor centred = temporary.binary(BinaryOperation.SUBTRACT, dz, rowMeans(temporary, dz));
      Tensor straightened =
          temporary.binary(
              BinaryOperation.SUBTRACT,
              centred,
              temporary.binary(BinaryOperation.MULTIPLY, z, alongZ));
      Tensor byGain = temporary.binary(BinaryOperation.MULTIPLY, dOutput, z);
      return List.of(
          scope.binary(BinaryOperation.DIVIDE, straightened, saved.roots()),
          scope.reduce(Reduction.SUM, byGain, 0),
          scope.reduce(Reduction.SUM, dOutput, 0));
    }
  }

  /** The mean of each row, repeated along it. */
  private static Tensor rowMeans(TensorScope scope, Tensor a) {
    return Reduce.repeat(scope, scope.reduce(Reduction.MEAN, a, 1), a, 1);
  }
}

package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import java.util.List;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.Linear;
import org.seqgan.backend.cuda.Products.Factors;

/** {@code linear}: bias and activation are part of the product's kernel. */
final class LinearLayer implements Fused.WithGradient<Linear> {
  private final Engine engine;
  private final Products products;
  private final Reductions reductions;

  LinearLayer(Engine engine) {
    this.engine = engine;
    this.products = new Products(engine);
    this.reductions = new Reductions(engine);
  }

  @Override
  public Forward run(TensorScope scope, Linear linear) {
    Tensor y = scope.allocate(linear.x().dim(0), linear.weights().dim(1));
    products.linear(
        new Factors(linear.x(), false, linear.weights(), false),
        linear.bias(),
        linear.activation(),
        y);
    return Forward.of(y);
  }

  @Override
  public List<Tensor> gradients(TensorScope scope, Linear linear, Forward forward, Tensor dOutput) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor dSum = dSum(temporary, linear.activation(), forward.output(), dOutput);
      Tensor dx = scope.allocate(linear.x().shape());
      Tensor dWeights = scope.allocate(linear.weights().shape());
      Tensor dBias = scope.allocate(linear.bias().shape());
      products.multiply(new Factors(dSum, false, linear.weights(), true), dx, false);
      products.multiply(new Factors(linear.x(), true, dSum, false), dWeights, false);
      reductions.reduce(Reduction.SUM, dSum, 0, dBias);
      return List.of(dx, dWeights, dBias);
    }
  }

  /** {@code dSum = dy activation'(y)}. */
  private Tensor dSum(TensorScope scope, Activation activation, Tensor y, Tensor dy) {
    if (activation == Activation.IDENTITY) {
      return dy;
    }
    Tensor dSum = scope.allocate(y.shape());
    engine
        .launchEach("activation_gradient", y.size(), y)
        .with(activation.ordinal())
        .with(address(y))
        .with(address(dy))
        .with(address(dSum))
        .with(y.size())
        .run();
    return dSum;
  }
}

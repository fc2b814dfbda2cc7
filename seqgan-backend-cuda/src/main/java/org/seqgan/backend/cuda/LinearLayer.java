package org.seqgan.backend.cuda;

import java.util.List;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.Linear;
import org.seqgan.backend.cuda.Products.Operand;
import org.seqgan.backend.cuda.Products.Product;

/** {@code linear}: bias and activation are part of the product; all gradients are one launch. */
final class LinearLayer implements Fused.WithGradient<Linear> {
  private final Products products;

  LinearLayer(Engine engine) {
    this.products = new Products(engine);
  }

  @Override
  public Forward run(TensorScope scope, Linear linear) {
    Tensor x = linear.x();
    Tensor weights = linear.weights();
    Tensor y = scope.allocate(x.dim(0), weights.dim(1));
    Product sums =
        Product.of(
            Operand.along(x), Operand.across(weights), x.dim(1), x.dim(0), weights.dim(1), y);
    products.compute(List.of(sums.with(linear.bias(), linear.activation())));
    return Forward.of(y);
  }

  @Override
  public List<Tensor> gradients(TensorScope scope, Linear linear, Forward forward, Tensor dOutput) {
    Tensor x = linear.x();
    Tensor weights = linear.weights();
    int n = x.dim(0);
    int inputs = x.dim(1);
    int outputs = weights.dim(1);
    Tensor dx = scope.allocate(n, inputs);
    Tensor dWeights = scope.allocate(inputs, outputs);
    Tensor dBias = scope.allocate(outputs);
    Operand rowsOfSums =
        Operand.along(dOutput).beforeActivation(linear.activation(), forward.output());
    Operand columnsOfSums =
        Operand.across(dOutput).beforeActivation(linear.activation(), forward.output());
    products.compute(
        List.of(
            Product.of(rowsOfSums, Operand.along(weights), outputs, n, inputs, dx),
            Product.of(Operand.across(x), columnsOfSums, n, inputs, outputs, dWeights),
            Product.of(Operand.ones(), columnsOfSums, n, 1, outputs, dBias)));
    return List.of(dx, dWeights, dBias);
  }
}

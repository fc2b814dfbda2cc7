package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Saved;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.Highway;
import org.seqgan.backend.cuda.Products.Operand;
import org.seqgan.backend.cuda.Products.Product;
import org.seqgan.backend.cuda.Products.Term;
import org.seqgan.backend.cuda.driver.Launch;

/**
 * {@code highway}: both products in one launch, in another their sums, activations and mixture;
 * backward the derivatives by the sums, then in one launch all gradients but those of weights,
 * which are left to Adam ({@link DeferredProduct}).
 */
final class HighwayLayer implements Fused.WithGradient<Highway> {
  private final Engine engine;
  private final Products products;

  HighwayLayer(Engine engine) {
    this.engine = engine;
    this.products = new Products(engine, engine.precision());
  }

  /** The transformed input and the gate, {@code [n, d]}. */
  private record Parts(Tensor transformed, Tensor gate) implements Saved {}

  @Override
  public Forward run(TensorScope scope, Highway highway) {
    Tensor x = highway.x();
    Tensor transformed = scope.allocate(x.shape());
    Tensor gate = scope.allocate(x.shape());
    Tensor y = scope.allocate(x.shape());
    products.computeParts(
        List.of(
            sums(x, highway.transformWeights(), transformed), sums(x, highway.gateWeights(), gate)),
        parts -> {
          Launch launch = engine.launchEach("highway_mix", x.size(), x);
          write(launch, parts.get(0), highway.transformBias());
          write(launch, parts.get(1), highway.gateBias());
          launch
              .with(address(x))
              .with(address(transformed))
              .with(address(gate))
              .with(address(y))
              .with(x.size())
              .run();
        });
    return new Forward(y, new Parts(transformed, gate));
  }

  /** An argument of the type Parts. */
  private static void write(Launch launch, Products.Parts parts, Tensor bias) {
    launch
        .structure(2 * Long.BYTES + 2 * Integer.BYTES)
        .putLong(parts.address())
        .putLong(address(bias))
        .putInt(parts.count())
        .putInt(bias.size());
  }

  private static Product sums(Tensor x, Tensor weights, Tensor out) {
    int d = x.dim(1);
    return Product.of(Operand.along(x), Operand.across(weights), d, x.dim(0), d, out);
  }

  @Override
  public List<Tensor> gradients(
      TensorScope scope, Highway highway, Forward forward, Tensor dOutput) {
    Tensor x = highway.x();
    int n = x.dim(0);
    int d = x.dim(1);
    Tensor dx = scope.allocate(n, d);
    Tensor dTransformWeights = scope.allocate(d, d);
    Tensor dTransformBias = scope.allocate(d);
    Tensor dGateWeights = scope.allocate(d, d);
    Tensor dGateBias = scope.allocate(d);
    // These live as long as the gradients that may be computed from them later.
    Tensor inputs = scope.allocate(n, d);
    Tensor dTransform = scope.allocate(n, d);
    Tensor dGate = scope.allocate(n, d);
    bySums(highway, (Parts) forward.saved(), dOutput, List.of(dTransform, dGate, dx, inputs));
    List<Product> now = new ArrayList<>();
    now.add(
        Product.of(
                List.of(
                    new Term(
                        Operand.along(dTransform), Operand.along(highway.transformWeights()), d),
                    new Term(Operand.along(dGate), Operand.along(highway.gateWeights()), d)),
                n,
                d,
                dx)
            .added()); // to what is carried
    now.add(biasGradient(dTransform, dTransformBias));
    now.add(biasGradient(dGate, dGateBias));
    now.addAll(
        products.defer(
            List.of(
                weightGradient(inputs, dTransform, dTransformWeights),
                weightGradient(inputs, dGate, dGateWeights))));
    products.compute(now);
    return List.of(dx, dTransformWeights, dTransformBias, dGateWeights, dGateBias);
  }

  /** The derivatives by both sums, and by x where it is carried; and x itself. */
  private void bySums(Highway highway, Parts parts, Tensor dOutput, List<Tensor> results) {
    engine
        .launchEach("highway_gradients", dOutput.size(), dOutput)
        .with(address(highway.x()))
        .with(address(parts.transformed()))
        .with(address(parts.gate()))
        .with(address(dOutput))
        .with(address(results.get(0)))
        .with(address(results.get(1)))
        .with(address(results.get(2)))
        .with(address(results.get(3)))
        .with(dOutput.size())
        .run();
  }

  private static Product weightGradient(Tensor x, Tensor dSums, Tensor out) {
    int d = x.dim(1);
    return Product.of(Operand.across(x), Operand.across(dSums), x.dim(0), d, d, out);
  }

  private static Product biasGradient(Tensor dSums, Tensor out) {
    return Product.of(Operand.ones(), Operand.across(dSums), dSums.dim(0), 1, dSums.dim(1), out);
  }
}

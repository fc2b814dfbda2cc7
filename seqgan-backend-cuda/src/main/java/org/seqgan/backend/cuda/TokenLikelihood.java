package org.seqgan.backend.cuda;

import java.util.List;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.LinearCrossEntropy;
import org.seqgan.api.operation.LossGradients;
import org.seqgan.backend.cuda.Products.Operand;
import org.seqgan.backend.cuda.Products.Product;

/**
 * {@code linearCrossEntropy}. A chunk of rows at a time, whose logits have room in a fast cache:
 * logits; in their place their derivatives, with the losses; then from these, in one launch, the
 * derivatives by h, W and b.
 */
final class TokenLikelihood implements Fused.WithGradient<LinearCrossEntropy> {
  /** 32 MiB of logits. */
  private static final int LOGITS_OF_A_CHUNK = 1 << 23;

  private final Products products;
  private final CrossEntropy crossEntropy;
  private final Reductions reductions;

  TokenLikelihood(Engine engine) {
    this.products = new Products(engine);
    this.crossEntropy = new CrossEntropy(engine, Checked.LINEAR_CROSS_ENTROPY);
    this.reductions = new Reductions(engine);
  }

  /** The derivatives are sums over chunks, of which there must be one. */
  @Override
  public boolean fits(LinearCrossEntropy operation) {
    return operation.h().dim(0) > 0;
  }

  /** Where the derivatives go. */
  private record Gradients(Tensor h, Tensor weights, Tensor bias) {}

  @Override
  public Forward run(TensorScope scope, LinearCrossEntropy operation) {
    int rows = operation.h().dim(0);
    int vocabulary = operation.weights().dim(1);
    Gradients gradients =
        new Gradients(
            scope.allocate(operation.h().shape()),
            scope.allocate(operation.weights().shape()),
            scope.allocate(vocabulary));
    Tensor loss = scope.allocate(1);
    int chunk = Math.max(1, Math.min(rows, LOGITS_OF_A_CHUNK / Math.max(1, vocabulary)));
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor losses = temporary.allocate(rows);
      Tensor logits = temporary.allocate(chunk, vocabulary);
      for (int from = 0; from < rows; from += chunk) {
        int to = Math.min(rows, from + chunk);
        addRows(
            temporary,
            operation,
            from,
            to,
            temporary.rows(logits, 0, to - from),
            losses,
            gradients);
      }
      reductions.reduce(Reduction.SUM, losses, 0, loss);
    }
    return new Forward(
        loss, new LossGradients(List.of(gradients.h(), gradients.weights(), gradients.bias())));
  }

  private void addRows(
      TensorScope scope,
      LinearCrossEntropy operation,
      int from,
      int to,
      Tensor logits,
      Tensor losses,
      Gradients gradients) {
    Tensor weights = operation.weights();
    Tensor h = scope.rows(operation.h(), from, to);
    IntTensor targets = scope.rows(operation.targets(), from, to);
    int rows = to - from;
    int hidden = weights.dim(0);
    int vocabulary = weights.dim(1);
    products.compute(
        List.of(
            Product.of(Operand.along(h), Operand.across(weights), hidden, rows, vocabulary, logits)
                .with(operation.bias(), Activation.IDENTITY)));
    crossEntropy.ofWeightedRows(
        logits,
        targets,
        scope.rows(operation.tokenWeights(), from, to),
        scope.rows(losses, from, to));
    Operand columns = Operand.across(logits);
    Product byWeights =
        Product.of(Operand.across(h), columns, rows, hidden, vocabulary, gradients.weights());
    Product byBias = Product.of(Operand.ones(), columns, rows, 1, vocabulary, gradients.bias());
    products.compute(
        List.of(
            Product.of(
                Operand.along(logits),
                Operand.along(weights),
                vocabulary,
                rows,
                hidden,
                scope.rows(gradients.h(), from, to)),
            from == 0 ? byWeights : byWeights.added(),
            from == 0 ? byBias : byBias.added()));
  }

  @Override
  public List<Tensor> gradients(
      TensorScope scope, LinearCrossEntropy operation, Forward forward, Tensor dOutput) {
    return ((LossGradients) forward.saved()).times(scope, dOutput);
  }
}

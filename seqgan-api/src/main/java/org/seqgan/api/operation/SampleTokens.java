package org.seqgan.api.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Operation;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.random.RandomDraws;

/**
 * Draws one token for each row by inverse CDF, see {@link Decoding}; the result is {@code out}.
 *
 * @param h {@code [n, H]}
 * @param weights W, {@code [H, V]}
 * @param bias b, {@code [V]}; the logits are {@code h W + b}
 * @param draws uniform numbers: n of them, or with {@code which} any number
 * @param which {@code [n]}: the draw that each row takes; without it, row i takes draw i. So rows
 *     may leave a batch, and those that stay take the draws that they would have taken
 * @param out {@code [n]}, overwritten by the tokens
 */
public record SampleTokens(
    Tensor h,
    Tensor weights,
    Tensor bias,
    Decoding decoding,
    RandomDraws draws,
    Optional<IntTensor> which,
    IntTensor out)
    implements Operation<IntTensor> {
  /** Row i takes draw i. */
  public SampleTokens(
      Tensor h, Tensor weights, Tensor bias, Decoding decoding, RandomDraws draws, IntTensor out) {
    this(h, weights, bias, decoding, draws, Optional.empty(), out);
  }

  @Override
  public List<Storage> operands() {
    List<Storage> operands = new ArrayList<>(List.of(h, weights, bias, out));
    which.ifPresent(operands::add);
    return operands;
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.linear(h, weights, bias);
    shapes.require(
        (which.isPresent() || draws.count() == h.dim(0)) && out.hasShape(h.dim(0)),
        "h is %s, but there are %d draws and out is %s",
        h,
        draws.count(),
        out);
    which.ifPresent(
        numbers ->
            shapes.require(
                numbers.hasShape(h.dim(0)),
                "h is %s, but the numbers of draws are %s",
                h,
                numbers));
  }

  /** Reads the logits to the host, as many rows at a time as the budget allows. */
  @Override
  public IntTensor compose(TensorScope scope) {
    int n = h.dim(0);
    int vocabulary = weights.dim(1);
    // Three buffers of a row's logits: the product, the sum, and the copy on the host.
    long rowBytes = 3L * Float.BYTES * vocabulary;
    int chunk = (int) Math.max(1, Math.min(n, scope.backend().budgetBytes() / rowBytes));
    InverseCdf sampler = new InverseCdf(vocabulary, decoding);
    IntUnaryOperator drawOf = which.map(numbers -> chosen(scope.read(numbers))).orElse(r -> r);
    int[] tokens = new int[n];
    for (int from = 0; from < n; from += chunk) {
      int to = Math.min(n, from + chunk);
      try (TensorScope temporary = scope.backend().openScope()) {
        Tensor rows = temporary.rows(h, from, to);
        Linear ofRows = new Linear(rows, weights, bias, Activation.IDENTITY);
        float[] logits = temporary.read(ofRows.compose(temporary).output());
        for (int r = from; r < to; r++) {
          tokens[r] =
              sampler.draw(logits, (r - from) * vocabulary, draws.uniform(drawOf.applyAsInt(r)));
        }
      }
    }
    scope.backend().write(tokens, out);
    return out;
  }

  private static IntUnaryOperator chosen(int[] numbers) {
    return row -> numbers[row];
  }
}

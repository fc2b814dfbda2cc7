package org.seqgan.api.operation;

import java.util.List;
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
 * @param draws n uniform numbers
 * @param out {@code [n]}, overwritten by the tokens
 */
public record SampleTokens(
    Tensor h, Tensor weights, Tensor bias, Decoding decoding, RandomDraws draws, IntTensor out)
    implements Operation<IntTensor> {
  @Override
  public List<Storage> operands() {
    return List.of(h, weights, bias, out);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.linear(h, weights, bias);
    shapes.require(
        draws.count() == h.dim(0) && out.hasShape(h.dim(0)),
        "h is %s, but there are %d draws and out is %s",
        h,
        draws.count(),
        out);
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
    int[] tokens = new int[n];
    for (int from = 0; from < n; from += chunk) {
      int to = Math.min(n, from + chunk);
      try (TensorScope temporary = scope.backend().openScope()) {
        Tensor rows = temporary.rows(h, from, to);
        Linear ofRows = new Linear(rows, weights, bias, Activation.IDENTITY);
        float[] logits = temporary.read(ofRows.compose(temporary).output());
        for (int r = from; r < to; r++) {
          tokens[r] = sampler.draw(logits, (r - from) * vocabulary, draws.uniform(r));
        }
      }
    }
    scope.backend().write(tokens, out);
    return out;
  }
}

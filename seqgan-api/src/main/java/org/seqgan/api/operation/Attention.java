package org.seqgan.api.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Saved;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * Scaled dot-product attention with several heads (Vaswani et al. 2017, arXiv 1706.03762, Eq. 1).
 * Head h has the columns {@code h d} to {@code (h + 1) d} of q, k, v and the result, with {@code d
 * = D / heads}; for each head
 *
 * <pre>
 * P = softmax(scale q k^T)    y = P v
 * dP = dy v^T    dS = P (dP - sum(dP P))    dv = P^T dy    dq = scale dS k    dk = scale dS^T q
 * </pre>
 *
 * with the softmax over the keys that count for a query; the others have a weight and a gradient of
 * exactly 0, whatever finite numbers they hold.
 *
 * @param q queries, {@code [B, Tq, D]}, as the result
 * @param k keys, {@code [B, Tk, D]}
 * @param v values, {@code [B, Tk, D]}
 * @param heads how many, at least 1; they divide D
 * @param scale of the products, {@code 1 / sqrt(d)} in the paper
 * @param causal whether query i sees the keys 0 to i alone; only if {@code Tq = Tk}
 * @param lengths {@code [B]}, 1..Tk: only the first keys of each entry count; without it all
 */
public record Attention(
    Tensor q,
    Tensor k,
    Tensor v,
    int heads,
    float scale,
    boolean causal,
    Optional<IntTensor> lengths)
    implements Differentiable {
  /** Added to the product with a key that does not count; its exponential is 0. */
  private static final float FORBIDDEN = -1e30f;

  private static final List<Integer> HEADS_OUTWARDS = List.of(0, 2, 1, 3);

  @Override
  public List<Tensor> inputs() {
    return List.of(q, k, v);
  }

  @Override
  public List<Storage> operands() {
    List<Storage> operands = new ArrayList<>(inputs());
    lengths.ifPresent(operands::add);
    return operands;
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.rank(q, 3);
    shapes.rank(k, 3);
    shapes.require(
        k.dim(0) == batch() && k.dim(2) == q.dim(2) && v.hasShape(k.shape()) && keys() > 0,
        "q[B, Tq, D] is %s, k[B, Tk, D] %s, v[B, Tk, D] %s",
        q,
        k,
        v);
    shapes.require(
        heads >= 1 && q.dim(2) % heads == 0, "%d heads do not divide q[B, Tq, D] %s", heads, q);
    shapes.require(
        !causal || queries() == keys(),
        "causal, but there are %d queries and %d keys",
        queries(),
        keys());
    lengths.ifPresent(
        each ->
            shapes.require(each.hasShape(batch()), "lengths are %s for %d entries", each, batch()));
  }

  private int batch() {
    return q.dim(0);
  }

  private int queries() {
    return q.dim(1);
  }

  private int keys() {
    return k.dim(1);
  }

  /**
   * What the gradient needs.
   *
   * @param q by heads, {@code [B heads, Tq, d]}
   * @param k by heads, {@code [B heads, Tk, d]}, 0 where a key does not count
   * @param v as k
   * @param weights P, {@code [B heads, Tq, Tk]}
   */
  private record ByHeads(Tensor q, Tensor k, Tensor v, Tensor weights) implements Saved {}

  @Override
  public Forward compose(TensorScope scope) {
    try (TensorScope temporary = scope.backend().openScope()) {
      int[] ends = lengths.map(temporary::read).orElseGet(() -> allKeys());
      Tensor queries = split(scope, q);
      // Numbers that do not count must not meet any others: they may be large, and overflow.
      Tensor keys = split(scope, counted(temporary, k, ends));
      Tensor values = split(scope, counted(temporary, v, ends));
      Tensor products = temporary.affine(product(temporary, queries, false, keys, true), scale, 0f);
      Tensor weights = scope.softmax(allowed(temporary, products, ends));
      Tensor attended = product(temporary, weights, false, values, false);
      return new Forward(join(scope, attended), new ByHeads(queries, keys, values, weights));
    }
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    ByHeads saved = (ByHeads) forward.saved();
    Tensor weights = saved.weights();
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor dAttended = split(temporary, dOutput);
      Tensor dWeights = product(temporary, dAttended, false, saved.v(), true);
      Tensor dProducts =
          temporary.affine(Softmax.gradientFromOutput(temporary, weights, dWeights), scale, 0f);
      return List.of(
          join(scope, product(temporary, dProducts, false, saved.k(), false)),
          join(scope, product(temporary, dProducts, true, saved.q(), false)),
          join(scope, product(temporary, weights, true, dAttended, false)));
    }
  }

  private int[] allKeys() {
    int[] ends = new int[batch()];
    Arrays.fill(ends, keys());
    return ends;
  }

  /** The keys or values, with zeros in the place of those that do not count for any query. */
  private Tensor counted(TensorScope scope, Tensor a, int[] ends) {
    return lengths.isEmpty()
        ? a
        : Binary.times(scope, a, SequenceMask.beforeEnd(scope, ends, a.dim(1), a.dim(2)));
  }

  /** The products {@code [B heads, Tq, Tk]}, those with keys that do not count made hopeless. */
  private Tensor allowed(TensorScope scope, Tensor products, int[] ends) {
    if (!causal && lengths.isEmpty()) {
      return products;
    }
    // Row c forbids all keys but the first c.
    float[] rows = new float[(keys() + 1) * keys()];
    for (int c = 0; c <= keys(); c++) {
      Arrays.fill(rows, c * keys() + c, (c + 1) * keys(), FORBIDDEN);
    }
    int[] seen = new int[batch() * heads * queries()];
    for (int i = 0; i < seen.length; i++) {
      int query = i % queries();
      int end = ends[i / (heads * queries())];
      seen[i] = causal ? Math.min(query + 1, end) : end;
    }
    Tensor mask =
        scope.gatherRows(
            scope.tensor(rows, keys() + 1, keys()), scope.ints(seen, batch() * heads, queries()));
    return scope.binary(BinaryOperation.ADD, products, mask);
  }

  /** {@code [B, T, D]} by heads: {@code [B heads, T, d]}. */
  private Tensor split(TensorScope scope, Tensor a) {
    int time = a.dim(1);
    int width = a.dim(2) / heads;
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor apart = temporary.reshape(a, batch(), time, heads, width);
      Tensor outwards = scope.run(new Permute(apart, HEADS_OUTWARDS)).output();
      return scope.reshape(outwards, batch() * heads, time, width);
    }
  }

  /** Undoes {@link #split}. */
  private Tensor join(TensorScope scope, Tensor byHeads) {
    int time = byHeads.dim(1);
    int width = byHeads.dim(2);
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor apart = temporary.reshape(byHeads, batch(), heads, time, width);
      Tensor inwards = scope.run(new Permute(apart, HEADS_OUTWARDS)).output();
      return scope.reshape(inwards, batch(), time, heads * width);
    }
  }

  /** By {@link TensorScope#run}, so that a backend's own way to multiply is taken. */
  private static Tensor product(
      TensorScope scope, Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
    return scope.run(new BatchedProduct(a, transposeA, b, transposeB)).output();
  }
}

package org.seqgan.api.backend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seqgan.api.random.RandomDraws;

/**
 * The operations, and the scope in which their results live. Every tensor that an operation returns
 * belongs to the scope it was called on, and is freed when that scope closes: one scope for a batch
 * or a roll-out.
 *
 * <p>Every operation checks shapes and that its tensors are open before it calls the backend; an
 * error names the operation, the backend and the shapes. Letters in shapes: B batch, T time, E
 * embedding, H hidden, V vocabulary, F filters, n and i rows and columns.
 *
 * <p>Not thread-safe: a scope belongs to one thread at a time.
 */
public final class TensorScope implements AutoCloseable {
  private final TensorBackend backend;
  private final List<Storage> owned = new ArrayList<>();
  private final List<Storage> views = new ArrayList<>();
  private boolean closed;

  TensorScope(TensorBackend backend) {
    this.backend = backend;
  }

  /** The backend that this scope belongs to. */
  public TensorBackend backend() {
    return backend;
  }

  /**
   * Frees every tensor of this scope; they must not be used any more. Closing twice does nothing.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    views.forEach(Storage::markClosed);
    for (Storage storage : owned) {
      storage.markClosed();
      backend.release(storage);
    }
    views.clear();
    owned.clear();
  }

  // ---- creation, copies, views ----

  /** A new tensor whose contents are unspecified, for operations that write into it. */
  public Tensor allocate(int... shape) {
    requireOpen("allocate");
    Tensor tensor = backend.allocate(shape);
    owned.add(tensor);
    return tensor;
  }

  /** A new tensor of zeros. */
  public Tensor zeros(int... shape) {
    Tensor tensor = allocate(shape);
    backend.fill(tensor, 0f);
    return tensor;
  }

  /** A new tensor with values from the host, row-major. */
  public Tensor tensor(float[] values, int... shape) {
    Tensor tensor = allocate(shape);
    require(
        values.length == tensor.size(),
        "tensor",
        "%d values do not fill %s",
        values.length,
        tensor);
    backend.write(values, tensor);
    return tensor;
  }

  /** A new tensor of integers with values from the host, row-major. */
  public IntTensor ints(int[] values, int... shape) {
    IntTensor tensor = allocateInts(shape);
    require(
        values.length == tensor.size(), "ints", "%d values do not fill %s", values.length, tensor);
    backend.write(values, tensor);
    return tensor;
  }

  /** A new tensor of integers whose contents are unspecified. */
  public IntTensor allocateInts(int... shape) {
    requireOpen("allocateInts");
    IntTensor tensor = backend.allocateInts(shape);
    owned.add(tensor);
    return tensor;
  }

  /** Copies to the host, row-major; waits for the backend where it is asynchronous. */
  public float[] read(Tensor a) {
    check("read", a);
    float[] values = new float[a.size()];
    backend.read(a, values);
    return values;
  }

  /** Copies to the host, row-major; waits for the backend where it is asynchronous. */
  public int[] read(IntTensor a) {
    check("read", a);
    int[] values = new int[a.size()];
    backend.read(a, values);
    return values;
  }

  /** Overwrites a tensor with values from the host. */
  public void write(float[] values, Tensor out) {
    check("write", out);
    require(values.length == out.size(), "write", "%d values do not fill %s", values.length, out);
    backend.write(values, out);
  }

  /** Overwrites a tensor with another of the same size. */
  public void copy(Tensor a, Tensor out) {
    check("copy", a, out);
    require(a.size() == out.size(), "copy", "%s does not fill %s", a, out);
    backend.copy(a, out);
  }

  /** Sets every element of a tensor. */
  public void fill(Tensor out, float value) {
    check("fill", out);
    backend.fill(out, value);
  }

  /**
   * The same elements under another shape; shares memory with {@code a} and must not be used after
   * it.
   */
  public Tensor reshape(Tensor a, int... shape) {
    check("reshape", a);
    Tensor view = backend.view(a, 0, shape);
    require(view.size() == a.size(), "reshape", "%s cannot become %s", a, view);
    views.add(view);
    return view;
  }

  /** The same integers under another shape; shares memory with {@code a}. */
  public IntTensor reshape(IntTensor a, int... shape) {
    check("reshape", a);
    IntTensor view = backend.view(a, 0, shape);
    require(view.size() == a.size(), "reshape", "%s cannot become %s", a, view);
    views.add(view);
    return view;
  }

  /**
   * The entries {@code from} to {@code to} (exclusive) of the first axis; shares memory with {@code
   * a}.
   */
  public Tensor rows(Tensor a, int from, int to) {
    check("rows", a);
    requireRange("rows", a, 0, from, to);
    int[] shape = a.shape();
    shape[0] = to - from;
    Tensor view = backend.view(a, a.dim(0) == 0 ? 0 : from * (a.size() / a.dim(0)), shape);
    views.add(view);
    return view;
  }

  /**
   * The entries {@code from} to {@code to} (exclusive) of the first axis; shares memory with {@code
   * a}.
   */
  public IntTensor rows(IntTensor a, int from, int to) {
    check("rows", a);
    requireRange("rows", a, 0, from, to);
    int[] shape = a.shape();
    shape[0] = to - from;
    IntTensor view = backend.view(a, a.dim(0) == 0 ? 0 : from * (a.size() / a.dim(0)), shape);
    views.add(view);
    return view;
  }

  // ---- primitives ----

  /**
   * {@code A[m, k] B[k, n]}, [m, n]; A and B are given as [k, m] and [n, k] where they are to be
   * transposed.
   */
  public Tensor matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
    Tensor out =
        allocate(matmulRows(a, transposeA, b, transposeB), transposeB ? b.dim(0) : b.dim(1));
    backend.matmul(a, transposeA, b, transposeB, out, false);
    return out;
  }

  /** {@code out += A B}. */
  public void addMatmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor out) {
    int m = matmulRows(a, transposeA, b, transposeB);
    check("addMatmul", out);
    int n = transposeB ? b.dim(0) : b.dim(1);
    require(out.hasShape(m, n), "addMatmul", "out is %s, expected [%d, %d]", out, m, n);
    backend.matmul(a, transposeA, b, transposeB, out, true);
  }

  private int matmulRows(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
    check("matmul", a, b);
    requireRank("matmul", a, 2);
    requireRank("matmul", b, 2);
    int inner = transposeA ? a.dim(0) : a.dim(1);
    int expected = transposeB ? b.dim(1) : b.dim(0);
    require(
        inner == expected,
        "matmul",
        "inner sizes differ: a is %s%s, b is %s%s",
        a,
        transposeA ? " transposed" : "",
        b,
        transposeB ? " transposed" : "");
    return transposeA ? a.dim(1) : a.dim(0);
  }

  /** An element-wise function, of a's shape. */
  public Tensor unary(UnaryOperation operation, Tensor a) {
    check("unary", a);
    Tensor out = allocate(a.shape());
    backend.unary(operation, a, out);
    return out;
  }

  /**
   * An element-wise function of two tensors, of a's shape. b has a's shape, or is a vector {@code
   * [n]} that is repeated for every row of a's last axis, or {@code [1]}.
   */
  public Tensor binary(BinaryOperation operation, Tensor a, Tensor b) {
    check("binary", a, b);
    boolean fits =
        Arrays.equals(a.shape(), b.shape())
            || (b.rank() == 1
                && (b.dim(0) == 1 || (a.rank() > 0 && b.dim(0) == a.dim(a.rank() - 1))));
    require(
        fits,
        "binary",
        "%s of %s and %s: the second must have the first's shape, its last axis, or [1]",
        operation,
        a,
        b);
    Tensor out = allocate(a.shape());
    backend.binary(operation, a, b, out);
    return out;
  }

  /** {@code scale * a + shift}, of a's shape. */
  public Tensor affine(Tensor a, float scale, float shift) {
    check("affine", a);
    Tensor out = allocate(a.shape());
    backend.affine(a, scale, shift, out);
    return out;
  }

  /** {@code out += scale * a}. */
  public void addScaled(Tensor a, float scale, Tensor out) {
    check("addScaled", a, out);
    require(a.size() == out.size(), "addScaled", "%s does not fit %s", a, out);
    backend.addScaled(a, scale, out);
  }

  /** {@code a = scale * a + shift}. */
  public void affineInPlace(Tensor a, float scale, float shift) {
    check("affineInPlace", a);
    backend.affine(a, scale, shift, a);
  }

  /** Reduces one axis, which disappears from the shape (a vector becomes [1]). */
  public Tensor reduce(Reduction reduction, Tensor a, int axis) {
    check("reduce", a);
    requireAxis("reduce", a, axis);
    require(a.dim(axis) > 0, "reduce", "axis %d of %s is empty", axis, a);
    Tensor out = allocate(without(a, axis));
    backend.reduce(reduction, a, axis, out);
    return out;
  }

  /**
   * The index of the largest element along an axis, of equal ones the first; the axis disappears
   * from the shape.
   */
  public IntTensor argMax(Tensor a, int axis) {
    check("argMax", a);
    requireAxis("argMax", a, axis);
    require(a.dim(axis) > 0, "argMax", "axis %d of %s is empty", axis, a);
    IntTensor out = allocateInts(without(a, axis));
    backend.argMax(a, axis, out);
    return out;
  }

  /** Softmax over the last axis, of a's shape. */
  public Tensor softmax(Tensor a) {
    check("softmax", a);
    Tensor out = allocate(a.shape());
    backend.softmax(a, out);
    return out;
  }

  /** Logarithm of the softmax over the last axis, of a's shape. */
  public Tensor logSoftmax(Tensor a) {
    check("logSoftmax", a);
    Tensor out = allocate(a.shape());
    backend.logSoftmax(a, out);
    return out;
  }

  /** {@code table[V, E]} at {@code ids[...]}: [..., E]. Ids must be in 0..V-1. */
  public Tensor gatherRows(Tensor table, IntTensor ids) {
    check("gatherRows", table, ids);
    requireRank("gatherRows", table, 2);
    int[] shape = Arrays.copyOf(ids.shape(), ids.rank() + 1);
    shape[ids.rank()] = table.dim(1);
    Tensor out = allocate(shape);
    backend.gatherRows(table, ids, out);
    return out;
  }

  /**
   * {@code out[ids[i]] += rows[i]}: rows of {@code [..., E]}, out {@code [V, E]}; in the order of
   * i.
   */
  public void scatterAddRows(Tensor rows, IntTensor ids, Tensor out) {
    check("scatterAddRows", rows, ids, out);
    requireRank("scatterAddRows", out, 2);
    require(
        rows.size() == (long) ids.size() * out.dim(1),
        "scatterAddRows",
        "rows %s are not one row of %s for each of ids %s",
        rows,
        out,
        ids);
    backend.scatterAddRows(rows, ids, out);
  }

  /** Joins tensors along an axis; their other axes must agree. */
  public Tensor concat(List<Tensor> parts, int axis) {
    require(!parts.isEmpty(), "concat", "nothing to join");
    check("concat", parts.toArray(Storage[]::new));
    int[] shape = parts.get(0).shape();
    requireAxis("concat", parts.get(0), axis);
    shape[axis] = 0;
    for (Tensor part : parts) {
      int[] other = part.shape();
      require(
          other.length == shape.length, "concat", "%s and %s differ in rank", parts.get(0), part);
      shape[axis] += other[axis];
      other[axis] = shape[axis];
      require(
          Arrays.equals(other, shape),
          "concat",
          "%s and %s differ beside axis %d",
          parts.get(0),
          part,
          axis);
    }
    Tensor out = allocate(shape);
    backend.concat(parts, axis, out);
    return out;
  }

  /** The elements {@code from} to {@code to} (exclusive) of an axis, copied. */
  public Tensor slice(Tensor a, int axis, int from, int to) {
    check("slice", a);
    requireAxis("slice", a, axis);
    requireRange("slice", a, axis, from, to);
    int[] shape = a.shape();
    shape[axis] = to - from;
    Tensor out = allocate(shape);
    backend.slice(a, axis, from, out);
    return out;
  }

  /** Uniform numbers in [0, 1), [draws.count()]. */
  public Tensor uniform(RandomDraws draws) {
    Tensor out = allocate(draws.count());
    backend.uniform(draws, out);
    return out;
  }

  // ---- coarse operations ----

  /** {@code activation(x[n, i] W[i, o] + b[o])}: [n, o]. */
  public Tensor linear(Tensor x, Tensor weights, Tensor bias, Activation activation) {
    check("linear", x, weights, bias);
    requireLinear("linear", x, weights, bias);
    return backend.linear(this, x, weights, bias, activation);
  }

  /** The gradients of {@link #linear}, given its output y and the derivative of the loss by it. */
  public Gradients.Linear linearBackward(
      Tensor x, Tensor weights, Activation activation, Tensor y, Tensor dy) {
    check("linearBackward", x, weights, y, dy);
    require(
        y.hasShape(x.dim(0), weights.dim(1)),
        "linearBackward",
        "y is %s for x %s and W %s",
        y,
        x,
        weights);
    require(dy.hasShape(y.shape()), "linearBackward", "dy is %s, y is %s", dy, y);
    return backend.linearBackward(this, x, weights, activation, y, dy);
  }

  /**
   * An LSTM (Hochreiter and Schmidhuber 1997, without peepholes) over whole sequences, from a zero
   * state: with x[t] the input at step t,
   *
   * <pre>
   * i, f, o = sigmoid(x[t] W + h[t-1] U + b)    g = tanh(x[t] W + h[t-1] U + b)
   * c[t] = f c[t-1] + i g                       h[t] = o tanh(c[t])
   * </pre>
   *
   * where the 4H columns of W, U and b hold the gates input, forget, output and cell, in that
   * order.
   *
   * @param x {@code [B, T, E]}
   * @param inputWeights W, {@code [E, 4H]}
   * @param recurrentWeights U, {@code [H, 4H]}
   * @param bias b, {@code [4H]}
   * @param lengths {@code [B]}, 1..T; the outputs of a sequence at and after its length are 0
   * @return h, {@code [B, T, H]}
   */
  public Forward lstm(
      Tensor x, Tensor inputWeights, Tensor recurrentWeights, Tensor bias, IntTensor lengths) {
    check("lstm", x, inputWeights, recurrentWeights, bias, lengths);
    requireRank("lstm", x, 3);
    int hidden = recurrentWeights.dim(0);
    require(
        inputWeights.hasShape(x.dim(2), 4 * hidden)
            && recurrentWeights.hasShape(hidden, 4 * hidden)
            && bias.hasShape(4 * hidden)
            && lengths.hasShape(x.dim(0)),
        "lstm",
        "x[B, T, E] is %s, W[E, 4H] %s, U[H, 4H] %s, b[4H] %s, lengths[B] %s",
        x,
        inputWeights,
        recurrentWeights,
        bias,
        lengths);
    return backend.lstm(this, x, inputWeights, recurrentWeights, bias, lengths);
  }

  /**
   * The gradients of {@link #lstm}, given its result and the derivative of the loss by its output.
   */
  public Gradients.Lstm lstmBackward(
      Tensor x,
      Tensor inputWeights,
      Tensor recurrentWeights,
      IntTensor lengths,
      Forward forward,
      Tensor dOutput) {
    check("lstmBackward", x, inputWeights, recurrentWeights, lengths, forward.output(), dOutput);
    require(
        dOutput.hasShape(forward.output().shape()),
        "lstmBackward",
        "dOutput is %s, output is %s",
        dOutput,
        forward.output());
    return backend.lstmBackward(this, x, inputWeights, recurrentWeights, lengths, forward, dOutput);
  }

  /**
   * One step of the LSTM for n sequences, in place.
   *
   * @param inputTable {@code [V, 4H]}: for every token its embedding times W, plus b
   * @param ids {@code [n]}: the tokens read in this step
   * @param recurrentWeights U, {@code [H, 4H]}
   * @param h {@code [n, H]}, overwritten by the new hidden state
   * @param c {@code [n, H]}, overwritten by the new cell state
   */
  public void lstmStep(
      Tensor inputTable, IntTensor ids, Tensor recurrentWeights, Tensor h, Tensor c) {
    check("lstmStep", inputTable, ids, recurrentWeights, h, c);
    requireRank("lstmStep", h, 2);
    int hidden = h.dim(1);
    require(
        inputTable.rank() == 2
            && inputTable.dim(1) == 4 * hidden
            && recurrentWeights.hasShape(hidden, 4 * hidden)
            && ids.hasShape(h.dim(0))
            && c.hasShape(h.shape()),
        "lstmStep",
        "table[V, 4H] is %s, ids[n] %s, U[H, 4H] %s, h[n, H] %s, c[n, H] %s",
        inputTable,
        ids,
        recurrentWeights,
        h,
        c);
    backend.lstmStep(this, inputTable, ids, recurrentWeights, h, c);
  }

  /**
   * Draws one token for each row by inverse CDF, see {@link Decoding}.
   *
   * @param h {@code [n, H]}
   * @param weights W, {@code [H, V]}
   * @param bias b, {@code [V]}; the logits are {@code h W + b}
   * @param draws n uniform numbers
   * @param out {@code [n]}: the tokens
   */
  public void sampleTokens(
      Tensor h, Tensor weights, Tensor bias, Decoding decoding, RandomDraws draws, IntTensor out) {
    check("sampleTokens", h, weights, bias, out);
    requireLinear("sampleTokens", h, weights, bias);
    require(
        draws.count() == h.dim(0) && out.hasShape(h.dim(0)),
        "sampleTokens",
        "h is %s, but there are %d draws and out is %s",
        h,
        draws.count(),
        out);
    backend.sampleTokens(this, h, weights, bias, decoding, draws, out);
  }

  /**
   * The log-probability, in nats, of a target token for each row: h {@code [n, H]}, W {@code [H,
   * V]}, b {@code [V]}: [n].
   */
  public Tensor tokenLogProbabilities(Tensor h, Tensor weights, Tensor bias, IntTensor targets) {
    check("tokenLogProbabilities", h, weights, bias, targets);
    requireLinear("tokenLogProbabilities", h, weights, bias);
    require(
        targets.hasShape(h.dim(0)), "tokenLogProbabilities", "h is %s, targets are %s", h, targets);
    return backend.tokenLogProbabilities(this, h, weights, bias, targets);
  }

  /**
   * The weighted negative log-likelihood of target tokens with its gradients in one pass: {@code
   * loss = -sum_r tokenWeights[r] log softmax(h[r] W + b)[targets[r]]}. With weights 1 / number of
   * tokens it is the MLE loss; with a reward as weight, the policy-gradient loss.
   *
   * @param h {@code [n, H]}
   * @param weights W, {@code [H, V]}
   * @param bias b, {@code [V]}
   * @param targets {@code [n]}
   * @param tokenWeights {@code [n]}; 0 for padding
   */
  public Gradients.CrossEntropy linearCrossEntropy(
      Tensor h, Tensor weights, Tensor bias, IntTensor targets, Tensor tokenWeights) {
    check("linearCrossEntropy", h, weights, bias, targets, tokenWeights);
    requireLinear("linearCrossEntropy", h, weights, bias);
    require(
        targets.hasShape(h.dim(0)) && tokenWeights.hasShape(h.dim(0)),
        "linearCrossEntropy",
        "h is %s, targets are %s, weights of tokens %s",
        h,
        targets,
        tokenWeights);
    return backend.linearCrossEntropy(this, h, weights, bias, targets, tokenWeights);
  }

  /**
   * A bank of convolutions over time, each followed by ReLU and the maximum over time (Kim 2014):
   * for filter f of width w, {@code max over t of relu(sum_j x[t + j] W[j] + b)}.
   *
   * <p>The windows of a sequence of length L start at 0 to max(L - w, 0); features at and after L
   * count as 0.
   *
   * @param x {@code [B, T, E]}
   * @param bank filters, of any widths up to T
   * @param lengths {@code [B]}, 1..T
   * @return {@code [B, F1 + F2 + ...]}, in the order of the bank
   */
  public Forward convMaxPool(Tensor x, List<ConvolutionFilters> bank, IntTensor lengths) {
    check("convMaxPool", x, lengths);
    requireRank("convMaxPool", x, 3);
    require(lengths.hasShape(x.dim(0)), "convMaxPool", "x is %s, lengths are %s", x, lengths);
    requireBank("convMaxPool", bank, x.dim(1), x.dim(2));
    return backend.convMaxPool(this, x, bank, lengths);
  }

  private void requireBank(
      String operation, List<ConvolutionFilters> bank, int time, int features) {
    require(!bank.isEmpty(), operation, "the bank has no filters");
    for (ConvolutionFilters filters : bank) {
      check(operation, filters.weights(), filters.bias());
      require(
          filters.width() >= 1 && filters.width() <= time,
          operation,
          "filter width %d, but there are %d positions: a width must be 1 to T",
          filters.width(),
          time);
      require(
          filters.weights().rank() == 2
              && filters.weights().dim(0) == filters.width() * features
              && filters.bias().hasShape(filters.weights().dim(1)),
          operation,
          "width %d with W[width * E, F] %s and b[F] %s, but E is %d",
          filters.width(),
          filters.weights(),
          filters.bias(),
          features);
    }
  }

  /**
   * {@link #convMaxPool} of tokens, for inference: {@code x[b, t] = table[ids[b, t]]}. A backend
   * may use that a token's product with a filter is the same wherever the token stands.
   *
   * @param table {@code [V, E]}
   * @param ids {@code [B, T]}; what stands at and after a sequence's length does not count
   * @param bank filters, of any widths up to T
   * @param lengths {@code [B]}, 1..T
   * @return {@code [B, F1 + F2 + ...]}, equal to the composition up to the order of sums
   */
  public Tensor tokenConvMaxPool(
      Tensor table, IntTensor ids, List<ConvolutionFilters> bank, IntTensor lengths) {
    check("tokenConvMaxPool", table, ids, lengths);
    requireRank("tokenConvMaxPool", table, 2);
    requireRank("tokenConvMaxPool", ids, 2);
    require(
        lengths.hasShape(ids.dim(0)),
        "tokenConvMaxPool",
        "ids are %s, lengths are %s",
        ids,
        lengths);
    requireBank("tokenConvMaxPool", bank, ids.dim(1), table.dim(1));
    return backend.tokenConvMaxPool(this, table, ids, bank, lengths);
  }

  /**
   * The gradients of {@link #convMaxPool}; where windows tie for the maximum, the first one gets
   * it.
   */
  public Gradients.ConvMaxPool convMaxPoolBackward(
      Tensor x, List<ConvolutionFilters> bank, IntTensor lengths, Forward forward, Tensor dOutput) {
    check("convMaxPoolBackward", x, lengths, forward.output(), dOutput);
    require(
        dOutput.hasShape(forward.output().shape()),
        "convMaxPoolBackward",
        "dOutput is %s, output is %s",
        dOutput,
        forward.output());
    return backend.convMaxPoolBackward(this, x, bank, lengths, forward, dOutput);
  }

  /**
   * A highway layer (Srivastava, Greff, Schmidhuber 2015; the paper's tau): {@code g relu(x Wt +
   * bt) + (1 - g) x} with {@code g = sigmoid(x Wg + bg)}; x and the result {@code [n, d]}, matrices
   * {@code [d, d]}, biases {@code [d]}.
   */
  public Forward highway(
      Tensor x,
      Tensor transformWeights,
      Tensor transformBias,
      Tensor gateWeights,
      Tensor gateBias) {
    check("highway", x, transformWeights, transformBias, gateWeights, gateBias);
    requireLinear("highway", x, transformWeights, transformBias);
    requireLinear("highway", x, gateWeights, gateBias);
    require(
        transformWeights.dim(1) == x.dim(1) && gateWeights.dim(1) == x.dim(1),
        "highway",
        "x is %s, so both matrices must be square of its width; found %s and %s",
        x,
        transformWeights,
        gateWeights);
    return backend.highway(this, x, transformWeights, transformBias, gateWeights, gateBias);
  }

  /** The gradients of {@link #highway}. */
  public Gradients.Highway highwayBackward(
      Tensor x, Tensor transformWeights, Tensor gateWeights, Forward forward, Tensor dOutput) {
    check("highwayBackward", x, transformWeights, gateWeights, forward.output(), dOutput);
    require(dOutput.hasShape(x.shape()), "highwayBackward", "dOutput is %s, x is %s", dOutput, x);
    return backend.highwayBackward(this, x, transformWeights, gateWeights, forward, dOutput);
  }

  /**
   * Inverted dropout: {@code x[i] / keep} where draw i is below {@code keep}, else 0. Its gradient
   * is the same operation, with the same draws, on the derivative by its output.
   */
  public Tensor dropout(Tensor x, float keep, RandomDraws draws) {
    check("dropout", x);
    require(keep > 0 && keep <= 1, "dropout", "keep must be above 0 and at most 1, found %s", keep);
    require(
        draws.count() == x.size(), "dropout", "x is %s, but there are %d draws", x, draws.count());
    return backend.dropout(this, x, keep, draws);
  }

  /**
   * The mean cross-entropy of {@code logits[n, C]} against {@code labels[n]}, with its gradient.
   */
  public Gradients.Softmax softmaxCrossEntropy(Tensor logits, IntTensor labels) {
    check("softmaxCrossEntropy", logits, labels);
    requireRank("softmaxCrossEntropy", logits, 2);
    require(
        labels.hasShape(logits.dim(0)),
        "softmaxCrossEntropy",
        "logits are %s, labels %s",
        logits,
        labels);
    return backend.softmaxCrossEntropy(this, logits, labels);
  }

  /**
   * One clipped Adam step over all parameters of a model, in place.
   *
   * @param slots parameters with gradients and moments
   * @param settings step size, decays, clipping
   * @param step t, counted from 1
   * @return {@code [1]}: the norm of all gradients together, before clipping
   */
  public Tensor adam(List<AdamSlot> slots, AdamSettings settings, long step) {
    require(step >= 1, "adam", "step is %d, counted from 1", step);
    for (AdamSlot slot : slots) {
      check("adam", slot.parameter(), slot.gradient(), slot.firstMoment(), slot.secondMoment());
      int[] shape = slot.parameter().shape();
      require(
          slot.gradient().hasShape(shape)
              && slot.firstMoment().hasShape(shape)
              && slot.secondMoment().hasShape(shape),
          "adam",
          "parameter is %s, gradient %s, moments %s and %s",
          slot.parameter(),
          slot.gradient(),
          slot.firstMoment(),
          slot.secondMoment());
    }
    Tensor norm = allocate(1);
    backend.adam(this, slots, settings, step, norm);
    return norm;
  }

  // ---- checks ----

  private void requireOpen(String operation) {
    if (closed) {
      throw new IllegalStateException(operation + " (" + backend.name() + "): the scope is closed");
    }
  }

  private void check(String operation, Storage... storages) {
    requireOpen(operation);
    for (Storage storage : storages) {
      if (storage.isClosed()) {
        throw new IllegalStateException(
            operation
                + " ("
                + backend.name()
                + "): a tensor of shape "
                + storage
                + " was used after its scope closed");
      }
    }
  }

  @SuppressWarnings(
      "AnnotateFormatMethod") // Error Prone's annotation is no dependency of this module.
  private void require(boolean condition, String operation, String format, Object... arguments) {
    if (!condition) {
      throw new ShapeException(
          operation + " (" + backend.name() + "): " + String.format(format, arguments));
    }
  }

  private void requireRank(String operation, Storage a, int rank) {
    require(a.rank() == rank, operation, "expected %d axes, found shape %s", rank, a);
  }

  private void requireAxis(String operation, Storage a, int axis) {
    require(axis >= 0 && axis < a.rank(), operation, "no axis %d in shape %s", axis, a);
  }

  private void requireRange(String operation, Storage a, int axis, int from, int to) {
    require(
        from >= 0 && from <= to && to <= a.dim(axis),
        operation,
        "%d to %d is outside axis %d of shape %s",
        from,
        to,
        axis,
        a);
  }

  private void requireLinear(String operation, Tensor x, Tensor weights, Tensor bias) {
    requireRank(operation, x, 2);
    requireRank(operation, weights, 2);
    require(
        weights.dim(0) == x.dim(1) && bias.hasShape(weights.dim(1)),
        operation,
        "x[n, i] is %s, W[i, o] %s, b[o] %s",
        x,
        weights,
        bias);
  }

  private static int[] without(Storage a, int axis) {
    if (a.rank() == 1) {
      return new int[] {1};
    }
    int[] shape = new int[a.rank() - 1];
    for (int i = 0, j = 0; i < a.rank(); i++) {
      if (i != axis) {
        shape[j++] = a.dim(i);
      }
    }
    return shape;
  }
}

package org.seqgan.api.operation;

import static org.seqgan.api.operation.Binary.times;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Saved;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;

/**
 * A bank of convolutions over time, each followed by ReLU and the maximum over time (Kim 2014): for
 * filter f of width w, {@code max over t of relu(sum_j x[t + j] W[j] + b)}.
 *
 * <p>The windows of a sequence of length L start at 0 to max(L - w, 0); features at and after L
 * count as 0. Where windows tie for the maximum, the first one gets the gradient.
 *
 * @param x {@code [B, T, E]}
 * @param bank filters, of any widths up to T
 * @param lengths {@code [B]}, 1..T; the result is {@code [B, F1 + F2 + ...]}, in the order of the
 *     bank
 */
public record ConvMaxPool(Tensor x, List<Filters> bank, IntTensor lengths)
    implements Differentiable {
  /** Copies the list. */
  public ConvMaxPool {
    bank = List.copyOf(bank);
  }

  /**
   * The filters of one width.
   *
   * @param width how many tokens a window covers, at least 1
   * @param weights {@code [width * E, F]}: row {@code j * E + e} belongs to feature e of the
   *     window's token j
   * @param bias {@code [F]}
   */
  public record Filters(int width, Tensor weights, Tensor bias) {
    /**
     * A bank from its tensors.
     *
     * @param widths of each filters
     * @param tensors weights and bias of each in turn
     */
    public static List<Filters> bank(List<Integer> widths, List<Tensor> tensors) {
      List<Filters> bank = new ArrayList<>();
      for (int i = 0; i < widths.size(); i++) {
        bank.add(new Filters(widths.get(i), tensors.get(2 * i), tensors.get(2 * i + 1)));
      }
      return bank;
    }

    private static void check(ShapeCheck shapes, List<Filters> bank, int time, int features) {
      shapes.require(!bank.isEmpty(), "the bank has no filters");
      for (Filters filters : bank) {
        shapes.require(
            filters.width() >= 1 && filters.width() <= time,
            "filter width %d, but there are %d positions: a width must be 1 to T",
            filters.width(),
            time);
        shapes.require(
            filters.weights().rank() == 2
                && filters.weights().dim(0) == filters.width() * features
                && filters.bias().hasShape(filters.weights().dim(1)),
            "width %d with W[width * E, F] %s and b[F] %s, but E is %d",
            filters.width(),
            filters.weights(),
            filters.bias(),
            features);
      }
    }
  }

  /** x, then weights and bias of each filters in turn. */
  @Override
  public List<Tensor> inputs() {
    List<Tensor> inputs = new ArrayList<>();
    inputs.add(x);
    bank.forEach(filters -> inputs.addAll(List.of(filters.weights(), filters.bias())));
    return inputs;
  }

  @Override
  public List<Storage> operands() {
    List<Storage> operands = new ArrayList<>(inputs());
    operands.add(lengths);
    return operands;
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.rank(x, 3);
    check(shapes, bank, lengths, x.dim(0), x.dim(1), x.dim(2));
  }

  static void check(
      ShapeCheck shapes, List<Filters> bank, IntTensor lengths, int batch, int time, int features) {
    shapes.require(lengths.hasShape(batch), "lengths are %s for %d sequences", lengths, batch);
    Filters.check(shapes, bank, time, features);
  }

  /** For each filters: the window that gave the maximum, {@code [B, F]}. */
  private record Maximal(List<IntTensor> windows) implements Saved {}

  @Override
  public Forward compose(TensorScope scope) {
    try (TensorScope temporary = scope.backend().openScope()) {
      int[] ends = temporary.read(lengths);
      Tensor masked = masked(temporary, ends);
      List<Tensor> pooled = new ArrayList<>();
      List<IntTensor> maximal = new ArrayList<>();
      for (Filters filters : bank) {
        Tensor values = convolve(temporary, masked, filters, ends);
        pooled.add(temporary.reduce(Reduction.MAX, values, 1));
        maximal.add(scope.argMax(values, 1));
      }
      return new Forward(scope.concat(pooled, 1), new Maximal(maximal));
    }
  }

  /** x, with zeros after the ends of sequences. */
  private Tensor masked(TensorScope scope, int[] ends) {
    return times(scope, x, SequenceMask.beforeEnd(scope, ends, x.dim(1), x.dim(2)));
  }

  /**
   * The filters at every window, after ReLU, {@code [B, windows, F]}; 0, the least value of a ReLU,
   * for the windows that a sequence does not have.
   */
  private static Tensor convolve(TensorScope scope, Tensor x, Filters filters, int[] ends) {
    int windows = x.dim(1) - filters.width() + 1;
    int outputs = filters.bias().dim(0);
    Linear ofWindows =
        new Linear(
            windows(scope, x, filters.width()), filters.weights(), filters.bias(), Activation.RELU);
    Tensor values = scope.reshape(ofWindows.compose(scope).output(), x.dim(0), windows, outputs);
    int[] counts = new int[ends.length];
    for (int b = 0; b < ends.length; b++) {
      counts[b] = Math.max(ends[b] - filters.width(), 0) + 1;
    }
    return times(scope, values, SequenceMask.beforeEnd(scope, counts, windows, outputs));
  }

  /** Every window of {@code width} steps laid out in a row: {@code [B * windows, width * E]}. */
  private static Tensor windows(TensorScope scope, Tensor x, int width) {
    Tensor windows = new Windows(x, width, 0).compose(scope).output();
    return scope.reshape(windows, x.dim(0) * windows.dim(1), windows.dim(2));
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    List<IntTensor> maximal = ((Maximal) forward.saved()).windows();
    List<Tensor> ofFilters = new ArrayList<>();
    try (TensorScope temporary = scope.backend().openScope()) {
      int[] ends = temporary.read(lengths);
      Tensor masked = masked(temporary, ends);
      Tensor dPooled =
          Unary.gradientFromOutput(temporary, UnaryOperation.RELU, forward.output(), dOutput);
      Tensor dx = temporary.zeros(x.shape());
      int column = 0;
      for (int i = 0; i < bank.size(); i++) {
        Filters filters = bank.get(i);
        int outputs = filters.bias().dim(0);
        Tensor dMaxima = temporary.slice(dPooled, 1, column, column + outputs);
        column += outputs;
        Tensor dValues = spread(temporary, dMaxima, maximal.get(i), filters.width());
        Tensor windows = windows(temporary, masked, filters.width());
        ofFilters.add(scope.matmul(windows, true, dValues, false));
        ofFilters.add(scope.reduce(Reduction.SUM, dValues, 0));
        Tensor dWindows = temporary.matmul(dValues, false, filters.weights(), true);
        addWindows(temporary, dWindows, filters.width(), dx);
      }
      Tensor mask = SequenceMask.beforeEnd(temporary, ends, x.dim(1), x.dim(2));
      List<Tensor> gradients = new ArrayList<>();
      gradients.add(times(scope, dx, mask));
      gradients.addAll(ofFilters);
      return gradients;
    }
  }

  /** The derivative by every window, {@code [B * windows, F]}: 0 but for the maximal ones. */
  private Tensor spread(TensorScope scope, Tensor dMaxima, IntTensor maximal, int width) {
    int batch = x.dim(0);
    int windows = x.dim(1) - width + 1;
    int outputs = dMaxima.dim(1);
    int[] cells = scope.read(maximal);
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (i / outputs * windows + cells[i]) * outputs + i % outputs;
    }
    Tensor dValues = scope.zeros(batch * windows * outputs, 1);
    scope.scatterAddRows(dMaxima, scope.ints(cells, cells.length), dValues);
    return scope.reshape(dValues, batch * windows, outputs);
  }

  /** Adds the derivatives by windows to those by the steps that they cover. */
  private static void addWindows(TensorScope scope, Tensor dWindows, int width, Tensor dx) {
    int windows = dx.dim(1) - width + 1;
    Tensor laidOut = scope.reshape(dWindows, dx.dim(0), windows, width * dx.dim(2));
    scope.addScaled(new Fold(laidOut, width, 0).compose(scope).output(), 1f, dx);
  }
}

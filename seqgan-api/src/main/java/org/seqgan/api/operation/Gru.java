package org.seqgan.api.operation;

import static org.seqgan.api.operation.Binary.times;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.BinaryOperation;
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
 * A GRU (Cho et al. 2014, arXiv 1406.1078) over whole sequences, from a zero state, with the reset
 * gate after the recurrent product, as in cuDNN and PyTorch: with x[t] the input at step t,
 *
 * <pre>
 * r, z = sigmoid(x[t] W + b + h[t-1] U)    n = tanh(x[t] W + b + r (h[t-1] U + c))
 * h[t] = (1 - z) n + z h[t-1]
 * </pre>
 *
 * where the 3H columns of W, U and b hold the gates reset and update and the candidate, in that
 * order. PyTorch has a second bias for r and z, too, which only ever is added to the first.
 *
 * @param x {@code [B, T, E]}
 * @param inputWeights W, {@code [E, 3H]}
 * @param recurrentWeights U, {@code [H, 3H]}
 * @param bias b, {@code [3H]}
 * @param candidateBias c, {@code [H]}
 * @param lengths {@code [B]}, 1..T; the result h, {@code [B, T, H]}, is 0 at and after the length
 *     of its sequence
 */
public record Gru(
    Tensor x,
    Tensor inputWeights,
    Tensor recurrentWeights,
    Tensor bias,
    Tensor candidateBias,
    IntTensor lengths)
    implements Differentiable {
  @Override
  public List<Tensor> inputs() {
    return List.of(x, inputWeights, recurrentWeights, bias, candidateBias);
  }

  @Override
  public List<Storage> operands() {
    return List.of(x, inputWeights, recurrentWeights, bias, candidateBias, lengths);
  }

  private int batch() {
    return x.dim(0);
  }

  private int time() {
    return x.dim(1);
  }

  private int hidden() {
    return recurrentWeights.dim(0);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.rank(x, 3);
    int hidden = hidden();
    shapes.require(
        inputWeights.hasShape(x.dim(2), 3 * hidden)
            && recurrentWeights.hasShape(hidden, 3 * hidden)
            && bias.hasShape(3 * hidden)
            && candidateBias.hasShape(hidden)
            && lengths.hasShape(x.dim(0)),
        "x[B, T, E] is %s, W[E, 3H] %s, U[H, 3H] %s, b[3H] %s, c[H] %s, lengths[B] %s",
        x,
        inputWeights,
        recurrentWeights,
        bias,
        candidateBias,
        lengths);
  }

  /**
   * The gates of one step, {@code [n, H]} each.
   *
   * @param recurrent what the reset gate multiplies, {@code h[t-1] U + c} of the candidate
   */
  record Cell(Tensor reset, Tensor update, Tensor candidate, Tensor recurrent) {
    /**
     * What follows from the state before a step.
     *
     * @param inputs {@code x[t] W + b}, {@code [n, 3H]}
     */
    static Cell of(
        TensorScope scope,
        Tensor inputs,
        Tensor recurrentWeights,
        Tensor candidateBias,
        Tensor previous) {
      try (TensorScope temporary = scope.backend().openScope()) {
        int hidden = previous.dim(1);
        Tensor products = temporary.matmul(previous, false, recurrentWeights, false);
        Tensor sums = temporary.binary(BinaryOperation.ADD, inputs, products);
        Tensor recurrent =
            scope.binary(
                BinaryOperation.ADD,
                temporary.slice(products, 1, 2 * hidden, 3 * hidden),
                candidateBias);
        Tensor reset = scope.unary(UnaryOperation.SIGMOID, temporary.slice(sums, 1, 0, hidden));
        Tensor update =
            scope.unary(UnaryOperation.SIGMOID, temporary.slice(sums, 1, hidden, 2 * hidden));
        Tensor sum =
            temporary.binary(
                BinaryOperation.ADD,
                temporary.slice(inputs, 1, 2 * hidden, 3 * hidden),
                times(temporary, reset, recurrent));
        return new Cell(reset, update, scope.unary(UnaryOperation.TANH, sum), recurrent);
      }
    }

    /** {@code (1 - z) n + z h[t-1]}, as {@code n + z (h[t-1] - n)}. */
    Tensor hidden(TensorScope scope, Tensor previous) {
      try (TensorScope temporary = scope.backend().openScope()) {
        Tensor change = temporary.binary(BinaryOperation.SUBTRACT, previous, candidate);
        return scope.binary(BinaryOperation.ADD, candidate, times(temporary, update, change));
      }
    }

    /** The derivative by {@code h[t-1]} but for what goes through U. */
    private Tensor carried(TensorScope scope, Tensor dHidden) {
      return times(scope, dHidden, update);
    }

    /** The derivative by {@code x[t] W + b}, {@code [n, 3H]}. */
    private Tensor inputsGradient(TensorScope scope, Tensor previous, Tensor dHidden) {
      Tensor towards = scope.binary(BinaryOperation.SUBTRACT, previous, candidate);
      Tensor dCandidate = times(scope, dHidden, scope.affine(update, -1f, 1f));
      Tensor dSum = Unary.gradientFromOutput(scope, UnaryOperation.TANH, candidate, dCandidate);
      return scope.concat(
          List.of(
              sigmoid(scope, reset, times(scope, dSum, recurrent)),
              sigmoid(scope, update, times(scope, dHidden, towards)),
              dSum),
          1);
    }

    /** The derivative by {@code h[t-1] U}, and c for its last columns, {@code [n, 3H]}. */
    private Tensor recurrentGradient(TensorScope scope, Tensor dInputs) {
      int hidden = reset.dim(1);
      Tensor gates = scope.slice(dInputs, 1, 0, 2 * hidden);
      Tensor dSum = scope.slice(dInputs, 1, 2 * hidden, 3 * hidden);
      return scope.concat(List.of(gates, times(scope, dSum, reset)), 1);
    }

    private static Tensor sigmoid(TensorScope scope, Tensor gate, Tensor dGate) {
      return Unary.gradientFromOutput(scope, UnaryOperation.SIGMOID, gate, dGate);
    }
  }

  private record Cells(List<Cell> steps) implements Saved {}

  @Override
  public Forward compose(TensorScope scope) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor flat = temporary.reshape(x, batch() * time(), x.dim(2));
      Linear ofInputs = new Linear(flat, inputWeights, bias, Activation.IDENTITY);
      Tensor inputs =
          temporary.reshape(ofInputs.compose(temporary).output(), batch(), time(), 3 * hidden());
      Tensor counts = counts(temporary);
      Tensor h = temporary.zeros(batch(), hidden());
      List<Cell> cells = new ArrayList<>();
      List<Tensor> outputs = new ArrayList<>();
      for (int t = 0; t < time(); t++) {
        Cell cell =
            Cell.of(
                scope, SequenceMask.step(temporary, inputs, t), recurrentWeights, candidateBias, h);
        cells.add(cell);
        Tensor next = cell.hidden(temporary, h);
        h = times(temporary, next, SequenceMask.step(temporary, counts, t));
        outputs.add(temporary.reshape(h, batch(), 1, hidden()));
      }
      return new Forward(scope.concat(outputs, 1), new Cells(cells));
    }
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    List<Cell> cells = ((Cells) forward.saved()).steps();
    Tensor dRecurrentWeights = scope.zeros(hidden(), 3 * hidden());
    Tensor dCandidateBias = scope.zeros(hidden());
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor counts = counts(temporary);
      Tensor dh = temporary.zeros(batch(), hidden());
      List<Tensor> dInputs = new ArrayList<>();
      for (int t = time() - 1; t >= 0; t--) {
        Cell cell = cells.get(t);
        Tensor previous =
            t == 0
                ? temporary.zeros(batch(), hidden())
                : SequenceMask.step(temporary, forward.output(), t - 1);
        temporary.addScaled(SequenceMask.step(temporary, dOutput, t), 1f, dh);
        Tensor dHidden = times(temporary, dh, SequenceMask.step(temporary, counts, t));
        Tensor dInput = cell.inputsGradient(temporary, previous, dHidden);
        Tensor dRecurrent = cell.recurrentGradient(temporary, dInput);
        dh = cell.carried(temporary, dHidden);
        temporary.addMatmul(dRecurrent, false, recurrentWeights, true, dh);
        temporary.addMatmul(previous, true, dRecurrent, false, dRecurrentWeights);
        Tensor dCandidate = temporary.slice(dRecurrent, 1, 2 * hidden(), 3 * hidden());
        temporary.addScaled(temporary.reduce(Reduction.SUM, dCandidate, 0), 1f, dCandidateBias);
        dInputs.add(0, temporary.reshape(dInput, batch(), 1, 3 * hidden()));
      }
      Tensor dInput =
          temporary.reshape(temporary.concat(dInputs, 1), batch() * time(), 3 * hidden());
      Tensor flat = temporary.reshape(x, batch() * time(), x.dim(2));
      return List.of(
          scope.reshape(scope.matmul(dInput, false, inputWeights, true), x.shape()),
          scope.matmul(flat, true, dInput, false),
          dRecurrentWeights,
          scope.reduce(Reduction.SUM, dInput, 0),
          dCandidateBias);
    }
  }

  /** {@code [B, T, H]}: ones before each sequence's end, else zeros. */
  private Tensor counts(TensorScope scope) {
    return SequenceMask.beforeEnd(scope, scope.read(lengths), time(), hidden());
  }
}

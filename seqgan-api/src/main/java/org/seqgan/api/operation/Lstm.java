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
 * An LSTM (Hochreiter and Schmidhuber 1997, without peepholes) over whole sequences, from a zero
 * state: with x[t] the input at step t,
 *
 * <pre>
 * i, f, o = sigmoid(x[t] W + h[t-1] U + b)    g = tanh(x[t] W + h[t-1] U + b)
 * c[t] = f c[t-1] + i g                       h[t] = o tanh(c[t])
 * </pre>
 *
 * where the 4H columns of W, U and b hold the gates input, forget, output and cell, in that order.
 *
 * @param x {@code [B, T, E]}
 * @param inputWeights W, {@code [E, 4H]}
 * @param recurrentWeights U, {@code [H, 4H]}
 * @param bias b, {@code [4H]}
 * @param lengths {@code [B]}, 1..T; the result h, {@code [B, T, H]}, is 0 at and after the length
 *     of its sequence
 */
public record Lstm(
    Tensor x, Tensor inputWeights, Tensor recurrentWeights, Tensor bias, IntTensor lengths)
    implements Differentiable {
  @Override
  public List<Tensor> inputs() {
    return List.of(x, inputWeights, recurrentWeights, bias);
  }

  @Override
  public List<Storage> operands() {
    return List.of(x, inputWeights, recurrentWeights, bias, lengths);
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
        inputWeights.hasShape(x.dim(2), 4 * hidden)
            && recurrentWeights.hasShape(hidden, 4 * hidden)
            && bias.hasShape(4 * hidden)
            && lengths.hasShape(x.dim(0)),
        "x[B, T, E] is %s, W[E, 4H] %s, U[H, 4H] %s, b[4H] %s, lengths[B] %s",
        x,
        inputWeights,
        recurrentWeights,
        bias,
        lengths);
  }

  /** The gates and the cell state of one step, {@code [B, H]} each. */
  record Cell(
      Tensor input,
      Tensor forget,
      Tensor output,
      Tensor candidate,
      Tensor state,
      Tensor tanhState) {
    /** What follows from the sums {@code [B, 4H]} of a step and the state before it. */
    static Cell of(TensorScope scope, Tensor sums, Tensor previousState) {
      try (TensorScope temporary = scope.backend().openScope()) {
        Tensor input = scope.unary(UnaryOperation.SIGMOID, gate(temporary, sums, 0));
        Tensor forget = scope.unary(UnaryOperation.SIGMOID, gate(temporary, sums, 1));
        Tensor output = scope.unary(UnaryOperation.SIGMOID, gate(temporary, sums, 2));
        Tensor candidate = scope.unary(UnaryOperation.TANH, gate(temporary, sums, 3));
        Tensor state =
            scope.binary(
                BinaryOperation.ADD,
                times(temporary, forget, previousState),
                times(temporary, input, candidate));
        return new Cell(
            input, forget, output, candidate, state, scope.unary(UnaryOperation.TANH, state));
      }
    }

    /** One of the four blocks of columns of {@code [B, 4H]}. */
    private static Tensor gate(TensorScope scope, Tensor sums, int index) {
      int hidden = sums.dim(1) / 4;
      return scope.slice(sums, 1, index * hidden, (index + 1) * hidden);
    }

    /** h = o tanh(c). */
    Tensor hidden(TensorScope scope) {
      return times(scope, output, tanhState);
    }

    /** The derivative by the state: what came from the next step, and through h. */
    private Tensor stateGradient(TensorScope scope, Tensor dHidden, Tensor dState) {
      Tensor throughHidden =
          Unary.gradientFromOutput(
              scope, UnaryOperation.TANH, tanhState, times(scope, dHidden, output));
      return scope.binary(BinaryOperation.ADD, dState, throughHidden);
    }

    /** The derivative by the sums {@code [B, 4H]}. */
    private Tensor sumsGradient(
        TensorScope scope, Tensor previousState, Tensor dHidden, Tensor dState) {
      return scope.concat(
          List.of(
              sigmoid(scope, input, times(scope, dState, candidate)),
              sigmoid(scope, forget, times(scope, dState, previousState)),
              sigmoid(scope, output, times(scope, dHidden, tanhState)),
              Unary.gradientFromOutput(
                  scope, UnaryOperation.TANH, candidate, times(scope, dState, input))),
          1);
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
          temporary.reshape(ofInputs.compose(temporary).output(), batch(), time(), 4 * hidden());
      Tensor counts = counts(temporary);
      Tensor h = temporary.zeros(batch(), hidden());
      Tensor c = temporary.zeros(batch(), hidden());
      List<Cell> cells = new ArrayList<>();
      List<Tensor> outputs = new ArrayList<>();
      for (int t = 0; t < time(); t++) {
        Tensor sums = SequenceMask.step(temporary, inputs, t);
        temporary.addMatmul(h, false, recurrentWeights, false, sums);
        Cell cell = Cell.of(scope, sums, c);
        cells.add(cell);
        c = cell.state();
        h = times(temporary, cell.hidden(temporary), SequenceMask.step(temporary, counts, t));
        outputs.add(temporary.reshape(h, batch(), 1, hidden()));
      }
      return new Forward(scope.concat(outputs, 1), new Cells(cells));
    }
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    List<Cell> cells = ((Cells) forward.saved()).steps();
    Tensor dRecurrent = scope.zeros(hidden(), 4 * hidden());
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor counts = counts(temporary);
      Tensor dh = temporary.zeros(batch(), hidden());
      Tensor dc = temporary.zeros(batch(), hidden());
      List<Tensor> dSums = new ArrayList<>();
      for (int t = time() - 1; t >= 0; t--) {
        Cell cell = cells.get(t);
        Tensor dHidden =
            times(
                temporary,
                SequenceMask.step(temporary, dOutput, t),
                SequenceMask.step(temporary, counts, t));
        temporary.addScaled(dh, 1f, dHidden);
        dc = cell.stateGradient(temporary, dHidden, dc);
        Tensor previousState =
            t == 0 ? temporary.zeros(batch(), hidden()) : cells.get(t - 1).state();
        Tensor dSum = cell.sumsGradient(temporary, previousState, dHidden, dc);
        dh = temporary.matmul(dSum, false, recurrentWeights, true);
        dc = times(temporary, dc, cell.forget());
        if (t > 0) {
          Tensor previous = SequenceMask.step(temporary, forward.output(), t - 1);
          scope.addMatmul(previous, true, dSum, false, dRecurrent);
        }
        dSums.add(0, temporary.reshape(dSum, batch(), 1, 4 * hidden()));
      }
      Tensor dSum = temporary.reshape(temporary.concat(dSums, 1), batch() * time(), 4 * hidden());
      Tensor flat = temporary.reshape(x, batch() * time(), x.dim(2));
      return List.of(
          scope.reshape(scope.matmul(dSum, false, inputWeights, true), x.shape()),
          scope.matmul(flat, true, dSum, false),
          dRecurrent,
          scope.reduce(Reduction.SUM, dSum, 0));
    }
  }

  /** {@code [B, T, H]}: ones before each sequence's end, else zeros. */
  private Tensor counts(TensorScope scope) {
    return SequenceMask.beforeEnd(scope, scope.read(lengths), time(), hidden());
  }
}

package org.seqgan.backend.dl4j.operation;

import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.backend.dl4j.kernel.Kernels;

/**
 * The element-wise part of an LSTM step for one sequence, see {@link
 * org.seqgan.api.operation.Lstm}: gates stand as input, forget, output and cell, H floats each.
 *
 * @param kernels the loops
 * @param hidden H
 */
record LstmCell(Kernels kernels, int hidden) {
  /**
   * Applies the activations in place, then {@code c = f c + i g} and {@code h = o tanh(c)}.
   *
   * @param gates 4H sums from {@code gatesAt} on, overwritten by i, f, o, g
   * @param c H cells from {@code cAt} on, overwritten by the new ones
   * @param h H hidden values from {@code hAt} on, overwritten by the new ones
   */
  void forward(float[] gates, int gatesAt, float[] c, int cAt, float[] h, int hAt) {
    int forget = gatesAt + hidden;
    int output = gatesAt + 2 * hidden;
    int cell = gatesAt + 3 * hidden;
    kernels.unary(UnaryOperation.SIGMOID, gates, gatesAt, 3 * hidden);
    kernels.unary(UnaryOperation.TANH, gates, cell, hidden);
    for (int i = 0; i < hidden; i++) {
      c[cAt + i] = gates[forget + i] * c[cAt + i] + gates[gatesAt + i] * gates[cell + i];
    }
    System.arraycopy(c, cAt, h, hAt, hidden);
    kernels.unary(UnaryOperation.TANH, h, hAt, hidden);
    kernels.binary(BinaryOperation.MULTIPLY, h, hAt, gates, output, hidden);
  }

  /**
   * The derivatives by the sums of a step.
   *
   * @param gates i, f, o, g from index 0 on, overwritten by the derivatives
   * @param c the step's cells from index 0 on; overwritten
   * @param previousC the cells before the step, from index 0 on
   * @param dH by the step's hidden values, from {@code at} on
   * @param dC by the step's cells through later steps, from {@code at} on; overwritten by that of
   *     the cells before
   */
  void backward(float[] gates, float[] c, float[] previousC, float[] dH, float[] dC, int at) {
    kernels.unary(UnaryOperation.TANH, c, 0, hidden);
    for (int j = 0; j < hidden; j++) {
      float i = gates[j];
      float f = gates[hidden + j];
      float o = gates[2 * hidden + j];
      float g = gates[3 * hidden + j];
      float squashed = c[j];
      float dHidden = dH[at + j];
      float dCell = dC[at + j] + dHidden * o * (1f - squashed * squashed);
      gates[j] = dCell * g * i * (1f - i);
      gates[hidden + j] = dCell * previousC[j] * f * (1f - f);
      gates[2 * hidden + j] = dHidden * squashed * o * (1f - o);
      gates[3 * hidden + j] = dCell * i * (1f - g * g);
      dC[at + j] = dCell * f;
    }
  }
}

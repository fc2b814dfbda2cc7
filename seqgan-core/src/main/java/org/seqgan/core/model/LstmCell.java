package org.seqgan.core.model;

import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.UnaryOperation;

/**
 * An LSTM's state after one position, of n sequences (the paper's Eq. 9-10).
 *
 * @param hidden h, {@code [n, H]}
 * @param cell c, {@code [n, H]}
 */
record LstmCell(Variable hidden, Variable cell) {
  /**
   * The next state.
   *
   * @param sums of all gates before their functions, {@code [n, 4H]}: input, forget, output,
   *     candidate
   * @param before c of the position before, {@code [n, H]}
   */
  static LstmCell next(Tape tape, Variable sums, Variable before) {
    Variable input = tape.unary(UnaryOperation.SIGMOID, gate(tape, sums, 0));
    Variable forget = tape.unary(UnaryOperation.SIGMOID, gate(tape, sums, 1));
    Variable output = tape.unary(UnaryOperation.SIGMOID, gate(tape, sums, 2));
    Variable candidate = tape.unary(UnaryOperation.TANH, gate(tape, sums, 3));
    Variable cell =
        tape.binary(
            BinaryOperation.ADD,
            tape.binary(BinaryOperation.MULTIPLY, forget, before),
            tape.binary(BinaryOperation.MULTIPLY, input, candidate));
    Variable hidden =
        tape.binary(BinaryOperation.MULTIPLY, output, tape.unary(UnaryOperation.TANH, cell));
    return new LstmCell(hidden, cell);
  }

  private static Variable gate(Tape tape, Variable sums, int index) {
    int width = sums.value().dim(1) / 4;
    return tape.slice(sums, 1, index * width, (index + 1) * width);
  }
}

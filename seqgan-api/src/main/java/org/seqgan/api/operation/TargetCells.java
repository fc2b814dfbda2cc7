package org.seqgan.api.operation;

import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * The cells of {@code [n, columns]} that hold each row's target.
 *
 * @param cells their positions, counted row by row, {@code [n]}
 */
record TargetCells(IntTensor cells) {
  /**
   * Reads the targets to the host.
   *
   * @throws IndexOutOfBoundsException if one is no column
   */
  static TargetCells of(TensorScope scope, IntTensor targets, int columns) {
    int[] cells = scope.read(targets);
    for (int r = 0; r < cells.length; r++) {
      if (cells[r] < 0 || cells[r] >= columns) {
        throw new IndexOutOfBoundsException(
            "target " + cells[r] + " of row " + r + " is not in 0.." + (columns - 1));
      }
      cells[r] += r * columns;
    }
    return new TargetCells(scope.ints(cells, cells.length));
  }

  /** The elements in the cells, {@code [n]}. */
  Tensor pick(TensorScope scope, Tensor a) {
    Tensor column = scope.reshape(a, a.size(), 1);
    return scope.reshape(scope.gatherRows(column, cells), cells.size());
  }

  /** Subtracts {@code values[n, 1]} from the elements in the cells. */
  void subtract(TensorScope scope, Tensor values, Tensor out) {
    add(scope, scope.affine(values, -1f, 0f), out);
  }

  /** Adds {@code values[n, 1]} to the elements in the cells. */
  void add(TensorScope scope, Tensor values, Tensor out) {
    scope.scatterAddRows(values, cells, scope.reshape(out, out.size(), 1));
  }
}

package org.seqgan.api.operation;

import java.util.List;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Operation;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * One step of an {@link Lstm} for n sequences, in place; the result is h.
 *
 * @param inputTable {@code [V, 4H]}: for every token its embedding times W, plus b
 * @param ids {@code [n]}: the tokens read in this step
 * @param recurrentWeights U, {@code [H, 4H]}
 * @param h {@code [n, H]}, overwritten by the new hidden state
 * @param c {@code [n, H]}, overwritten by the new cell state
 */
public record LstmStep(
    Tensor inputTable, IntTensor ids, Tensor recurrentWeights, Tensor h, Tensor c)
    implements Operation<Tensor> {
  @Override
  public List<Storage> operands() {
    return List.of(inputTable, ids, recurrentWeights, h, c);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.rank(h, 2);
    int hidden = h.dim(1);
    shapes.require(
        inputTable.rank() == 2
            && inputTable.dim(1) == 4 * hidden
            && recurrentWeights.hasShape(hidden, 4 * hidden)
            && ids.hasShape(h.dim(0))
            && c.hasShape(h.shape()),
        "table[V, 4H] is %s, ids[n] %s, U[H, 4H] %s, h[n, H] %s, c[n, H] %s",
        inputTable,
        ids,
        recurrentWeights,
        h,
        c);
  }

  @Override
  public Tensor compose(TensorScope scope) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor sums = temporary.gatherRows(inputTable, ids);
      temporary.addMatmul(h, false, recurrentWeights, false, sums);
      Lstm.Cell cell = Lstm.Cell.of(temporary, sums, c);
      temporary.copy(cell.state(), c);
      temporary.copy(cell.hidden(temporary), h);
      return h;
    }
  }
}

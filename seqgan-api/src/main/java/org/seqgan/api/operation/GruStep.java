package org.seqgan.api.operation;

import java.util.List;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Operation;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * One step of a {@link Gru} for n sequences, in place; the result is h.
 *
 * @param inputTable {@code [V, 3H]}: for every token its embedding times W, plus b
 * @param ids {@code [n]}: the tokens read in this step
 * @param recurrentWeights U, {@code [H, 3H]}
 * @param candidateBias c, {@code [H]}
 * @param h {@code [n, H]}, overwritten by the new hidden state
 */
public record GruStep(
    Tensor inputTable, IntTensor ids, Tensor recurrentWeights, Tensor candidateBias, Tensor h)
    implements Operation<Tensor> {
  @Override
  public List<Storage> operands() {
    return List.of(inputTable, ids, recurrentWeights, candidateBias, h);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.rank(h, 2);
    int hidden = h.dim(1);
    shapes.require(
        inputTable.rank() == 2
            && inputTable.dim(1) == 3 * hidden
            && recurrentWeights.hasShape(hidden, 3 * hidden)
            && candidateBias.hasShape(hidden)
            && ids.hasShape(h.dim(0)),
        "table[V, 3H] is %s, ids[n] %s, U[H, 3H] %s, c[H] %s, h[n, H] %s",
        inputTable,
        ids,
        recurrentWeights,
        candidateBias,
        h);
  }

  @Override
  public Tensor compose(TensorScope scope) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor inputs = temporary.gatherRows(inputTable, ids);
      Gru.Cell cell = Gru.Cell.of(temporary, inputs, recurrentWeights, candidateBias, h);
      temporary.copy(cell.hidden(temporary, h), h);
      return h;
    }
  }
}

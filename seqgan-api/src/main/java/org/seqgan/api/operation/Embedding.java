package org.seqgan.api.operation;

import java.util.List;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * Rows of a table: {@code y[i] = table[ids[i]]}; a row's gradient is the sum, in the order of i, of
 * those of its uses.
 *
 * @param table {@code [V, E]}
 * @param ids {@code [...]}, each 0 to V-1; the result is {@code [..., E]}
 */
public record Embedding(Tensor table, IntTensor ids) implements Differentiable {
  @Override
  public List<Tensor> inputs() {
    return List.of(table);
  }

  @Override
  public List<Storage> operands() {
    return List.of(table, ids);
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.rank(table, 2);
  }

  @Override
  public Forward compose(TensorScope scope) {
    return Forward.of(scope.gatherRows(table, ids));
  }

  @Override
  public List<Tensor> composeGradients(TensorScope scope, Forward forward, Tensor dOutput) {
    Tensor dTable = scope.zeros(table.shape());
    scope.scatterAddRows(dOutput, ids, dTable);
    return List.of(dTable);
  }
}

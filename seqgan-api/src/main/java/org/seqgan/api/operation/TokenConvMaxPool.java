package org.seqgan.api.operation;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Operation;
import org.seqgan.api.backend.ShapeCheck;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * {@link ConvMaxPool} of tokens, for inference: {@code x[b, t] = table[ids[b, t]]}. A backend may
 * use that a token's product with a filter is the same wherever the token stands; its result is
 * that of the composition up to the order of sums.
 *
 * @param table {@code [V, E]}
 * @param ids {@code [B, T]}; what stands at and after a sequence's length does not count
 * @param bank filters, of any widths up to T
 * @param lengths {@code [B]}, 1..T; the result is {@code [B, F1 + F2 + ...]}
 */
public record TokenConvMaxPool(
    Tensor table, IntTensor ids, List<ConvMaxPool.Filters> bank, IntTensor lengths)
    implements Operation<Tensor> {
  /** Copies the list. */
  public TokenConvMaxPool {
    bank = List.copyOf(bank);
  }

  @Override
  public List<Storage> operands() {
    List<Storage> operands = new ArrayList<>(List.of(table, ids, lengths));
    bank.forEach(filters -> operands.addAll(List.of(filters.weights(), filters.bias())));
    return operands;
  }

  @Override
  public void check(ShapeCheck shapes) {
    shapes.rank(table, 2);
    shapes.rank(ids, 2);
    ConvMaxPool.check(shapes, bank, lengths, ids.dim(0), ids.dim(1), table.dim(1));
  }

  @Override
  public Tensor compose(TensorScope scope) {
    try (TensorScope temporary = scope.backend().openScope()) {
      Tensor x = temporary.gatherRows(table, ids); // (batch, time, embedding)
      Tensor pooled = temporary.run(new ConvMaxPool(x, bank, lengths)).output();
      return scope.affine(pooled, 1f, 0f);
    }
  }
}

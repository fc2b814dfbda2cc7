package org.seqgan.backend.cuda;

import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.TokenConvMaxPool;

/** {@code tokenConvMaxPool}: the convolution reads the rows of the table where it needs them. */
final class TokenConvolution implements Fused<TokenConvMaxPool, Tensor> {
  private final Engine engine;

  TokenConvolution(Engine engine) {
    this.engine = engine;
  }

  private static FilterBank bank(TokenConvMaxPool operation) {
    return new FilterBank(operation.bank(), operation.table().dim(1));
  }

  @Override
  public boolean fits(TokenConvMaxPool operation) {
    return bank(operation).fits();
  }

  @Override
  public Tensor run(TensorScope scope, TokenConvMaxPool operation) {
    FilterBank bank = bank(operation);
    Tensor out = scope.allocate(operation.ids().dim(0), bank.columns());
    bank.pool(
        engine,
        operation.table(),
        operation.ids(),
        operation.ids().dim(1),
        operation.lengths(),
        out,
        null);
    return out;
  }
}

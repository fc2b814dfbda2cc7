package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.TokenLogProbabilities;

/** {@code tokenLogProbabilities}: one launch, in which logits are made, summed and forgotten. */
final class TokenProbabilities implements Fused<TokenLogProbabilities, Tensor> {
  private final Engine engine;

  TokenProbabilities(Engine engine) {
    this.engine = engine;
  }

  private static HiddenStates states(TokenLogProbabilities operation) {
    return new HiddenStates(operation.h(), operation.weights(), operation.bias());
  }

  @Override
  public boolean fits(TokenLogProbabilities operation) {
    return states(operation).fit();
  }

  @Override
  public Tensor run(TensorScope scope, TokenLogProbabilities operation) {
    Tensor out = scope.allocate(operation.h().dim(0));
    states(operation)
        .launch(engine, "token_log_probabilities")
        .with(address(operation.targets()))
        .with(address(out))
        .with(Checked.TOKEN_LOG_PROBABILITIES.code())
        .with(engine.session().faultAddress())
        .run();
    return out;
  }
}

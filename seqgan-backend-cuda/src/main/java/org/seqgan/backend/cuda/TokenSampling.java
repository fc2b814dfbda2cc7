package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.SampleTokens;

/**
 * {@code sampleTokens} over the whole vocabulary: one launch, in which logits are made, summed and
 * forgotten. Draws the tokens that the composition draws, but where the draw is so near to the
 * boundary of two that rounding decides.
 */
final class TokenSampling implements Fused<SampleTokens, IntTensor> {
  private final Engine engine;

  TokenSampling(Engine engine) {
    this.engine = engine;
  }

  private static HiddenStates states(SampleTokens operation) {
    return new HiddenStates(operation.h(), operation.weights(), operation.bias());
  }

  @Override
  public boolean fits(SampleTokens operation) {
    return operation.decoding().wholeVocabulary() && states(operation).fit();
  }

  @Override
  public IntTensor run(TensorScope scope, SampleTokens operation) {
    Engine.with(
            states(operation)
                .launch(engine, "sample_tokens")
                .with(1f / operation.decoding().temperature()),
            operation.draws())
        .with(operation.which().map(DeviceMemory::address).orElse(0L))
        .with(address(operation.out()))
        .run();
    return operation.out();
  }
}

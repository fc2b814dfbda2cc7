package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import org.jspecify.annotations.Nullable;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;

/**
 * The negative log-likelihood of a target for each row of logits, and its derivative by them, in
 * one pass: {@code losses.cu}.
 */
final class CrossEntropy {
  private final Engine engine;
  private final Checked operation;

  /**
   * For one operation.
   *
   * @param operation which to name where a target is no column
   */
  CrossEntropy(Engine engine, Checked operation) {
    this.engine = engine;
    this.operation = operation;
  }

  /** Rows that all weigh the same. */
  void ofRows(Tensor logits, IntTensor targets, float weight, Tensor losses, Tensor dLogits) {
    launch(logits, targets, null, weight, losses, dLogits);
  }

  /**
   * Rows with a weight each.
   *
   * @param logits {@code [n, V]}; overwritten by the derivatives
   * @param targets {@code [n]}
   * @param weights {@code [n]}
   * @param losses {@code [n]}: each row's weight times its loss
   */
  void ofWeightedRows(Tensor logits, IntTensor targets, Tensor weights, Tensor losses) {
    launch(logits, targets, weights, 0f, losses, logits);
  }

  private void launch(
      Tensor logits,
      IntTensor targets,
      @Nullable Tensor weights,
      float weight,
      Tensor losses,
      Tensor dLogits) {
    engine
        .launchRows("cross_entropy_rows", logits.dim(0), logits.dim(1), logits)
        .with(address(logits))
        .with(logits.dim(1))
        .with(address(targets))
        .with(weights == null ? 0L : address(weights))
        .with(weight)
        .with(address(losses))
        .with(address(dLogits))
        .with(operation.code())
        .with(engine.session().faultAddress())
        .run();
  }
}

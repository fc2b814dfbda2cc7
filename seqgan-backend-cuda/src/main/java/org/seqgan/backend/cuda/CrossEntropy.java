package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import org.jspecify.annotations.Nullable;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;

/**
 * The negative log-likelihood of a target for each row of logits, and its derivative by them, in
 * one pass: {@code losses.cu}.
 */
final class CrossEntropy {
  /** Up to so many classes a thread can do a row. */
  private static final int MOST_LABELS = 32;

  private static final int MOST_THREADS = 1024; // as in the kernel

  private final Engine engine;
  private final Reductions reductions;
  private final Checked operation;

  /**
   * For one operation.
   *
   * @param operation which to name where a target is no column
   */
  CrossEntropy(Engine engine, Checked operation) {
    this.engine = engine;
    this.reductions = new Reductions(engine);
    this.operation = operation;
  }

  /**
   * Rows that all weigh the same.
   *
   * @param scope for temporaries
   * @param loss {@code [1]}: the sum of the rows' losses times the weight
   * @param dLogits {@code [n, C]}
   */
  void ofRows(
      TensorScope scope,
      Tensor logits,
      IntTensor targets,
      float weight,
      Tensor loss,
      Tensor dLogits) {
    if (logits.dim(1) > MOST_LABELS) {
      Tensor losses = scope.allocate(logits.dim(0));
      launch(logits, targets, null, weight, losses, dLogits);
      reductions.reduce(Reduction.SUM, losses, 0, loss);
    } else {
      engine
          .launch("cross_entropy_labels", logits)
          .grid(1)
          .block(threadsFor(logits.dim(0)))
          .with(address(logits))
          .with(logits.dim(0))
          .with(logits.dim(1))
          .with(address(targets))
          .with(weight)
          .with(address(loss))
          .with(address(dLogits))
          .with(operation.code())
          .with(engine.session().faultAddress())
          .run();
    }
  }

  /** Whole warps, one at least. */
  private static int threadsFor(int rows) {
    return Math.max(1, Engine.ceil(Math.min(rows, MOST_THREADS), Engine.WARP)) * Engine.WARP;
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

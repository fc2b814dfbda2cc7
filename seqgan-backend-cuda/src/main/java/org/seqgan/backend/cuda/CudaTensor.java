package org.seqgan.backend.cuda;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.backend.Tensor;

/** Float32 numbers in the device's memory. */
final class CudaTensor extends Tensor {
  private final DeviceMemory memory;
  private @Nullable DeferredProduct deferred;

  /** A tensor with memory of its own. */
  CudaTensor(MemoryPool pool, int... shape) {
    super(shape);
    this.memory = DeviceMemory.holding(pool.take(size()));
  }

  /** A view. */
  CudaTensor(DeviceMemory memory, int... shape) {
    super(shape);
    this.memory = memory;
  }

  /** Where its numbers are; has them computed if they are not there yet. */
  DeviceMemory memory() {
    DeferredProduct due = deferred;
    if (due != null) {
      deferred = null;
      due.write();
    }
    return memory;
  }

  /** Where its numbers are or will be. */
  DeviceMemory place() {
    return memory;
  }

  /** Says what the numbers are, to be computed when somebody asks for them. */
  void defer(DeferredProduct product) {
    deferred = product;
  }

  /** What the numbers are, if they have not been computed. */
  Optional<DeferredProduct> deferred() {
    return Optional.ofNullable(deferred);
  }
}

package org.seqgan.backend.dl4j;

import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.random.RandomStream;

/** Random inputs of tests; the same seed gives the same inputs to every backend. */
final class RandomTensors {
  private final TensorScope scope;
  private final RandomStream random;

  RandomTensors(TensorScope scope, long seed) {
    this.scope = scope;
    this.random = RandomStream.of(seed);
  }

  /** Uniform in [-1, 1). */
  Tensor tensor(int... shape) {
    return tensor(1f, shape);
  }

  /** Uniform in [-scale, scale). */
  Tensor tensor(float scale, int... shape) {
    Tensor tensor = scope.allocate(shape);
    float[] values = new float[tensor.size()];
    random.draws(values.length).fill(values, 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = (2 * values[i] - 1) * scale;
    }
    scope.write(values, tensor);
    return tensor;
  }

  /** Uniform in {@code from..to}, both inclusive. */
  IntTensor ints(int from, int to, int count) {
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = from + random.nextInt(to - from + 1);
    }
    return scope.ints(values, count);
  }

  RandomStream random() {
    return random;
  }
}

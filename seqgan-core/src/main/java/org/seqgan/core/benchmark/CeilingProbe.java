package org.seqgan.core.benchmark;

import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.random.RandomStream;

/** Measures what a backend reaches at best. One thread at a time. */
final class CeilingProbe {
  private static final int PRODUCT_SIZE = 1_536;
  private static final int REPEATS = 40;

  /** So many numbers fit no cache. */
  private static final int COPIED = 1 << 24;

  private final TensorBackend backend;
  private final RandomStream random;
  private final Stopwatch brief;

  CeilingProbe(TensorBackend backend, RandomStream random, Stopwatch stopwatch) {
    this.backend = backend;
    this.random = random;
    this.brief =
        new Stopwatch(0, Math.min(0.5, stopwatch.seconds()), 1, REPEATS, stopwatch.mostTogether());
  }

  Ceilings measure() {
    return new Ceilings(productGigaflops(), copyGigabytes());
  }

  private double productGigaflops() {
    double operations = 2.0 * PRODUCT_SIZE * PRODUCT_SIZE * PRODUCT_SIZE;
    try (TensorScope scope = backend.openScope()) {
      Tensor a = operand(scope);
      Tensor b = operand(scope);
      Tensor row = scope.zeros(1, PRODUCT_SIZE);
      double seconds =
          least(
              scope,
              row,
              () -> {
                try (TensorScope temporary = backend.openScope()) {
                  Tensor product = temporary.matmul(a, false, b, false);
                  temporary.copy(temporary.rows(product, 0, 1), row);
                }
              });
      return operations / seconds / 1e9;
    }
  }

  /** The better of both: a CPU may copy on one thread, and scale on all. */
  private double copyGigabytes() {
    double bytes = 2.0 * COPIED * Float.BYTES;
    try (TensorScope scope = backend.openScope()) {
      Tensor from = scope.zeros(COPIED);
      Tensor to = scope.zeros(COPIED);
      Tensor start = scope.rows(to, 0, 1);
      double copying = least(scope, start, () -> scope.copy(from, to));
      double scaling = least(scope, start, () -> scope.affineInPlace(to, 1, 0));
      return bytes / Math.min(copying, scaling) / 1e9;
    }
  }

  /** The shortest time of an operation, of many that are waited for by a look at a result. */
  private double least(TensorScope scope, Tensor result, Runnable operation) {
    return brief
        .time(
            "ceiling",
            new Cost(0, 0, 0),
            Work.TOGETHER,
            count -> {
              for (int i = 0; i < count; i++) {
                operation.run();
              }
              scope.read(result);
            })
        .minSeconds();
  }

  private Tensor operand(TensorScope scope) {
    Tensor numbers = scope.uniform(random.draws(PRODUCT_SIZE * PRODUCT_SIZE));
    return scope.reshape(numbers, PRODUCT_SIZE, PRODUCT_SIZE);
  }
}

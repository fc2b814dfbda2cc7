package org.seqgan.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.model.Model;
import org.seqgan.api.model.OptimizerOptions;

/** The optimiser that a contract offers to the models it asks for. Not thread-safe. */
final class OfferedOptimizer {
  /**
   * The first step of Adam with step size 1, no decay and 1 for epsilon is {@code p - g / (|g| +
   * 1)}: from how far a parameter moved, its gradient can be read, to the last bits of a float32.
   */
  private static final OptimizerOptions READABLE = new OptimizerOptions(1f, 0f, 0f, 1f, 0f);

  private final OptimizerOptions usual;
  private boolean readable;
  private boolean taken;

  OfferedOptimizer(OptimizerOptions usual) {
    this.usual = usual;
  }

  /** What the model that is being made is to be trained by. */
  OptimizerOptions take() {
    taken = true;
    return readable ? READABLE : usual;
  }

  /** What a loss of somebody's own is to be trained by. */
  OptimizerOptions plain() {
    return usual;
  }

  /** Makes a model from whose first step gradients can be read, if it takes what it is offered. */
  <M extends Model> M readable(Supplier<M> maker) {
    readable = true;
    taken = false;
    try {
      return maker.get();
    } finally {
      readable = false;
    }
  }

  /**
   * The gradient that a first step has followed, array by array.
   *
   * @return empty where the model last made readable has an optimiser of its own
   */
  Optional<Map<String, double[]>> gradient(NamedArrays before, NamedArrays after) {
    if (!taken) {
      return Optional.empty();
    }
    Map<String, double[]> gradient = new LinkedHashMap<>();
    before
        .arrays()
        .forEach(
            (name, array) -> {
              float[] moved = after.get(name).values();
              double[] elements = new double[moved.length];
              for (int i = 0; i < elements.length; i++) {
                double step = (double) array.values()[i] - moved[i];
                elements[i] = step / Math.max(0, 1 - Math.abs(step));
              }
              gradient.put(name, elements);
            });
    return Optional.of(gradient);
  }
}

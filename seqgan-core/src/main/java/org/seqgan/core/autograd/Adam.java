package org.seqgan.core.autograd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.api.backend.Reading;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.operation.AdamStep;

/**
 * Adam for the parameters of one model and one objective: its moments and its count of steps. A
 * model that is trained for two objectives, as a generator is by likelihood and by policy gradient,
 * has two of them. One thread at a time.
 */
public final class Adam implements AutoCloseable {
  private static final String STEPS = "steps";
  // A float32 holds whole numbers exactly up to here; the step count is stored as a high and a low
  // part.
  private static final long STEP_RADIX = 1L << 24;

  private final TensorScope scope;
  private final ParameterSet parameters;
  private final OptimizerOptions options;
  private final Map<String, Tensor> firstMoments = new LinkedHashMap<>();
  private final Map<String, Tensor> secondMoments = new LinkedHashMap<>();
  private long steps;

  /** An optimiser before its first step. */
  public Adam(TensorBackend backend, ParameterSet parameters, OptimizerOptions options) {
    this.scope = backend.openScope();
    this.parameters = parameters;
    this.options = options;
  }

  /** How many steps it has made. */
  public long steps() {
    return steps;
  }

  /**
   * One clipped step; every parameter needs a gradient.
   *
   * @return the norm of all gradients before clipping
   */
  public Reading step(Map<String, Tensor> gradients) {
    return step(gradients, Set.of(), 0);
  }

  /**
   * The same where the loss has a penalty {@code lambda sum(p^2) / 2} for some parameters.
   *
   * @param penalised their names
   * @param l2 lambda
   */
  public Reading step(Map<String, Tensor> gradients, Set<String> penalised, float l2) {
    List<AdamStep.Slot> slots = new ArrayList<>();
    for (String name : parameters.names()) {
      slots.add(
          new AdamStep.Slot(
              parameters.get(name),
              gradients.get(name),
              moment(firstMoments, name),
              moment(secondMoments, name),
              penalised.contains(name) ? l2 : 0));
    }
    steps++;
    try (TensorScope temporary = scope.backend().openScope()) {
      return temporary.readLater(temporary.run(new AdamStep(slots, options.settings(), steps)));
    }
  }

  /** Made at the first step, so that a model that is only sampled from never pays for moments. */
  private Tensor moment(Map<String, Tensor> moments, String name) {
    return moments.computeIfAbsent(name, n -> scope.zeros(parameters.get(n).shape()));
  }

  /** A copy of the moments and the count of steps, each name after a prefix. */
  public Map<String, FloatArray> state(String prefix) {
    Map<String, FloatArray> state = new LinkedHashMap<>();
    ParameterSet.copy(scope, firstMoments)
        .arrays()
        .forEach((name, array) -> state.put(prefix + "m." + name, array));
    ParameterSet.copy(scope, secondMoments)
        .arrays()
        .forEach((name, array) -> state.put(prefix + "v." + name, array));
    float[] count = {steps / STEP_RADIX, steps % STEP_RADIX};
    state.put(prefix + STEPS, new FloatArray(new int[] {2}, count));
    return state;
  }

  /** Restores what {@link #state} gave. */
  public void setState(String prefix, NamedArrays state) {
    float[] count = state.get(prefix + STEPS).values();
    steps = (long) count[0] * STEP_RADIX + (long) count[1];
    if (steps > 0) {
      for (String name : parameters.names()) {
        scope.write(state.get(prefix + "m." + name).values(), moment(firstMoments, name));
        scope.write(state.get(prefix + "v." + name).values(), moment(secondMoments, name));
      }
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}

package org.seqgan.core.autograd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.AdamSlot;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.random.RandomStream;

/**
 * The parameters of one model with Adam's moments, in a scope of their own. Parameters start from
 * streams of their own names, so that adding one leaves the others as they were. One thread at a
 * time.
 */
public final class ParameterSet implements AutoCloseable {
  private static final String STEPS = "adam.steps";
  // A float32 holds whole numbers exactly up to here; the step count is stored as a high and a low
  // part.
  private static final long STEP_RADIX = 1L << 24;

  private final TensorScope scope;
  private final Map<String, Tensor> values = new LinkedHashMap<>();
  private final Map<String, Tensor> firstMoments = new LinkedHashMap<>();
  private final Map<String, Tensor> secondMoments = new LinkedHashMap<>();
  private long steps;

  /** Parameters with their initial values. */
  public ParameterSet(
      TensorBackend backend, List<ParameterSpec> specs, RandomStream initialisation) {
    scope = backend.openScope();
    for (ParameterSpec spec : specs) {
      int[] shape = spec.shape().stream().mapToInt(Integer::intValue).toArray();
      float[] initial = InitialValues.draw(spec, initialisation.split(spec.name()));
      if (values.put(spec.name(), scope.tensor(initial, shape)) != null) {
        throw new IllegalArgumentException("parameter '" + spec.name() + "' is declared twice");
      }
    }
  }

  /** The value of a parameter. */
  public Tensor get(String name) {
    Tensor value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no parameter '" + name + "' among " + values.keySet());
    }
    return value;
  }

  /** How many steps of training the parameters have had. */
  public long steps() {
    return steps;
  }

  /**
   * One clipped Adam step; every parameter needs a gradient. Returns the norm of all gradients
   * before clipping.
   */
  public double adamStep(Map<String, Tensor> gradients, OptimizerOptions optimizer) {
    if (firstMoments.isEmpty()) {
      // Models that are only sampled from, such as the roll-out policy, never pay for moments.
      values.forEach((name, value) -> firstMoments.put(name, scope.zeros(value.shape())));
      values.forEach((name, value) -> secondMoments.put(name, scope.zeros(value.shape())));
    }
    List<AdamSlot> slots = new ArrayList<>();
    values.forEach(
        (name, value) ->
            slots.add(
                new AdamSlot(
                    value, gradients.get(name), firstMoments.get(name), secondMoments.get(name))));
    steps++;
    try (TensorScope temporary = scope.backend().openScope()) {
      return temporary.read(temporary.adam(slots, optimizer.settings(), steps))[0];
    }
  }

  /** {@code p = (1 - fraction) p + fraction other}. */
  public void moveTowards(ParameterSet other, float fraction) {
    values.forEach(
        (name, value) -> {
          if (fraction == 1f) {
            scope.copy(other.get(name), value);
          } else {
            scope.affineInPlace(value, 1 - fraction, 0);
            scope.addScaled(other.get(name), fraction, value);
          }
        });
  }

  /** A copy of all values. */
  public NamedArrays values() {
    return copy(values);
  }

  /**
   * Overwrites all values; a name or shape that does not fit is an error, and then nothing has
   * changed.
   */
  public void setValues(NamedArrays arrays) {
    requireSame(values, arrays, "parameter");
    values.forEach((name, value) -> scope.write(arrays.get(name).values(), value));
  }

  /** Adam's moments and step count; empty before the first step. */
  public NamedArrays optimizerState() {
    Map<String, FloatArray> state = new LinkedHashMap<>();
    copy(firstMoments).arrays().forEach((name, array) -> state.put("m." + name, array));
    copy(secondMoments).arrays().forEach((name, array) -> state.put("v." + name, array));
    float[] count = {steps / STEP_RADIX, steps % STEP_RADIX};
    state.put(STEPS, new FloatArray(new int[] {2}, count));
    return new NamedArrays(state);
  }

  /** Restores what {@link #optimizerState()} gave. */
  public void setOptimizerState(NamedArrays state) {
    float[] count = state.get(STEPS).values();
    steps = (long) count[0] * STEP_RADIX + (long) count[1];
    if (steps > 0) {
      values.forEach(
          (name, value) -> {
            Tensor first = firstMoments.computeIfAbsent(name, n -> scope.allocate(value.shape()));
            Tensor second = secondMoments.computeIfAbsent(name, n -> scope.allocate(value.shape()));
            scope.write(state.get("m." + name).values(), first);
            scope.write(state.get("v." + name).values(), second);
          });
    }
  }

  private NamedArrays copy(Map<String, Tensor> tensors) {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    tensors.forEach(
        (name, value) -> arrays.put(name, new FloatArray(value.shape(), scope.read(value))));
    return new NamedArrays(arrays);
  }

  private static void requireSame(Map<String, Tensor> expected, NamedArrays found, String what) {
    expected.forEach(
        (name, value) -> {
          FloatArray array = found.arrays().get(name);
          if (array == null) {
            throw new UserException(
                UserException.Kind.DATA,
                "expected " + what + " '" + name + "' " + value + ", found only " + found.names());
          }
          if (!Arrays.equals(array.shape(), value.shape())) {
            throw new UserException(
                UserException.Kind.DATA,
                what
                    + " '"
                    + name
                    + "' has shape "
                    + Arrays.toString(array.shape())
                    + ", but the model's is "
                    + value
                    + ": vocabulary, embedding and hidden sizes must be those it was saved with");
          }
        });
    for (String name : found.names()) {
      if (!expected.containsKey(name)) {
        throw new UserException(
            UserException.Kind.DATA,
            "unknown " + what + " '" + name + "', the model has " + expected.keySet());
      }
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}

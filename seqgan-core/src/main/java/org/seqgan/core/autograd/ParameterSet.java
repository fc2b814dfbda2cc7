package org.seqgan.core.autograd;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.random.RandomStream;

/**
 * The parameters of one model in a scope of their own. Parameters start from streams of their own
 * names, so that adding one leaves the others as they were. One thread at a time.
 */
public final class ParameterSet implements AutoCloseable {
  private final TensorScope scope;
  private final Map<String, Tensor> values = new LinkedHashMap<>();

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

  /** The names, in order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
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
    return copy(scope, values);
  }

  /**
   * Overwrites all values; a name or shape that does not fit is an error, and then nothing has
   * changed.
   */
  public void setValues(NamedArrays arrays) {
    requireSame(values, arrays, "parameter");
    values.forEach((name, value) -> scope.write(arrays.get(name).values(), value));
  }

  static NamedArrays copy(TensorScope scope, Map<String, Tensor> tensors) {
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

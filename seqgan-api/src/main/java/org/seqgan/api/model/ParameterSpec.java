package org.seqgan.api.model;

import java.util.List;
import org.seqgan.api.UserException;
import org.seqgan.api.data.ArraySize;

/**
 * A parameter that a model declares.
 *
 * @param name unique in the model; parts are joined by dots ({@code lstm.W})
 * @param shape the sizes of its axes; their product is at most {@link #MOST_NUMBERS}
 * @param initializer how it starts
 */
public record ParameterSpec(String name, List<Integer> shape, Initializer initializer) {
  /** The most numbers of one parameter: 2 GiB of float32, what a buffer of Java can address. */
  public static final int MOST_NUMBERS = Integer.MAX_VALUE / Float.BYTES;

  /**
   * Checks the size, in long arithmetic.
   *
   * @throws UserException (configuration) if no buffer holds it
   */
  public ParameterSpec {
    shape = List.copyOf(shape);
    long size = size(shape);
    if (size > MOST_NUMBERS) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "parameter '%s' %s of a model would have %,d numbers, expected at most %,d; lower the options that make its sizes"
              .formatted(name, shape, size, MOST_NUMBERS));
    }
  }

  /** A parameter of the given shape. */
  public static ParameterSpec of(String name, Initializer initializer, int... shape) {
    return new ParameterSpec(name, java.util.Arrays.stream(shape).boxed().toList(), initializer);
  }

  /** How many numbers it has. */
  public long size() {
    return size(shape);
  }

  private static long size(List<Integer> shape) {
    return ArraySize.times(shape.stream().mapToLong(Integer::longValue).toArray());
  }
}

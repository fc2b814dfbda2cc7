package org.seqgan.api.model;

import java.util.List;

/**
 * A parameter that a model declares.
 *
 * @param name unique in the model; parts are joined by dots ({@code lstm.W})
 * @param shape the sizes of its axes
 * @param initializer how it starts
 */
public record ParameterSpec(String name, List<Integer> shape, Initializer initializer) {
  /** A parameter of the given shape. */
  public static ParameterSpec of(String name, Initializer initializer, int... shape) {
    return new ParameterSpec(name, java.util.Arrays.stream(shape).boxed().toList(), initializer);
  }
}

package org.seqgan.api.model;

/** How a parameter starts. */
public sealed interface Initializer {
  /** All elements equal. */
  record Constant(float value) implements Initializer {}

  /** Uniform in [low, high). */
  record Uniform(float low, float high) implements Initializer {}

  /** Normal with mean 0. */
  record Normal(float standardDeviation) implements Initializer {}

  /**
   * Normal with mean 0, drawn again where it is more than two standard deviations away, as
   * TensorFlow's models have it.
   */
  record TruncatedNormal(float standardDeviation) implements Initializer {}
}

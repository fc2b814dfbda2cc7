package org.seqgan.api.backend;

/** The function that follows a linear map. */
public enum Activation {
  /** X. */
  IDENTITY,
  /** Max(x, 0). */
  RELU,
  /** The hyperbolic tangent. */
  TANH,
  /** 1 / (1 + e^-x). */
  SIGMOID
}

package org.seqgan.api.backend;

/** An element-wise function of one tensor. */
public enum UnaryOperation {
  /** E^x. */
  EXP,
  /** The natural logarithm. */
  LOG,
  /** The hyperbolic tangent. */
  TANH,
  /** 1 / (1 + e^-x). */
  SIGMOID,
  /** Max(x, 0). */
  RELU,
  /** The square root. */
  SQRT,
  /** X * x. */
  SQUARE
}

package org.seqgan.api.backend;

/** An element-wise function of two tensors. */
public enum BinaryOperation {
  /** A + b. */
  ADD,
  /** A - b. */
  SUBTRACT,
  /** A * b. */
  MULTIPLY,
  /** A / b. */
  DIVIDE,
  /** The larger of a and b. */
  MAX,
  /** 1 where a is less than b, else 0. */
  LESS
}

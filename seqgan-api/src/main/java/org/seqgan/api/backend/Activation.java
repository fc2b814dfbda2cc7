package org.seqgan.api.backend;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The function that follows a linear map. */
public enum Activation {
  /** X. */
  IDENTITY(null),
  /** Max(x, 0). */
  RELU(UnaryOperation.RELU),
  /** The hyperbolic tangent. */
  TANH(UnaryOperation.TANH),
  /** 1 / (1 + e^-x). */
  SIGMOID(UnaryOperation.SIGMOID);

  private final @Nullable UnaryOperation function;

  Activation(@Nullable UnaryOperation function) {
    this.function = function;
  }

  /** The function; empty for the identity. */
  public Optional<UnaryOperation> function() {
    return Optional.ofNullable(function);
  }
}

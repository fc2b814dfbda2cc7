package org.seqgan.api.autograd;

import org.seqgan.api.backend.Tensor;

/**
 * A value on a {@link Tape}: a parameter, an input, or the result of an operation. Lives as long as
 * its tape's scope.
 */
public interface Variable {
  /** Its value. */
  Tensor value();
}

package org.seqgan.core.training;

import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;
import org.seqgan.core.checked.NonFiniteParametersException;
import org.seqgan.core.event.Phase;

/** A loss or a model that is no number any more. The last checkpoint is from before it. */
public final class DivergedException extends UserException {
  DivergedException(String name, double value, Phase phase, int step) {
    this(name + " became " + value, phase, step, null);
  }

  DivergedException(NonFiniteParametersException cause, Phase phase, int step) {
    this(cause.found(), phase, step, cause);
  }

  private DivergedException(String found, Phase phase, int step, @Nullable Throwable cause) {
    super(
        Kind.CONFIGURATION,
        found
            + " in "
            + phase.label()
            + " step "
            + step
            + ": training has diverged; lower the learning rate or set a (lower) clip-norm",
        cause);
  }
}

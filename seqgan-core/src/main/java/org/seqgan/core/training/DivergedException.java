package org.seqgan.core.training;

import org.seqgan.api.UserException;
import org.seqgan.core.event.Phase;

/** A loss that is no number any more. The last checkpoint is from before it. */
public final class DivergedException extends UserException {
  DivergedException(String name, double value, Phase phase, int step) {
    super(
        Kind.CONFIGURATION,
        name
            + " became "
            + value
            + " in "
            + phase.label()
            + " step "
            + step
            + ": training has diverged; lower the learning rate or set a clip-norm");
  }
}

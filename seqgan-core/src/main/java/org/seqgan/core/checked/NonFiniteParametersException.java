package org.seqgan.core.checked;

import org.seqgan.api.UserException;

/**
 * A model whose parameters are no finite numbers any more: it is training that has diverged, not
 * the plugin that is wrong.
 */
public final class NonFiniteParametersException extends UserException {
  private static final String ADVICE =
      "training has diverged; lower the learning rate or set a (lower) clip-norm";

  private final String found;

  NonFiniteParametersException(String model, String parameter, float value) {
    this("parameter '%s' of the %s became %s".formatted(parameter, model, value));
  }

  private NonFiniteParametersException(String found) {
    super(Kind.CONFIGURATION, found + ": " + ADVICE);
    this.found = found;
  }

  /** What became what. */
  public String found() {
    return found;
  }
}

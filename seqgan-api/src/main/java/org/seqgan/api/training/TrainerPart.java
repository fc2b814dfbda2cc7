package org.seqgan.api.training;

import java.util.Locale;

/** A section of a configuration that a trainer may use, or not. */
public enum TrainerPart {
  /** The model of generators. */
  GENERATOR,
  /** The model of discriminators. */
  DISCRIMINATOR,
  /** The reward of tokens. */
  REWARD;

  /** The section's name. */
  public String section() {
    return name().toLowerCase(Locale.ROOT);
  }
}

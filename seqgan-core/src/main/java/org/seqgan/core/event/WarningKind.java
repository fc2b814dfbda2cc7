package org.seqgan.core.event;

import java.util.Locale;

/** What training can be warned of; {@code training.stop-on} names them by their labels. */
public enum WarningKind {
  /** A metric gave what it cannot give: not a finite number, or one outside of its range. */
  METRIC_VALUE,
  /** Maximum likelihood makes the data less likely. */
  RISING_LOSS,
  /** The generator writes a few sequences again and again. */
  COLLAPSE,
  /** The norm of a gradient is far above what it was. */
  GRADIENT_NORM,
  /** The discriminator is always right, or says the same of everything. */
  SATURATED_DISCRIMINATOR,
  /** Every token has the same reward. */
  CONSTANT_REWARD,
  /** No figure moves any more. */
  STALLED;

  /** The name in files, on screens and in configurations, such as {@code constant-reward}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

package org.seqgan.core.event;

/** The three parts of Algorithm 1, in order. */
public enum Phase {
  /** The generator learns by maximum likelihood; a step is an epoch over the training data. */
  GENERATOR_PRETRAINING("generator-pretraining"),
  /**
   * The discriminator learns from real and generated sequences; a step is a fresh set of negatives.
   */
  DISCRIMINATOR_PRETRAINING("discriminator-pretraining"),
  /** Both play against each other; a step is a round of g-steps and d-steps. */
  ADVERSARIAL("adversarial");

  private final String label;

  Phase(String label) {
    this.label = label;
  }

  /** The name in files and on screens. */
  public String label() {
    return label;
  }
}

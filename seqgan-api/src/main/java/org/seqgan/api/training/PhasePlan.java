package org.seqgan.api.training;

/**
 * A part of training: so many steps of one kind.
 *
 * @param name a lower-case letter, then lower-case letters, digits and hyphens; the options of the
 *     phase stand in a group of that name, if it has options of its own
 * @param steps how many; 0 for a phase that is left out
 * @param stepsOption the trainer's option that says how many, such as {@code adversarial.rounds}
 * @param evaluated after which steps the generator is measured
 * @param dependsOnSteps whether what a step does depends on how many there are in all, as it does
 *     where a rate decays over the phase: such a phase cannot be made longer once it has begun
 */
public record PhasePlan(
    String name, int steps, String stepsOption, Evaluated evaluated, boolean dependsOnSteps) {
  /**
   * After which steps of a phase the generator is measured. A run is measured before its first
   * step, too.
   */
  public enum Evaluated {
    /** After every so many as {@code evaluation.every-epochs} says, and the last. */
    BY_EPOCHS,
    /** After every so many as {@code evaluation.every-rounds} says, and the last. */
    BY_ROUNDS,
    /** After none, the last included: the phase does not change the generator. */
    NEVER
  }

  /** Checks name and number. */
  public PhasePlan {
    if (!Names.isName(name)) {
      throw new IllegalArgumentException("a phase cannot be named '" + name + "'");
    }
    if (steps < 0) {
      throw new IllegalArgumentException("phase " + name + " has " + steps + " steps");
    }
  }

  /** A phase whose steps do not depend on how many there are. */
  public static PhasePlan of(String name, int steps, String stepsOption, Evaluated evaluated) {
    return new PhasePlan(name, steps, stepsOption, evaluated, false);
  }
}

package org.seqgan.core.event;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A phase of training, as events, files and screens name it. Ordered as training goes.
 *
 * @param order its place among the phases of its trainer, counted from 0
 * @param name its name, as the trainer gave it
 */
public record Phase(int order, String name) implements Comparable<Phase> {
  /** The generator learns by maximum likelihood; a step is an epoch over the training data. */
  public static final Phase GENERATOR_PRETRAINING = new Phase(0, "generator-pretraining");

  /**
   * The discriminator learns from real and generated sequences; a step is a fresh set of negatives.
   */
  public static final Phase DISCRIMINATOR_PRETRAINING = new Phase(1, "discriminator-pretraining");

  /** Both play against each other; a step is a round of g-steps and d-steps. */
  public static final Phase ADVERSARIAL = new Phase(2, "adversarial");

  /** The phases that files have had since before there were others. */
  private static final List<Phase> PLAIN =
      List.of(GENERATOR_PRETRAINING, DISCRIMINATOR_PRETRAINING, ADVERSARIAL);

  private static final Comparator<Phase> ORDER =
      Comparator.comparingInt(Phase::order).thenComparing(Phase::name);
  private static final Pattern NUMBERED = Pattern.compile("(\\d{1,3})-([a-z](?:-?[a-z0-9]+)*)");

  /**
   * The name in files and on screens: that of a phase of Algorithm 1 in its place is its name
   * alone; any other has its number before it, such as {@code 1-mediator}, so that files are in
   * order and a label says where its phase stands.
   */
  public String label() {
    return PLAIN.contains(this) ? name : order + "-" + name;
  }

  /** The phase of a {@link #label()}. */
  public static Optional<Phase> labelled(String label) {
    for (Phase phase : PLAIN) {
      if (phase.name.equals(label)) {
        return Optional.of(phase);
      }
    }
    Matcher numbered = NUMBERED.matcher(label);
    return numbered.matches()
        ? Optional.of(new Phase(Integer.parseInt(numbered.group(1)), numbered.group(2)))
            .filter(phase -> phase.label().equals(label))
        : Optional.empty();
  }

  @Override
  public int compareTo(Phase other) {
    return ORDER.compare(this, other);
  }
}

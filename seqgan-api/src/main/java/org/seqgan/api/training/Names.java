package org.seqgan.api.training;

import java.util.Set;
import java.util.regex.Pattern;

/** The names that a trainer may give to its phases, models and figures. */
public final class Names {
  /** What stands after a model's name in the file of what trains it. */
  public static final String OPTIMIZER = "-optimizer";

  /** Files of a checkpoint that hold what trainer and reward remember. */
  private static final Set<String> TAKEN = Set.of("training", "reward");

  private static final Pattern NAME = Pattern.compile("[a-z](?:-?[a-z0-9]+)*");

  private Names() {}

  /**
   * Whether a text is a name: a lower-case letter, then lower-case letters and digits, with single
   * hyphens between them.
   */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** Whether a model can have a name: no other file of a checkpoint has it. */
  public static boolean isModel(String name) {
    return isName(name) && !name.endsWith(OPTIMIZER) && !TAKEN.contains(name);
  }

  /**
   * Insists that a model can have a name: that it is one, and that no other file of a checkpoint
   * has it.
   */
  public static void requireModel(String name) {
    if (!isModel(name)) {
      throw new IllegalArgumentException("a model cannot be named '" + name + "'");
    }
  }
}

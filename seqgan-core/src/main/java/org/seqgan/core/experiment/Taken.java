package org.seqgan.core.experiment;

import java.util.List;

/**
 * What did not fit where the models of one run took the weights of another's.
 *
 * @param anew models of the new run that the other does not have
 * @param left models of the other that the new run does not have
 */
record Taken(List<String> anew, List<String> left) {
  /** Everything had its like. */
  static final Taken ALL = new Taken(List.of(), List.of());

  /** What is to be added to a line on what is taken; empty where all is. */
  @Override
  public String toString() {
    return part("it has no %s, which begins anew", "it has no %s, which begin anew", anew)
        + part("its %s is not taken", "its %s are not taken", left);
  }

  private static String part(String one, String several, List<String> names) {
    return names.isEmpty()
        ? ""
        : "; " + (names.size() == 1 ? one : several).formatted(String.join(", ", names));
  }
}

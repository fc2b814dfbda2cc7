package org.seqgan.tasks.text;

import java.util.regex.Pattern;

/** Molecules in the notation SMILES, a line each. */
final class Smiles {
  /**
   * A token for each atom, bond, branch and ring closure, by the grammar of the OpenSMILES
   * specification (version 1.0, sections 3 and 4): an atom in brackets is one token; {@code >} is
   * for reactions, {@code ~} for any bond.
   */
  static final String PATTERN =
      "\\[[^\\[\\]]+\\]|Br|Cl|[BCNOPSFI]|[bcnops]|\\*|%[0-9]{2}|%\\([0-9]{1,5}\\)|[0-9]"
          + "|[-=#$:~/\\\\.()>]";

  private static final Pattern LINE =
      Pattern.compile("(?=[A-Za-z*\\[])(?:%s)++".formatted(PATTERN));
  private static final Pattern STRUCTURE = Pattern.compile("[()=#\\[\\]0-9]");
  private static final Pattern CARBON = Pattern.compile("[Cc]");
  private static final double MOST = 0.9;

  private long lines;
  private long molecules;
  private long structured;
  private long organic;

  /** Looks at a line without white space at its ends. */
  void add(String line) {
    lines++;
    if (LINE.matcher(line).matches()) {
      molecules++;
      structured += STRUCTURE.matcher(line).find() ? 1 : 0;
      organic += CARBON.matcher(line).find() ? 1 : 0;
    }
  }

  /**
   * Whether the lines are molecules: all of them are written so, most have carbon, and half of them
   * bonds, branches or rings, which no list of words has.
   */
  boolean areLikely() {
    return lines > 0 && molecules == lines && organic >= MOST * lines && 2 * structured >= lines;
  }
}

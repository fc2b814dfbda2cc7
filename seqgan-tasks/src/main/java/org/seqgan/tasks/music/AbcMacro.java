package org.seqgan.tasks.music;

import java.util.regex.Pattern;

/**
 * A macro {@code m: target = notes} (ABC standard 2.1, section 9), which is not played out.
 *
 * @param target what stands for the notes; an {@code n} in it is any letter of a note
 */
record AbcMacro(String target) {
  private static final String ANY_NOTE = "n";

  static AbcMacro parse(AbcLine line) {
    return new AbcMacro(line.value().split("=", 2)[0].strip());
  }

  /** Whether music has its target, so that notes would be lost. */
  boolean isIn(String music) {
    String pattern = Pattern.quote(target).replace(ANY_NOTE, "\\E[A-Ga-g]\\Q");
    return !target.isEmpty() && Pattern.compile(pattern).matcher(music).find();
  }
}

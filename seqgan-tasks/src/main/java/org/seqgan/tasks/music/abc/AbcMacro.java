package org.seqgan.tasks.music.abc;

import java.util.regex.Pattern;

/**
 * A macro {@code m: target = notes} (ABC standard 2.1, section 9), which is not played out.
 *
 * @param target what stands for the notes; an {@code n} in it is any letter of a note
 * @param uses what finds it in music
 */
record AbcMacro(String target, Pattern uses) {
  private static final String ANY_NOTE = "n";

  static AbcMacro parse(AbcLine line) {
    String target = line.value().split("=", 2)[0].strip();
    String pattern = Pattern.quote(target).replace(ANY_NOTE, "\\E[A-Ga-g]\\Q");
    return new AbcMacro(target, Pattern.compile(pattern));
  }

  /** Whether music has its target, so that notes would be lost. */
  boolean isIn(String music) {
    return !target.isEmpty() && uses.matcher(music).find();
  }
}

package org.seqgan.tasks;

import java.util.Locale;

/** Whether capital letters are told from small ones. */
public enum LetterCase {
  /** Letters stay as they are. */
  KEEP,
  /** All letters become small ones, by the rules of no particular language. */
  LOWER;

  /** The text with such letters. */
  public String apply(String text) {
    return this == LOWER ? text.toLowerCase(Locale.ROOT) : text;
  }
}

package org.seqgan.tasks;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** What both tokenisers do to a text first. */
final class Plain {
  /** Separators, control characters, and two characters that are white space without a width. */
  private static final Pattern SPACE = Pattern.compile("[\\p{Z}\\p{Cc}\\x{200B}\\x{FEFF}]+");

  private static final String SOFT_HYPHEN = "\u00AD";

  private Plain() {}

  /** Normal form C, letters of the case, single spaces, none at the ends, no soft hyphens. */
  static String text(String text, LetterCase letterCase) {
    String visible = text.replace(SOFT_HYPHEN, "");
    String cased = letterCase.apply(Normalizer.normalize(visible, Normalizer.Form.NFC));
    String composed = Normalizer.normalize(cased, Normalizer.Form.NFC);
    return spaced(composed).strip();
  }

  /** Whether a text ends in what is a space there. */
  static boolean endsInSpace(String text) {
    return spaced(text.replace(SOFT_HYPHEN, "")).endsWith(" ");
  }

  private static String spaced(String text) {
    return SPACE.matcher(text).replaceAll(" ");
  }
}

package org.seqgan.tasks;

import java.util.regex.Pattern;

/** Between which tokens a text has no space. */
final class Spacing {
  private static final Pattern OPENS = Pattern.compile("[\\p{Ps}\\p{Pi}\\p{Sc}¿¡/]");

  /** Other punctuation follows a word at once, but for the signs that stand for a word. */
  private static final Pattern CLOSES =
      Pattern.compile("[\\p{Pe}\\p{Pf}/]|\\.\\.\\.|[\\p{Po}&&[^&*@#§¶†‡•·\\\\¿¡]]");

  private static final Pattern UNSPACED =
      Pattern.compile(
          "["
              + WordTokenizer.UNSPACED
              + "\\p{InCJK_Symbols_and_Punctuation}\\p{InHalfwidth_and_Fullwidth_Forms}].*");

  private Spacing() {}

  /** By custom. A slash has no space on either side, so it both opens and closes. */
  static boolean isWrittenWithoutSpace(String left, String right) {
    return OPENS.matcher(left).matches()
        || CLOSES.matcher(right).matches()
        || (UNSPACED.matcher(left).matches() && UNSPACED.matcher(right).matches());
  }
}

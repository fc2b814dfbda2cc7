package org.seqgan.tasks.text;

/** What becomes of a text that has more tokens than a sequence may have. */
public enum Longer {
  /** It is cut into several sequences, after the end of a sentence where there is one near. */
  SPLIT,
  /** It is left out, and counted. */
  LEAVE_OUT,
  /** It is an error that names the line. */
  ERROR
}

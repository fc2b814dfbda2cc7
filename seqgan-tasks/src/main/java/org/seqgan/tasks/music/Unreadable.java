package org.seqgan.tasks.music;

/** What to do about a tune that cannot be read. */
public enum Unreadable {
  /** Leave it out, and name it where the data are described. */
  SKIP,
  /** Stop. */
  FAIL
}

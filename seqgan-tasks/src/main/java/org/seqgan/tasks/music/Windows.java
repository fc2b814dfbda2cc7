package org.seqgan.tasks.music;

/** What of a tune becomes sequences. */
public enum Windows {
  /** Its beginning, one sequence per tune. */
  FIRST,
  /** All of it, cut into sequences that do not overlap; what is left at the end is left out. */
  ALL
}

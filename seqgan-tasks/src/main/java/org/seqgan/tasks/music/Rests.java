package org.seqgan.tasks.music;

/** What a silence becomes. */
public enum Rests {
  /** The pitch before it goes on: every token is a key, as in the paper. */
  HOLD,
  /** Token 0. */
  TOKEN
}

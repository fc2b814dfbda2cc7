package org.seqgan.tasks.speeches;

/** What a sequence is. */
public enum SpeechUnit {
  /** As many whole sentences of a paragraph as fit: the whole paragraph if it does. */
  PASSAGES,
  /** A single sentence. */
  SENTENCES
}

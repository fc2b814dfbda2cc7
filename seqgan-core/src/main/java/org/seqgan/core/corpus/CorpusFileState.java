package org.seqgan.core.corpus;

/** How a file of a corpus stands in the cache. */
public enum CorpusFileState {
  /** It has the right contents. */
  COMPLETE("is complete"),
  /** It is not there. */
  MISSING("is missing"),
  /** It is there with other contents. */
  DIFFERENT("has not the contents that it should have");

  private final String words;

  CorpusFileState(String words) {
    this.words = words;
  }

  /** The state as the end of a sentence that begins with the file. */
  public String words() {
    return words;
  }
}

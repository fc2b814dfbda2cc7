package org.seqgan.tasks.text;

import org.seqgan.tasks.BytePairTokenizer;
import org.seqgan.tasks.CharacterTokenizer;
import org.seqgan.tasks.PatternTokenizer;
import org.seqgan.tasks.WordTokenizer;

/** What a token is. */
public enum Tokens {
  /** A word or a punctuation mark, by the rules of {@link WordTokenizer}. */
  WORDS("words and marks"),
  /** A character as a reader sees it, by the rules of {@link CharacterTokenizer}. */
  CHARACTERS("characters"),
  /** What a regular expression matches, by the rules of {@link PatternTokenizer}. */
  PATTERN("tokens of the pattern"),
  /** A byte, or a pair of tokens that was learnt, by the rules of {@link BytePairTokenizer}. */
  BPE("bytes, pairs of them and the end");

  private final String words;

  Tokens(String words) {
    this.words = words;
  }

  /** As a line of a report calls them. */
  String words() {
    return words;
  }
}

package org.seqgan.tasks.text;

import org.seqgan.tasks.CharacterTokenizer;
import org.seqgan.tasks.LetterCase;
import org.seqgan.tasks.PatternTokenizer;
import org.seqgan.tasks.Tokenizer;
import org.seqgan.tasks.WordTokenizer;

/** What a token is. */
public enum Tokens {
  /** A word or a punctuation mark, by the rules of {@link WordTokenizer}. */
  WORDS,
  /** A character as a reader sees it, by the rules of {@link CharacterTokenizer}. */
  CHARACTERS,
  /** What a regular expression matches, by the rules of {@link PatternTokenizer}. */
  PATTERN;

  /**
   * Takes texts apart into such tokens.
   *
   * @param pattern the regular expression; not looked at for other tokens
   */
  Tokenizer tokenizer(LetterCase letterCase, String pattern) {
    return switch (this) {
      case WORDS -> new WordTokenizer(letterCase);
      case CHARACTERS -> new CharacterTokenizer(letterCase);
      case PATTERN -> PatternTokenizer.of(pattern, letterCase);
    };
  }

  /** As a line of a report calls them. */
  String words() {
    return switch (this) {
      case WORDS -> "words and marks";
      case CHARACTERS -> "characters";
      case PATTERN -> "tokens of the pattern";
    };
  }
}

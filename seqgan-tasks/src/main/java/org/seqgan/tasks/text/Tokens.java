package org.seqgan.tasks.text;

import org.seqgan.tasks.CharacterTokenizer;
import org.seqgan.tasks.LetterCase;
import org.seqgan.tasks.Tokenizer;
import org.seqgan.tasks.WordTokenizer;

/** What a token is. */
public enum Tokens {
  /** A word or a punctuation mark, by the rules of {@link WordTokenizer}. */
  WORDS,
  /** A character as a reader sees it, by the rules of {@link CharacterTokenizer}. */
  CHARACTERS;

  Tokenizer tokenizer(LetterCase letterCase) {
    return this == WORDS ? new WordTokenizer(letterCase) : new CharacterTokenizer(letterCase);
  }
}

package org.seqgan.tasks;

import java.util.List;

/**
 * Takes a text apart into tokens and puts tokens together again. Immutable and thread-safe.
 *
 * <p>Two laws hold for every text: {@code tokenize(detokenize(tokenize(text)))} equals {@code
 * tokenize(text)}, and no token is empty.
 */
public sealed interface Tokenizer
    permits WordTokenizer, CharacterTokenizer, PatternTokenizer, BytePairTokenizer {
  /**
   * The tokens of a text, in order; none for a text of white space, but where white space at the
   * ends of a text is in tokens too.
   */
  List<String> tokenize(String text);

  /**
   * The tokens of the beginning of a text: as {@link #tokenize}, but that white space at its end
   * counts where such tokens have white space.
   */
  default List<String> tokenizeBeginning(String text) {
    return tokenize(text);
  }

  /** Tokens as a person reads them. Every list is allowed, also one that no text gives. */
  String detokenize(List<String> tokens);

  /** What becomes of capital letters. */
  LetterCase letterCase();

  /** Whether a token begins with the space before a word, so that a text is well cut before it. */
  default boolean startsWord(String token) {
    return false;
  }

  /** Whether a text can be cut before a token without a character being taken apart. */
  default boolean startsCharacter(String token) {
    return true;
  }
}

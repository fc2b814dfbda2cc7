package org.seqgan.api.data;

import java.util.OptionalInt;

/**
 * The token ids of a task: 0 to {@code size - 1}.
 *
 * @param size V, the number of tokens, at least 2
 * @param startToken the input at the first step; it may also be an ordinary token, as token 0 is in
 *     the paper's oracle
 * @param endToken the token that ends a sequence, for sequences of variable length; it counts as
 *     part of the sequence and fills the positions after it. Empty where every sequence has full
 *     length
 */
public record Vocabulary(int size, int startToken, OptionalInt endToken) {
  /** Checks that the special tokens are in the vocabulary. */
  public Vocabulary {
    if (size < 2) {
      throw new IllegalArgumentException("a vocabulary needs at least 2 tokens, found " + size);
    }
    if (startToken < 0 || startToken >= size) {
      throw new IllegalArgumentException(
          "start token " + startToken + " is outside the vocabulary of " + size);
    }
    if (endToken.isPresent() && (endToken.getAsInt() < 0 || endToken.getAsInt() >= size)) {
      throw new IllegalArgumentException(
          "end token " + endToken.getAsInt() + " is outside the vocabulary of " + size);
    }
  }

  /** A vocabulary whose sequences all have full length. */
  public static Vocabulary fixedLength(int size, int startToken) {
    return new Vocabulary(size, startToken, OptionalInt.empty());
  }
}

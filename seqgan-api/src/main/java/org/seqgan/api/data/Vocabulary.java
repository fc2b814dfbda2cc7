package org.seqgan.api.data;

import java.util.Optional;
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

  /**
   * What is wrong with sequences that should be of these tokens, in words that follow "gave": a
   * token that is none of them, a sequence that ends before the last position without the end
   * token, or one that goes on after it. Empty where all is well.
   */
  public Optional<String> misfit(Sequences sequences) {
    int[] tokens = sequences.tokens();
    for (int at = 0; at < tokens.length; at++) {
      if (tokens[at] < 0 || tokens[at] >= size) {
        return Optional.of(
            "token %d at position %d of sequence %d, expected 0 to %d"
                .formatted(tokens[at], at % sequences.time(), at / sequences.time(), size - 1));
      }
    }
    for (int i = 0; i < sequences.count(); i++) {
      Optional<String> misfit = misfit(sequences, i);
      if (misfit.isPresent()) {
        return misfit;
      }
    }
    return Optional.empty();
  }

  private Optional<String> misfit(Sequences sequences, int i) {
    int last = sequences.length(i) - 1;
    if (endToken.isEmpty()) {
      return last == sequences.time() - 1
          ? Optional.empty()
          : Optional.of(
              "sequence %d of %d tokens, expected all %d: there is no end token"
                  .formatted(i, last + 1, sequences.time()));
    }
    int end = endToken.getAsInt();
    if (last < sequences.time() - 1 && sequences.token(i, last) != end) {
      return Optional.of(
          "sequence %d of %d tokens whose last is %d, expected the end token %d"
              .formatted(i, last + 1, sequences.token(i, last), end));
    }
    for (int t = 0; t < last; t++) {
      if (sequences.token(i, t) == end) {
        return Optional.of(
            "sequence %d of %d tokens with the end token %d at position %d, expected it last"
                .formatted(i, last + 1, end, t));
      }
    }
    return Optional.empty();
  }
}

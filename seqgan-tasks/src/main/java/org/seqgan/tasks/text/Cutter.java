package org.seqgan.tasks.text;

import java.util.List;
import java.util.Set;
import org.seqgan.api.UserException;
import org.seqgan.tasks.Tokenizer;
import org.seqgan.tasks.text.Passages.Passage;

/**
 * Makes passages into sequences of at most T tokens. Counts as it goes; not thread-safe.
 *
 * <p>A cut is made after the last sentence that ends in the second half of the T tokens; without
 * one, before the last space there (of characters and bytes); without one, after T tokens, or after
 * fewer where a character would be cut. Spaces on either side of a cut belong to no sequence, but
 * for those that are the beginning of a token. A mark ends a sentence where it is a token: of
 * bytes, whose tokens are not written as what they are, that is one of ASCII.
 */
final class Cutter {
  private static final String SPACE = " ";
  private static final Set<String> STOPS =
      Set.of(".", "!", "?", "...", "…", "。", "！", "？", "؟", "۔", "।", "॥", "։", "።");
  private static final Set<String> CLOSING = Set.of("\"", "”", "’", ")", "]", "»", "」", "』", "）");

  private final Tokenizer tokenizer;
  private final int longest;
  private final Longer longer;
  private final Sink sink;
  private long emptyPassages;
  private long longPassages;
  private long pieces;

  /**
   * A cutter.
   *
   * @param longest T
   * @param sink gets the sequences
   */
  Cutter(Tokenizer tokenizer, int longest, Longer longer, Sink sink) {
    this.tokenizer = tokenizer;
    this.longest = longest;
    this.longer = longer;
    this.sink = sink;
  }

  /** Gets what a cutter makes. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes a sequence.
     *
     * @param tokens at least one
     * @param from the passage that it is, or is a part of
     */
    void accept(List<String> tokens, Passage from);

    /** Hears of a passage that has no token. */
    default void empty(Passage passage) {}

    /**
     * Hears of a passage that is too long and left out.
     *
     * @param found its length, and the one that was expected
     */
    default void tooLong(Passage passage, String found) {}
  }

  /** Passages that have no token, such as one of characters without a width. */
  long emptyPassages() {
    return emptyPassages;
  }

  /** Passages of more than T tokens. */
  long longPassages() {
    return longPassages;
  }

  /** The sequences that long passages were cut into. */
  long pieces() {
    return pieces;
  }

  /**
   * Hands on the sequences of a passage.
   *
   * @throws UserException if it cannot be taken apart, or (data) if it is too long, where that is
   *     an error
   */
  void accept(Passage passage) {
    List<String> tokens = passage.tokens(tokenizer);
    if (tokens.isEmpty()) {
      emptyPassages++;
      sink.empty(passage);
    } else if (tokens.size() <= longest) {
      sink.accept(tokens, passage);
    } else {
      longPassages++;
      acceptLong(tokens, passage);
    }
  }

  private void acceptLong(List<String> tokens, Passage passage) {
    String tooLong =
        "%d tokens, expected at most sequence-length %d".formatted(tokens.size(), longest);
    switch (longer) {
      case SPLIT -> split(tokens, passage);
      case LEAVE_OUT -> sink.tooLong(passage, tooLong);
      case ERROR ->
          throw new UserException(
              UserException.Kind.DATA,
              "%s: %s; raise it, or choose longer = split or longer = leave-out"
                  .formatted(passage.place(), tooLong));
    }
  }

  private void split(List<String> tokens, Passage passage) {
    int from = 0;
    while (from < tokens.size()) {
      int to = end(tokens, from);
      List<String> piece = trimmed(tokens.subList(from, to));
      if (!piece.isEmpty()) {
        pieces++;
        sink.accept(piece, passage);
      }
      from = to;
      while (from < tokens.size() && isSpace(tokens, from)) {
        from++;
      }
    }
  }

  private int end(List<String> tokens, int from) {
    int limit = from + longest;
    if (limit >= tokens.size()) {
      return tokens.size();
    }
    int earliest = from + longest / 2 + 1;
    for (int end = limit; end >= earliest; end--) {
      if (endsSentence(tokens, end)) {
        return end;
      }
    }
    for (int end = limit; end >= earliest; end--) {
      if (isSpace(tokens, end) || tokenizer.startsWord(tokens.get(end))) {
        return end;
      }
    }
    int end = limit;
    while (end > from + 1 && !tokenizer.startsCharacter(tokens.get(end))) {
      end--;
    }
    return tokenizer.startsCharacter(tokens.get(end)) ? end : limit;
  }

  /** Whether a sentence ends before the token at {@code end}. A full stop may also end a number. */
  private static boolean endsSentence(List<String> tokens, int end) {
    String last = tokens.get(end - 1);
    String stop = CLOSING.contains(last) && end > 1 ? tokens.get(end - 2) : last;
    boolean wholeToken = !stop.equals(".") || !isDigit(tokens.get(end));
    return STOPS.contains(stop) && wholeToken;
  }

  private static boolean isDigit(String token) {
    return Character.isDigit(token.codePointAt(0));
  }

  private static boolean isSpace(List<String> tokens, int at) {
    return tokens.get(at).equals(SPACE);
  }

  private static List<String> trimmed(List<String> piece) {
    int to = piece.size();
    while (to > 0 && isSpace(piece, to - 1)) {
      to--;
    }
    return piece.subList(0, to);
  }
}

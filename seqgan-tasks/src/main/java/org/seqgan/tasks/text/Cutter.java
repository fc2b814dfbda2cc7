package org.seqgan.tasks.text;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.seqgan.api.UserException;
import org.seqgan.tasks.Tokenizer;
import org.seqgan.tasks.text.Passages.Passage;

/**
 * Makes passages into sequences of at most T tokens. Counts as it goes; not thread-safe.
 *
 * <p>A cut is made after the last sentence that ends in the second half of the T tokens; without
 * one, after the last space there (of characters); without one, after T tokens. Spaces on either
 * side of a cut belong to no sequence.
 */
final class Cutter {
  private static final String SPACE = " ";
  private static final Set<String> STOPS =
      Set.of(".", "!", "?", "...", "…", "。", "！", "？", "؟", "۔", "।", "॥", "։", "።");
  private static final Set<String> CLOSING = Set.of("\"", "”", "’", ")", "]", "»", "」", "』", "）");

  private final Tokenizer tokenizer;
  private final int longest;
  private final Longer longer;
  private final Consumer<List<String>> sink;
  private long emptyPassages;
  private long longPassages;
  private long pieces;

  /**
   * A cutter.
   *
   * @param longest T
   * @param sink gets the tokens of each sequence, never none
   */
  Cutter(Tokenizer tokenizer, int longest, Longer longer, Consumer<List<String>> sink) {
    this.tokenizer = tokenizer;
    this.longest = longest;
    this.longer = longer;
    this.sink = sink;
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
   * @throws UserException (data) if it is too long, where that is an error
   */
  void accept(Passage passage) {
    List<String> tokens = tokenizer.tokenize(passage.text());
    if (tokens.isEmpty()) {
      emptyPassages++;
    } else if (tokens.size() <= longest) {
      sink.accept(tokens);
    } else {
      longPassages++;
      acceptLong(tokens, passage.place());
    }
  }

  private void acceptLong(List<String> tokens, String place) {
    switch (longer) {
      case SPLIT -> split(tokens);
      case LEAVE_OUT -> {}
      case ERROR ->
          throw new UserException(
              UserException.Kind.DATA,
              "%s: %d tokens, expected at most sequence-length %d; raise it, or choose longer = split or longer = leave-out"
                  .formatted(place, tokens.size(), longest));
    }
  }

  private void split(List<String> tokens) {
    int from = 0;
    while (from < tokens.size()) {
      int to = end(tokens, from);
      List<String> piece = trimmed(tokens.subList(from, to));
      if (!piece.isEmpty()) {
        pieces++;
        sink.accept(piece);
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
      if (isSpace(tokens, end)) {
        return end;
      }
    }
    return limit;
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

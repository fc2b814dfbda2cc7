package org.seqgan.tasks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.seqgan.tasks.BytePairs.Pair;

/**
 * Learns {@link BytePairs} from texts: again and again, the pair of neighbouring tokens that occurs
 * most often becomes a token. Of pairs that occur equally often it is the one whose left token is
 * the older, and then the one whose right token is: tokens are as old as their numbers, bytes in
 * their order first. A pair that is the same bytes as a token already is left apart. So the same
 * texts give the same pairs, in whatever order they are added, up to the size below.
 *
 * <p>A text of n bytes takes about n log n steps, whatever the number of pairs: each different
 * piece is kept once with its count, and a pair knows its places. Memory is bounded: of different
 * pieces, {@value #MOST_BYTES} bytes are kept, those that came first. Not thread-safe.
 */
public final class BytePairLearner {
  /** Bytes of all different pieces. */
  static final int MOST_BYTES = 1 << 22;

  private static final Comparator<Candidate> FIRST =
      Comparator.comparingLong(Candidate::count)
          .reversed()
          .thenComparingInt(candidate -> candidate.pair().left())
          .thenComparingInt(candidate -> candidate.pair().right());

  private final Map<String, Long> pieces = new LinkedHashMap<>(); // a character is a byte
  private int bytes;

  /** A learner that has seen nothing yet. */
  public BytePairLearner() {}

  /** Looks at a text. */
  public void add(byte[] text) {
    int from = 0;
    while (from < text.length) {
      int to = BytePieces.end(text, from);
      String piece = new String(text, from, to - from, ISO_8859_1);
      Long count = pieces.get(piece);
      if (count != null) {
        pieces.put(piece, count + 1);
      } else if (bytes + piece.length() <= MOST_BYTES) {
        pieces.put(piece, 1L);
        bytes += piece.length();
      }
      from = to;
    }
  }

  /**
   * What was learnt.
   *
   * @param mostPairs how many pairs become tokens; fewer where there are no more
   * @param minimumCount how often a pair has to occur; at least twice, whatever is asked for
   */
  public BytePairs learn(int mostPairs, long minimumCount) {
    return new BytePairs(new Chains(pieces, bytes).learn(mostPairs, Math.max(2, minimumCount)));
  }

  /**
   * A pair that may be the next, with as many occurrences as it had when it was entered: it may
   * have fewer now, and is entered again where it has more.
   */
  private record Candidate(Pair pair, long count) {}

  /** The bytes of all tokens, a character for each. */
  private static final class Spellings {
    private final List<String> ofTokens = new ArrayList<>();
    private final Set<String> all = new HashSet<>();

    Spellings() {
      for (int value = 0; value < BytePairs.BYTES; value++) {
        ofTokens.add(Character.toString(value));
      }
    }

    /** Adds a token, unless there is one of its bytes. */
    boolean add(Pair pair) {
      String spelling = ofTokens.get(pair.left()) + ofTokens.get(pair.right());
      boolean isNew = all.add(spelling);
      if (isNew) {
        ofTokens.add(spelling);
      }
      return isNew;
    }
  }

  /** Where a pair occurs. */
  private static final class Places {
    private long count;

    /** Of the left token; some may be out of date, and none is missing. */
    private int[] positions = new int[2];

    private int size;

    void add(int position, long weight) {
      count += weight;
      if (size == positions.length) {
        positions = Arrays.copyOf(positions, 2 * size);
      }
      positions[size++] = position;
    }

    int[] sorted() {
      int[] sorted = Arrays.copyOf(positions, size);
      Arrays.sort(sorted);
      return sorted;
    }
  }

  /** The tokens of all pieces, in which pairs become one. */
  private static final class Chains {
    private static final int NONE = -1;

    private final int[] symbols; // NONE where it went into the one on its left
    private final int[] next; // NONE at the end of a piece
    private final int[] previous; // NONE at its beginning
    private final int[] pieceOf;
    private final long[] weights; // of each piece
    private final Map<Pair, Places> places = new HashMap<>();
    private final PriorityQueue<Candidate> candidates = new PriorityQueue<>(FIRST);

    Chains(Map<String, Long> pieces, int bytes) {
      symbols = new int[bytes];
      next = new int[bytes];
      previous = new int[bytes];
      pieceOf = new int[bytes];
      weights = new long[pieces.size()];
      int at = 0;
      int piece = 0;
      for (Map.Entry<String, Long> entry : pieces.entrySet()) {
        String text = entry.getKey();
        weights[piece] = entry.getValue();
        for (int i = 0; i < text.length(); i++) {
          symbols[at] = text.charAt(i);
          pieceOf[at] = piece;
          previous[at] = i == 0 ? NONE : at - 1;
          next[at] = i + 1 == text.length() ? NONE : at + 1;
          if (i > 0) {
            place(new Pair(symbols[at - 1], symbols[at])).add(at - 1, weights[piece]);
          }
          at++;
        }
        piece++;
      }
      places.forEach((pair, where) -> candidates.add(new Candidate(pair, where.count)));
    }

    private Places place(Pair pair) {
      return places.computeIfAbsent(pair, unknown -> new Places());
    }

    List<Pair> learn(int mostPairs, long minimumCount) {
      List<Pair> learnt = new ArrayList<>();
      Spellings spellings = new Spellings();
      while (learnt.size() < mostPairs && !candidates.isEmpty()) {
        Candidate first = candidates.poll();
        Places where = places.get(first.pair());
        if (where == null || first.count() < where.count) {
          continue; // it is a token, or was entered again
        }
        if (where.count < minimumCount) {
          places.remove(first.pair());
        } else if (where.count < first.count()) {
          candidates.add(new Candidate(first.pair(), where.count));
        } else if (!spellings.add(first.pair())) {
          places.remove(first.pair());
        } else {
          join(first.pair(), where, BytePairs.BYTES + learnt.size());
          learnt.add(first.pair());
        }
      }
      return learnt;
    }

    /** Every occurrence of a pair becomes a token, in each piece from left to right. */
    private void join(Pair pair, Places where, int token) {
      Set<Pair> grown = new HashSet<>();
      for (int at : where.sorted()) {
        int right = next[at];
        if (symbols[at] != pair.left() || right == NONE || symbols[right] != pair.right()) {
          continue; // out of date, or part of the occurrence before
        }
        long weight = weights[pieceOf[at]];
        where.count -= weight;
        int before = previous[at];
        int after = next[right];
        if (before != NONE) {
          lessen(new Pair(symbols[before], pair.left()), weight);
          grow(new Pair(symbols[before], token), before, weight, grown);
        }
        if (after != NONE) {
          lessen(new Pair(pair.right(), symbols[after]), weight);
          grow(new Pair(token, symbols[after]), at, weight, grown);
          previous[after] = at;
        }
        symbols[at] = token;
        symbols[right] = NONE;
        next[at] = after;
      }
      places.remove(pair);
      grown.forEach(this::enter);
    }

    /**
     * A pair that was refused is not kept any more. It does not come back: pairs with a token come
     * with the token, in {@link #join}.
     */
    private void lessen(Pair pair, long weight) {
      Places where = places.get(pair);
      if (where != null) {
        where.count -= weight;
      }
    }

    private void grow(Pair pair, int position, long weight, Set<Pair> grown) {
      place(pair).add(position, weight);
      grown.add(pair);
    }

    private void enter(Pair pair) {
      Places where = places.get(pair);
      if (where != null && where.count > 0) {
        candidates.add(new Candidate(pair, where.count));
      }
    }
  }
}

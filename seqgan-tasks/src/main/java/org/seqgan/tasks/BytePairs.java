package org.seqgan.tasks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Byte-pair encoding (Gage 1994; Sennrich et al. 2016), of bytes: tokens 0 to 255 are the bytes,
 * and each that follows is a pair of earlier ones. In every {@linkplain BytePieces piece} the pairs
 * are put together in the order in which they were learnt, each from left to right. Whatever the
 * bytes, the tokens are those bytes again. Immutable and thread-safe.
 */
public final class BytePairs {
  /** How many tokens are bytes. */
  public static final int BYTES = 256;

  /** Pieces as short as this are remembered, so many of them. */
  private static final int LONGEST_REMEMBERED = 24;

  private static final int MOST_REMEMBERED = 1 << 15;

  private final List<Pair> pairs;
  private final Map<Pair, Integer> tokens = new HashMap<>();
  private final Map<String, int[]> remembered = new ConcurrentHashMap<>();

  /**
   * Two tokens that become one.
   *
   * @param left the first
   * @param right the second
   */
  public record Pair(int left, int right) {}

  /**
   * An encoding.
   *
   * @param pairs in the order in which they were learnt: the first becomes token 256
   * @throws IllegalArgumentException if a pair is not of earlier tokens, or is there twice
   */
  public BytePairs(List<Pair> pairs) {
    this.pairs = List.copyOf(pairs);
    for (Pair pair : this.pairs) {
      int token = BYTES + tokens.size();
      boolean earlier =
          Math.min(pair.left(), pair.right()) >= 0 && Math.max(pair.left(), pair.right()) < token;
      if (!earlier || tokens.put(pair, token) != null) {
        throw new IllegalArgumentException(
            "%s is to be token %d, expected a new pair of earlier tokens".formatted(pair, token));
      }
    }
  }

  /** The pairs, in the order in which they were learnt. */
  public List<Pair> pairs() {
    return pairs;
  }

  /** How many tokens there are, bytes included. */
  public int size() {
    return BYTES + pairs.size();
  }

  /** The tokens of some bytes, in order. */
  public int[] encode(byte[] text) {
    int[] encoded = new int[text.length];
    int count = 0;
    int from = 0;
    while (from < text.length) {
      int to = BytePieces.end(text, from);
      int[] piece = piece(text, from, to);
      System.arraycopy(piece, 0, encoded, count, piece.length);
      count += piece.length;
      from = to;
    }
    return Arrays.copyOf(encoded, count);
  }

  /** The bytes of some tokens, whatever they are. */
  public byte[] decode(int[] encoded) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(2 * encoded.length);
    for (int token : encoded) {
      write(token, text);
    }
    return text.toByteArray();
  }

  /** Without recursion: a pair may be as deep as it is long. */
  private void write(int token, ByteArrayOutputStream text) {
    int[] open = new int[16];
    int count = 0;
    int next = token;
    while (true) {
      if (next >= BYTES) {
        Pair pair = pairs.get(next - BYTES);
        open = count == open.length ? Arrays.copyOf(open, 2 * count) : open;
        open[count++] = pair.right();
        next = pair.left();
      } else {
        text.write(next);
        if (count == 0) {
          return;
        }
        next = open[--count];
      }
    }
  }

  private int[] piece(byte[] text, int from, int to) {
    if (to - from > LONGEST_REMEMBERED) {
      return joined(text, from, to);
    }
    String key = new String(text, from, to - from, ISO_8859_1);
    int[] known = remembered.get(key);
    if (known == null) {
      known = joined(text, from, to);
      if (remembered.size() < MOST_REMEMBERED) {
        remembered.put(key, known);
      }
    }
    return known;
  }

  /**
   * Puts pairs together, the one that was learnt first before the others and the leftmost of these:
   * a new pair has a token that is new, so it was learnt later.
   */
  private int[] joined(byte[] text, int from, int to) {
    int length = to - from;
    int[] symbols = new int[length]; // -1 where it went into the one on its left
    int[] next = new int[length];
    int[] previous = new int[length];
    for (int i = 0; i < length; i++) {
      symbols[i] = text[from + i] & 0xFF;
      next[i] = i + 1;
      previous[i] = i - 1;
    }
    PriorityQueue<Place> places = new PriorityQueue<>();
    for (int i = 0; i + 1 < length; i++) {
      offer(i, symbols, next, places);
    }
    for (Place place = places.poll(); place != null; place = places.poll()) {
      int i = place.position();
      if (symbols[i] < 0
          || next[i] == length
          || token(symbols[i], symbols[next[i]]) != place.token()) {
        continue; // what stood there has become something else
      }
      int gone = next[i];
      symbols[i] = place.token();
      symbols[gone] = -1;
      next[i] = next[gone];
      if (next[i] < length) {
        previous[next[i]] = i;
        offer(i, symbols, next, places);
      }
      if (previous[i] >= 0) {
        offer(previous[i], symbols, next, places);
      }
    }
    return Arrays.stream(symbols).filter(symbol -> symbol >= 0).toArray();
  }

  private void offer(int i, int[] symbols, int[] next, PriorityQueue<Place> places) {
    int token = token(symbols[i], symbols[next[i]]);
    if (token >= 0) {
      places.add(new Place(token, i));
    }
  }

  /** What two tokens become; -1 for nothing. */
  private int token(int left, int right) {
    return tokens.getOrDefault(new Pair(left, right), -1);
  }

  /**
   * Where two tokens may become one.
   *
   * @param token that they become
   * @param position of the left one
   */
  private record Place(int token, int position) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return token != other.token
          ? Integer.compare(token, other.token)
          : Integer.compare(position, other.position);
    }
  }
}

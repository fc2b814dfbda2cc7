package org.seqgan.api.random;

import java.nio.charset.StandardCharsets;

/**
 * A named stream of random numbers. Streams are split by purpose ("initialisation", "roll-out",
 * ...), so that a new consumer shifts nobody else's numbers. The same seed and path of purposes
 * give the same numbers on every machine.
 *
 * <p>A stream hands out ranges of its counters and remembers only how many it has given. Not
 * thread-safe; split one stream for each thread.
 */
public final class RandomStream {
  private final long key;
  private long position;

  private RandomStream(long key) {
    this.key = key;
  }

  /** The root of all streams of one seed. */
  public static RandomStream of(long seed) {
    return new RandomStream(mix(seed));
  }

  /**
   * The stream for a purpose below this one. It does not depend on what was drawn from this one.
   */
  public RandomStream split(String purpose) {
    long hash = 0xCBF29CE484222325L; // FNV-1a, 64 bits
    for (byte b : purpose.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
    }
    return new RandomStream(mix(key ^ mix(hash)));
  }

  /** The stream for the {@code index}-th use of a purpose, such as an epoch or a round. */
  public RandomStream split(String purpose, long index) {
    RandomStream purposeStream = split(purpose);
    return new RandomStream(mix(purposeStream.key + mix(index + 1)));
  }

  /** The next {@code count} draws. */
  public RandomDraws draws(int count) {
    RandomDraws draws = new RandomDraws(key, position, 1, count);
    position = Math.addExact(position, count);
    return draws;
  }

  /**
   * Takes {@code rows * columns} draws, laid out {@code [row, column]}, and returns the counter of
   * the first.
   */
  public DrawTable table(long rows, int columns) {
    DrawTable table = new DrawTable(key, position, columns);
    position = Math.addExact(position, Math.multiplyExact(rows, (long) columns));
    return table;
  }

  /** The next single number in [0, 1). */
  public float nextUniform() {
    return draws(1).uniform(0);
  }

  /** The next whole number in [0, bound), by Lemire's multiplication of a 48-bit draw. */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive, found " + bound);
    }
    RandomDraws pair = draws(2);
    long high = (long) (pair.uniform(0) * 0x1p24f);
    long low = (long) (pair.uniform(1) * 0x1p24f);
    long bits = (high << 24) | low;
    // 48 bits times a 31-bit bound overflow 64: multiply the halves apart.
    return (int) ((((bits >>> 24) * bound) + (((bits & 0xFFFFFFL) * bound) >>> 24)) >>> 24);
  }

  /** A uniformly random order of 0 to {@code n - 1} (Fisher-Yates). */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014), with its increment added first. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}

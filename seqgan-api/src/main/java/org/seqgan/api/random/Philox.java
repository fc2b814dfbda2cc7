package org.seqgan.api.random;

/**
 * The Philox 4x32-10 generator of Salmon, Moraes, Dror and Shaw, "Parallel Random Numbers: As Easy
 * as 1, 2, 3" (SC11): a keyed bijection of a 128-bit counter. Here the upper 64 bits of the counter
 * are zero.
 */
public final class Philox {
  private static final int MULTIPLIER_0 = 0xD2511F53;
  private static final int MULTIPLIER_1 = 0xCD9E8D57;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final int ROUNDS = 10;
  private static final long LOW_HALF = 0xFFFFFFFFL;
  private static final float TWO_POW_MINUS_24 = 0x1p-24f;

  private Philox() {}

  /** Fills {@code words} (length 4) with the block of the given counter. */
  public static void block(long key, long counter, int[] words) {
    block(key, counter, 0L, words);
  }

  /** Fills {@code words} (length 4) with the block of a 128-bit counter, low and high half. */
  public static void block(long key, long counterLow, long counterHigh, int[] words) {
    int c0 = (int) counterLow;
    int c1 = (int) (counterLow >>> 32);
    int c2 = (int) counterHigh;
    int c3 = (int) (counterHigh >>> 32);
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = (MULTIPLIER_0 & 0xFFFFFFFFL) * (c0 & 0xFFFFFFFFL);
      long p1 = (MULTIPLIER_1 & 0xFFFFFFFFL) * (c2 & 0xFFFFFFFFL);
      int n0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      int n2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c1 = (int) p1;
      c3 = (int) p0;
      c0 = n0;
      c2 = n2;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    words[0] = c0;
    words[1] = c1;
    words[2] = c2;
    words[3] = c3;
  }

  /**
   * The blocks of successive counters together, in loops that a compiler turns into vectors. Words
   * are whole numbers of 32 bits without a sign.
   *
   * @param words four arrays of one length: word w of block i is in {@code words[w][i]}
   */
  static void blocks(long key, long firstCounter, long[][] words) {
    long[] c0 = words[0];
    long[] c1 = words[1];
    long[] c2 = words[2];
    long[] c3 = words[3];
    for (int i = 0; i < c0.length; i++) {
      c0[i] = (firstCounter + i) & LOW_HALF;
      c1[i] = (firstCounter + i) >>> 32;
      c2[i] = 0;
      c3[i] = 0;
    }
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      round(k0 & LOW_HALF, k1 & LOW_HALF, c0, c1, c2, c3);
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
  }

  private static void round(long k0, long k1, long[] c0, long[] c1, long[] c2, long[] c3) {
    for (int i = 0; i < c0.length; i++) {
      long p0 = (MULTIPLIER_0 & LOW_HALF) * c0[i];
      long p1 = (MULTIPLIER_1 & LOW_HALF) * c2[i];
      c0[i] = (p1 >>> 32) ^ c1[i] ^ k0;
      c2[i] = (p0 >>> 32) ^ c3[i] ^ k1;
      c1[i] = p1 & LOW_HALF;
      c3[i] = p0 & LOW_HALF;
    }
  }

  /**
   * The number in [0, 1) that a 32-bit word stands for: its upper 24 bits, so that it is exact in
   * float32.
   */
  public static float toUniform(int word) {
    return (word >>> 8) * TWO_POW_MINUS_24;
  }
}

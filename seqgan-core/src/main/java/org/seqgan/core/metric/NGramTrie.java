package org.seqgan.core.metric;

import org.seqgan.api.data.ArraySize;

/**
 * Numbers for n-grams of all orders: node 0 is the empty one, and an n-gram is the child of its
 * first n-1 tokens by its last. Exact: two n-grams never share a node.
 *
 * <p>One open-addressed table (linear probing) of {@code (parent, token) -> node} over primitive
 * arrays, at most half full. Safe for any number of readers once nobody adds.
 */
final class NGramTrie {
  /** The empty n-gram. */
  static final int ROOT = 0;

  /** What {@link #child} gives for an n-gram that was never added. */
  static final int ABSENT = -1;

  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private long[] keys; // 0 where free
  private int[] nodes;
  private int shift;
  private int size = 1;

  NGramTrie() {
    allocate(10);
  }

  private void allocate(int bits) {
    int slots = ArraySize.of("n-grams", 1L << bits, 1, Long.BYTES + Integer.BYTES);
    keys = new long[slots];
    nodes = new int[slots];
    shift = Long.SIZE - bits;
  }

  /** How many nodes there are, the empty n-gram included. */
  int size() {
    return size;
  }

  /** The node of an n-gram, or {@link #ABSENT}. */
  int child(int parent, int token) {
    long key = key(parent, token);
    int slot = slot(key);
    return keys[slot] == key ? nodes[slot] : ABSENT;
  }

  /** The node of an n-gram, a new one (the next number) if it is not there yet. */
  int addChild(int parent, int token) {
    long key = key(parent, token);
    int slot = slot(key);
    if (keys[slot] == key) {
      return nodes[slot];
    }
    keys[slot] = key;
    nodes[slot] = size++;
    int added = nodes[slot];
    if (2L * size > keys.length) {
      grow();
    }
    return added;
  }

  private static long key(int parent, int token) {
    return (((long) parent << Integer.SIZE) | token) + 1;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) ((key * GOLDEN_RATIO) >>> shift);
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldNodes = nodes;
    allocate(Long.SIZE - shift + 1);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        nodes[slot] = oldNodes[i];
      }
    }
  }
}

package org.seqgan.backend.dl4j.memory;

import java.util.Arrays;

/**
 * Working space of one worker: arrays on the heap and tiles outside it, which only grow. A slot is
 * a number that an operation gives to each array it needs at the same time.
 */
public final class Scratch implements AutoCloseable {
  private final MemoryPool pool;
  private float[][] heap = new float[0][];
  private int[][] ints = new int[0][];
  private NativeMemory[] tiles = new NativeMemory[0];

  Scratch(MemoryPool pool) {
    this.pool = pool;
  }

  /** An array of at least that many floats; contents unspecified. */
  public float[] heap(int slot, int floats) {
    if (slot >= heap.length) {
      int known = heap.length;
      heap = Arrays.copyOf(heap, slot + 1);
      Arrays.fill(heap, known, heap.length, new float[0]);
    }
    if (heap[slot].length < floats) {
      heap[slot] = new float[floats];
    }
    return heap[slot];
  }

  /** An array of at least that many whole numbers; contents unspecified. */
  public int[] ints(int slot, int count) {
    if (slot >= ints.length) {
      int known = ints.length;
      ints = Arrays.copyOf(ints, slot + 1);
      Arrays.fill(ints, known, ints.length, new int[0]);
    }
    if (ints[slot].length < count) {
      ints[slot] = new int[count];
    }
    return ints[slot];
  }

  /** Native memory of at least that many floats; contents unspecified. */
  public FloatRegion tile(int slot, int floats) {
    if (slot >= tiles.length) {
      NativeMemory[] more = Arrays.copyOf(tiles, slot + 1);
      for (int i = tiles.length; i < more.length; i++) {
        more[i] = pool.take(1);
      }
      tiles = more;
    }
    if (tiles[slot].floats() < floats) {
      // Taken first: where there is no more memory the slot keeps a block of its own.
      NativeMemory larger = pool.take(floats);
      pool.giveBack(tiles[slot]);
      tiles[slot] = larger;
    }
    return new FloatRegion(tiles[slot], 0);
  }

  /** Gives the tiles back. */
  @Override
  public void close() {
    for (NativeMemory tile : tiles) {
      pool.giveBack(tile);
    }
    tiles = new NativeMemory[0];
    heap = new float[0][];
    ints = new int[0][];
  }
}

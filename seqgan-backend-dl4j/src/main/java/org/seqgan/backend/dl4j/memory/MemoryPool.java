package org.seqgan.backend.dl4j.memory;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.seqgan.api.backend.ShapeException;

/**
 * Blocks of native memory, kept for reuse when they come back. Sizes are rounded up by at most an
 * eighth, so that a block of one batch fits the next. What lies idle is bounded: beyond the limit,
 * the blocks that have been idle longest are freed.
 *
 * <p>Thread-safe.
 */
public final class MemoryPool implements AutoCloseable {
  private static final int GRAIN = 64;

  private final long idleLimit;
  private final Map<Integer, ArrayDeque<NativeMemory>> idle = new HashMap<>();
  private final Set<NativeMemory> oldestFirst = new LinkedHashSet<>();
  private final Set<NativeMemory> taken = new LinkedHashSet<>();
  private long idleBytes;
  private long totalBytes;

  public MemoryPool(long idleLimit) {
    this.idleLimit = idleLimit;
  }

  /** A block of at least that many floats; contents unspecified. */
  public synchronized NativeMemory take(int floats) {
    int size = roundUp(floats);
    ArrayDeque<NativeMemory> fitting = idle.get(size);
    NativeMemory memory;
    if (fitting != null && !fitting.isEmpty()) {
      memory = fitting.removeLast();
      oldestFirst.remove(memory);
      idleBytes -= memory.bytes();
    } else {
      memory = NativeMemory.allocate(size);
      totalBytes += memory.bytes();
    }
    taken.add(memory);
    return memory;
  }

  /** Takes a block back. */
  public synchronized void giveBack(NativeMemory memory) {
    if (!taken.remove(memory)) {
      throw new IllegalStateException("a block of memory was given back twice");
    }
    idle.computeIfAbsent(memory.floats(), size -> new ArrayDeque<>()).addLast(memory);
    oldestFirst.add(memory);
    idleBytes += memory.bytes();
    evict();
  }

  /** All bytes held, in use or idle. */
  public synchronized long totalBytes() {
    return totalBytes;
  }

  /** Frees everything, also what is in use. */
  @Override
  public synchronized void close() {
    taken.forEach(NativeMemory::free);
    oldestFirst.forEach(NativeMemory::free);
    taken.clear();
    oldestFirst.clear();
    idle.clear();
    idleBytes = 0;
    totalBytes = 0;
  }

  private void evict() {
    Iterator<NativeMemory> oldest = oldestFirst.iterator();
    while (idleBytes > idleLimit && oldest.hasNext()) {
      NativeMemory memory = oldest.next();
      oldest.remove();
      idle.get(memory.floats()).remove(memory);
      idleBytes -= memory.bytes();
      totalBytes -= memory.bytes();
      memory.free();
    }
  }

  private static int roundUp(int floats) {
    if (floats > NativeMemory.MAX_FLOATS) {
      throw new ShapeException(
          "dl4j: a tensor of "
              + floats
              + " floats is too large; one tensor holds at most "
              + NativeMemory.MAX_FLOATS);
    }
    int step = Math.max(GRAIN, Integer.highestOneBit(Math.max(floats, 1)) >>> 3);
    long rounded = (Math.max(floats, 1) + step - 1L) / step * step;
    return (int) Math.min(rounded, NativeMemory.MAX_FLOATS);
  }
}

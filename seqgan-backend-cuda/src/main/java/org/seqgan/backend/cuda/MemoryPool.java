package org.seqgan.backend.cuda;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.seqgan.api.UserException;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.backend.cuda.driver.CudaException;
import org.seqgan.backend.cuda.driver.Session;

/**
 * Blocks of device memory, kept for reuse when they come back, for to allocate makes the host wait.
 * A block may be taken again at once: what the device still does with it stands before what its
 * next owner asks for, in the same stream.
 *
 * <p>Sizes are rounded up by at most an eighth, so that a block of one batch fits the next. What
 * lies idle is bounded: beyond the limit, the blocks that have been idle longest are freed. Not
 * thread-safe.
 */
final class MemoryPool implements AutoCloseable {
  private static final long GRAIN = 256;

  private final Session session;
  private final long idleLimit;
  private final Set<Block> all = new LinkedHashSet<>();
  private final Map<Long, ArrayDeque<Block>> idle = new HashMap<>();
  private long idleBytes;
  private long takenBytes;
  private long returns;

  /** A piece of device memory; equal to itself alone. */
  static final class Block {
    private final long address;
    private final long bytes;
    private boolean taken;

    /** Which of all returns its last one was. */
    private long returned;

    private Block(long address, long bytes) {
      this.address = address;
      this.bytes = bytes;
    }

    long address() {
      return address;
    }

    long bytes() {
      return bytes;
    }
  }

  MemoryPool(Session session, long idleLimit) {
    this.session = session;
    this.idleLimit = idleLimit;
  }

  /**
   * A block of at least so many words of 32 bits; contents unspecified.
   *
   * @throws UserException if the device has no memory left
   */
  Block take(long words) {
    long bytes = roundUp(words * Integer.BYTES);
    ArrayDeque<Block> fitting = idle.get(bytes);
    Block block;
    if (fitting != null && !fitting.isEmpty()) {
      block = fitting.pop();
      idleBytes -= bytes;
    } else {
      block = new Block(allocate(bytes), bytes);
      all.add(block);
    }
    block.taken = true;
    takenBytes += bytes;
    return block;
  }

  private long allocate(long bytes) {
    try {
      return session.allocate(bytes);
    } catch (CudaException e) {
      if (!e.isOutOfMemory()) {
        throw e;
      }
      freeIdle(0); // blocks of other sizes
      try {
        return session.allocate(bytes);
      } catch (CudaException again) {
        throw again.isOutOfMemory() ? outOfMemory(bytes, again) : again;
      }
    }
  }

  private UserException outOfMemory(long bytes, CudaException cause) {
    Session.MemoryInfo info = session.memoryInfo();
    return new UserException(
        UserException.Kind.ENVIRONMENT,
        "device memory ran out: expected %s for one tensor, found %s free of %s on device %d (%s), of which %s are held by tensors here; lower training.batch-size, evaluation.samples, backend.memory or the sizes of the models, or set backend.device to another device"
            .formatted(
                new ByteSize(bytes),
                new ByteSize(info.freeBytes()),
                new ByteSize(info.totalBytes()),
                session.device().ordinal(),
                session.device().name(),
                new ByteSize(takenBytes)),
        cause);
  }

  /** Takes a block back. */
  void giveBack(Block block) {
    if (!block.taken) {
      throw new IllegalStateException("a block of memory was given back twice");
    }
    block.taken = false;
    block.returned = returns++;
    takenBytes -= block.bytes;
    idleBytes += block.bytes;
    idle.computeIfAbsent(block.bytes, size -> new ArrayDeque<>()).push(block);
    freeIdle(idleLimit);
  }

  /** Bytes that lie idle. */
  long idleBytes() {
    return idleBytes;
  }

  /** Frees everything, also what is in use. */
  @Override
  public void close() {
    idle.clear();
    idleBytes = 0;
    all.forEach(block -> session.free(block.address));
    all.clear();
    takenBytes = 0;
  }

  private void freeIdle(long limit) {
    while (idleBytes > limit) {
      Block oldest =
          all.stream()
              .filter(block -> !block.taken)
              .min(Comparator.comparingLong(block -> block.returned))
              .orElseThrow();
      all.remove(oldest);
      idle.get(oldest.bytes).remove(oldest);
      idleBytes -= oldest.bytes;
      session.free(oldest.address);
    }
  }

  private static long roundUp(long bytes) {
    long step = Math.max(GRAIN, Long.highestOneBit(Math.max(bytes, 1)) >>> 3);
    return (Math.max(bytes, 1) + step - 1) / step * step;
  }
}

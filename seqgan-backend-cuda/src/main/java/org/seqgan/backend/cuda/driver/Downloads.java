package org.seqgan.backend.cuda.driver;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import jcuda.driver.JCudaDriver;

/**
 * Copies to the host: each into a slot of pinned memory of its own, with an event behind it. Slots
 * come back when their numbers are taken, and are used again. Nobody has to take them: where many
 * are under way, the numbers of the oldest are kept on the heap, as long as anybody can ask for
 * them.
 *
 * <p>With the numbers come the words in which a kernel says what it found wrong: whoever looks at
 * numbers learns whether they are good.
 */
final class Downloads {
  /** The words of a fault, before the numbers. */
  static final int FAULT_WORDS = 4;

  private static final int FAULT_BYTES = FAULT_WORDS * Integer.BYTES;
  private static final int SMALLEST_SLOT = 256;
  private static final int MOST_UNDER_WAY = 64;

  private final Session session;
  private final long faultAddress;
  private final Map<Integer, ArrayDeque<Slot>> idle = new HashMap<>();

  /** The oldest first. */
  private final Map<Slot, WeakReference<Download>> underWay = new LinkedHashMap<>();

  /** Pinned memory with the event that tells when it is written. */
  record Slot(PinnedMemory memory, Event written, int bytes) {}

  Downloads(Session session) {
    this.session = session;
    this.faultAddress = session.allocate(FAULT_BYTES);
    session.onClose(() -> JCudaDriver.cuMemFree(new Address(faultAddress)));
    session.fill(faultAddress, 0, FAULT_WORDS);
  }

  long faultAddress() {
    return faultAddress;
  }

  Download start(long from, int words) {
    Slot slot = take(FAULT_BYTES + Math.multiplyExact(words, Integer.BYTES));
    copy(faultAddress, slot, 0, FAULT_BYTES);
    if (words > 0) {
      copy(from, slot, FAULT_BYTES, words * Integer.BYTES);
    }
    slot.written().record();
    Download download = new Download(session, this, slot, words);
    underWay.put(slot, new WeakReference<>(download));
    return download;
  }

  private void copy(long from, Slot slot, int at, int bytes) {
    session.counters().downloads++;
    session.check(
        JCudaDriver.cuMemcpyDtoHAsync(
            slot.memory().pointer(at), new Address(from), bytes, session.stream()),
        "cuMemcpyDtoHAsync");
  }

  private Slot take(int bytes) {
    int size = Math.max(SMALLEST_SLOT, Integer.highestOneBit(bytes - 1) << 1);
    ArrayDeque<Slot> fitting = idle.computeIfAbsent(size, none -> new ArrayDeque<>());
    while (fitting.isEmpty() && underWay.size() >= MOST_UNDER_WAY) {
      freeOldest();
    }
    return fitting.isEmpty()
        ? new Slot(session.pinned(size), session.event(), size)
        : fitting.pop();
  }

  private void freeOldest() {
    Map.Entry<Slot, WeakReference<Download>> oldest = underWay.entrySet().iterator().next();
    Download download = oldest.getValue().get();
    if (download == null) {
      giveBack(oldest.getKey()); // what is copied there next comes after it on the same stream
    } else {
      download.keep();
    }
  }

  void giveBack(Slot slot) {
    underWay.remove(slot);
    idle.computeIfAbsent(slot.bytes(), size -> new ArrayDeque<>()).push(slot);
  }
}

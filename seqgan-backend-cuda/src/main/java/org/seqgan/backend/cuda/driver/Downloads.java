package org.seqgan.backend.cuda.driver;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import jcuda.driver.JCudaDriver;

/**
 * Copies to the host: each into a slot of pinned memory of its own, with an event behind it. Slots
 * come back when their numbers are taken, and are used again.
 *
 * <p>With the numbers come the words in which a kernel says what it found wrong: whoever looks at
 * numbers learns whether they are good.
 */
final class Downloads {
  /** The words of a fault, before the numbers. */
  static final int FAULT_WORDS = 4;

  private static final int FAULT_BYTES = FAULT_WORDS * Integer.BYTES;
  private static final int SMALLEST_SLOT = 256;

  private final Session session;
  private final long faultAddress;
  private final Map<Integer, ArrayDeque<Slot>> idle = new HashMap<>();

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
    return new Download(session, this, slot, words);
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
    ArrayDeque<Slot> fitting = idle.get(size);
    return fitting == null || fitting.isEmpty()
        ? new Slot(session.pinned(size), session.event(), size)
        : fitting.pop();
  }

  void giveBack(Slot slot) {
    idle.computeIfAbsent(slot.bytes(), size -> new ArrayDeque<>()).push(slot);
  }
}

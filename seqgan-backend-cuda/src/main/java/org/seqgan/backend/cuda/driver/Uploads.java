package org.seqgan.backend.cuda.driver;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.driver.JCudaDriver;

/**
 * Copies to the device through a ring of pinned memory: the host writes a piece there and goes on,
 * the device fetches it when its turn in the stream comes. The host waits only when it comes round
 * to a part that the device has not fetched yet.
 */
final class Uploads {
  private static final int PARTS = 4;
  private static final int PART_BYTES = 1 << 20;

  private final Session session;
  private final Part[] parts = new Part[PARTS];
  private int active;

  private static final class Part {
    final PinnedMemory memory;
    final Event fetched;
    int used;

    Part(Session session) {
      this.memory = session.pinned(PART_BYTES);
      this.fetched = session.event();
    }
  }

  Uploads(Session session) {
    this.session = session;
    for (int i = 0; i < PARTS; i++) {
      parts[i] = new Part(session);
    }
  }

  /** Writes some of the numbers that are to be copied. */
  @FunctionalInterface
  private interface Source {
    void put(ByteBuffer room, int from, int count);
  }

  void copy(float[] values, long to) {
    copy(values.length, to, (room, from, count) -> room.asFloatBuffer().put(values, from, count));
  }

  void copy(int[] values, long to) {
    copy(values.length, to, (room, from, count) -> room.asIntBuffer().put(values, from, count));
  }

  private void copy(int words, long to, Source source) {
    for (int from = 0; from < words; ) {
      Part part = withRoom();
      int count = Math.min(words - from, (PART_BYTES - part.used) / Integer.BYTES);
      ByteBuffer room = part.memory.bytes().slice(part.used, count * Integer.BYTES);
      source.put(room.order(ByteOrder.nativeOrder()), from, count);
      send(part, to + (long) from * Integer.BYTES, count);
      from += count;
    }
  }

  /** The part in use, or the next one once it is free, where that one is full. */
  private Part withRoom() {
    if (parts[active].used == PART_BYTES) {
      parts[active].fetched.record();
      active = (active + 1) % PARTS;
      Part next = parts[active];
      if (next.used > 0) { // came round
        if (!next.fetched.isDone()) {
          session.counters().waits++;
          next.fetched.await();
        }
        next.used = 0;
      }
    }
    return parts[active];
  }

  private void send(Part part, long to, int words) {
    int bytes = words * Integer.BYTES;
    session.counters().uploads++;
    session.check(
        JCudaDriver.cuMemcpyHtoDAsync(
            new Address(to), part.memory.pointer(part.used), bytes, session.stream()),
        "cuMemcpyHtoDAsync");
    part.used += bytes;
  }
}

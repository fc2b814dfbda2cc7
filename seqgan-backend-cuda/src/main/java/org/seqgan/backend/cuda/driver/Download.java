package org.seqgan.backend.cuda.driver;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Numbers on their way to the host. Taken once, by one of the methods that wait. */
public final class Download {
  private final Session session;
  private final Downloads downloads;
  private final int words;
  private Downloads.@Nullable Slot slot;
  private @Nullable ByteBuffer kept;

  Download(Session session, Downloads downloads, Downloads.Slot slot, int words) {
    this.session = session;
    this.downloads = downloads;
    this.slot = slot;
    this.words = words;
  }

  /**
   * What a kernel found wrong: an id that is not a row of a table.
   *
   * @param operation as the backend numbers them, from 1
   * @param position of the id among the ids
   * @param id the wrong one
   * @param rows of the table; ids are 0 to rows - 1
   */
  public record Fault(int operation, int position, int id, int rows) {}

  /** Whether the numbers are there. */
  public boolean isDone() {
    session.enter();
    return slot == null || slot.written().isDone();
  }

  /** Waits, and tells what a kernel found wrong before this copy; once, then it is forgotten. */
  public Optional<Fault> fault() {
    ByteBuffer bytes = await();
    int operation = bytes.getInt(0);
    if (operation == 0) {
      return Optional.empty();
    }
    session.clearFault();
    release();
    return Optional.of(
        new Fault(
            operation,
            bytes.getInt(Integer.BYTES),
            bytes.getInt(2 * Integer.BYTES),
            bytes.getInt(3 * Integer.BYTES)));
  }

  /** Waits, and copies the numbers to a place in an array. */
  public void into(float[] values, int at) {
    numbers().asFloatBuffer().get(values, at, words);
    release();
  }

  /** Waits, and copies the numbers to a place in an array. */
  public void into(int[] values, int at) {
    numbers().asIntBuffer().get(values, at, words);
    release();
  }

  private ByteBuffer numbers() {
    ByteBuffer bytes = await();
    int from = Downloads.FAULT_WORDS * Integer.BYTES;
    return bytes.slice(from, words * Integer.BYTES).order(bytes.order());
  }

  /** Waits, and has the numbers on the heap until they are taken. */
  void keep() {
    ByteBuffer bytes = await();
    int size = (Downloads.FAULT_WORDS + words) * Integer.BYTES;
    ByteBuffer copy = ByteBuffer.allocate(size).order(bytes.order());
    copy.put(0, bytes, 0, size);
    release();
    kept = copy;
  }

  private ByteBuffer await() {
    ByteBuffer before = kept;
    if (before != null) {
      return before;
    }
    session.enter();
    Downloads.Slot taken = slot;
    if (taken == null) {
      throw new IllegalStateException("cuda: these numbers were taken before");
    }
    if (!taken.written().isDone()) {
      session.counters().waits++;
      taken.written().await();
    }
    return taken.memory().bytes();
  }

  private void release() {
    kept = null;
    Downloads.Slot taken = slot;
    if (taken != null) {
      slot = null;
      downloads.giveBack(taken);
    }
  }
}

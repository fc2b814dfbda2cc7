package org.seqgan.core.matrix;

import java.time.Duration;

/**
 * Counts the time that processes work on a cell, in a file of its folder, so that a cell that was
 * killed and resumed tells what it took in all. What a killed process has counted is at most a
 * second old, or as old as its last event. For one thread.
 */
final class WorkClock implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final CellFolder folder;
  private final double earlier;
  private final long started = System.nanoTime();
  private long written = started;

  /** Goes on counting where earlier processes ended. */
  WorkClock(CellFolder folder) {
    this.folder = folder;
    this.earlier = folder.seconds();
  }

  /** The seconds of all processes so far. */
  double seconds() {
    return earlier + (System.nanoTime() - started) / 1e9;
  }

  /** Writes the time down where that is due. */
  void tick() {
    if (System.nanoTime() - written >= INTERVAL.toNanos()) {
      write();
    }
  }

  private void write() {
    written = System.nanoTime();
    folder.writeSeconds(seconds());
  }

  @Override
  public void close() {
    write();
  }
}

package org.seqgan.core.matrix;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.seqgan.core.run.Position;

/**
 * Counts the time that processes work on a cell, in a file of its folder, so that a cell that was
 * killed and resumed tells what it took in all, and one that begins with a phase of another what
 * that took. What a killed process has counted is at most a second old, or as old as its last
 * event. For one thread.
 */
final class WorkClock implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final CellFolder folder;
  private final double earlier;
  private final Map<String, Double> ends;
  private final long started = System.nanoTime();
  private double opening;
  private double takenOver;
  private long written = started;

  /** Goes on counting where earlier processes ended. */
  WorkClock(CellFolder folder) {
    this.folder = folder;
    CellFolder.Time before = folder.time();
    this.earlier = before.seconds();
    this.opening = before.opening();
    this.takenOver = before.takenOver();
    this.ends = new LinkedHashMap<>(before.ends());
  }

  /** The seconds of all processes so far. */
  double seconds() {
    return earlier + (System.nanoTime() - started) / 1e9;
  }

  /** What another cell took for what this one began with, in seconds. */
  double takenOver() {
    return takenOver;
  }

  /**
   * The run begins.
   *
   * @param other what another cell took for what it begins with, in seconds
   */
  void begin(double other) {
    opening = seconds();
    takenOver = other;
    ends.clear();
    write();
  }

  /** A phase has ended, and was evaluated. */
  void phaseEnded(Position end) {
    ends.put(end.name(), seconds() - opening + takenOver);
    write();
  }

  /** Writes the time down where that is due. */
  void tick() {
    if (System.nanoTime() - written >= INTERVAL.toNanos()) {
      write();
    }
  }

  private void write() {
    written = System.nanoTime();
    folder.write(new CellFolder.Time(seconds(), opening, takenOver, ends));
  }

  @Override
  public void close() {
    write();
  }
}

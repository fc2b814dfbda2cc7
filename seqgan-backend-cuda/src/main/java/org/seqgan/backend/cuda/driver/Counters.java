package org.seqgan.backend.cuda.driver;

/**
 * What was asked of the driver: how often the host launched, copied, and waited. Not thread-safe.
 */
public final class Counters {
  long launches;
  long copies;
  long uploads;
  long downloads;
  long waits;
  long allocations;

  /**
   * The counts at one moment.
   *
   * @param launches of kernels
   * @param copies within the device, fills included
   * @param uploads to the device
   * @param downloads to the host
   * @param waits of the host for the device
   * @param allocations of device memory, and of pinned memory of the host
   */
  public record Snapshot(
      long launches, long copies, long uploads, long downloads, long waits, long allocations) {
    /** What happened since an earlier moment. */
    public Snapshot since(Snapshot earlier) {
      return new Snapshot(
          launches - earlier.launches,
          copies - earlier.copies,
          uploads - earlier.uploads,
          downloads - earlier.downloads,
          waits - earlier.waits,
          allocations - earlier.allocations);
    }
  }

  /** The counts now. */
  public Snapshot snapshot() {
    return new Snapshot(launches, copies, uploads, downloads, waits, allocations);
  }
}

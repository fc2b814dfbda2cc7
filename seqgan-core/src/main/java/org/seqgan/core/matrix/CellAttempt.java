package org.seqgan.core.matrix;

import java.io.IOException;
import org.seqgan.core.queue.Lease;

/**
 * A cell that this process has taken, and the folder in which it is worked on, which is this
 * attempt's alone. For one thread.
 */
final class CellAttempt {
  private final Cell cell;
  private final CellFolder folder;
  private final Lease lease;

  CellAttempt(Cell cell, CellFolder folder, Lease lease) {
    this.cell = cell;
    this.folder = folder;
    this.lease = lease;
  }

  Cell cell() {
    return cell;
  }

  CellFolder folder() {
    return folder;
  }

  Lease lease() {
    return lease;
  }

  /** Whether the cell is this process's; to be asked often, because that renews the lease. */
  boolean isHeld() {
    return lease.renew();
  }

  /** Has the summary that lies in the folder count; see {@link Lease#publish()}. */
  boolean publish() throws IOException {
    return lease.publish();
  }
}

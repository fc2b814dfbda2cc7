package org.seqgan.core.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.seqgan.api.UserException;
import org.seqgan.core.io.ExclusiveLock;

/**
 * The right to write a run: one process has it at a time, and loses it when it ends, however it
 * ends.
 */
final class RunLock implements AutoCloseable {
  private final ExclusiveLock lock;

  private static final int MOST_TRIES = 6;
  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  private RunLock(ExclusiveLock lock) {
    this.lock = lock;
  }

  /** The lock, or empty where another holds it. The folder must be there. */
  static Optional<RunLock> tryAcquire(RunLayout layout) {
    try {
      return ExclusiveLock.tryAcquire(layout.lock()).map(RunLock::new);
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(layout.lock(), e);
    }
  }

  /** The lock. Who only looks whether a run is in use has it for a moment, which is waited for. */
  static RunLock acquire(RunLayout layout) {
    Optional<RunLock> lock = tryAcquire(layout);
    for (int tries = 1; tries < MOST_TRIES && lock.isEmpty(); tries++) {
      LockSupport.parkNanos(PAUSE_NANOS);
      lock = tryAcquire(layout);
    }
    return lock.orElseThrow(
        () ->
            new UserException(
                UserException.Kind.RUN_DIRECTORY,
                "run directory "
                    + layout.root()
                    + " is being written by another process; wait for it to end, or choose"
                    + " another --run"));
  }

  /** Lets go. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

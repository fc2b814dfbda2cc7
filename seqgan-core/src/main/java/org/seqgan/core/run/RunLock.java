package org.seqgan.core.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.seqgan.api.UserException;

/**
 * The right to write a run: one process has it at a time, and loses it when it ends, however it
 * ends.
 */
final class RunLock implements AutoCloseable {
  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /** The lock, or empty where another holds it. The folder must be there. */
  static Optional<RunLock> tryAcquire(RunLayout layout) {
    try {
      FileChannel channel =
          FileChannel.open(layout.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (holds(channel)) {
        return Optional.of(new RunLock(channel));
      }
      channel.close();
      return Optional.empty();
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(layout.lock(), e);
    }
  }

  static RunLock acquire(RunLayout layout) {
    return tryAcquire(layout)
        .orElseThrow(
            () ->
                new UserException(
                    UserException.Kind.RUN_DIRECTORY,
                    "run directory "
                        + layout.root()
                        + " is being written by another process; wait for it to end, or choose"
                        + " another --run"));
  }

  private static boolean holds(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Lets go. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

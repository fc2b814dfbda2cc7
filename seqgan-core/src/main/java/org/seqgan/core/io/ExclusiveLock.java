package org.seqgan.core.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A right that one holder on this machine has at a time. It ends with {@link #close()}, or with the
 * process, however that ends; its file stays, and means nothing by itself.
 */
public final class ExclusiveLock implements AutoCloseable {
  private final FileChannel channel;

  private ExclusiveLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * The lock, or empty where another process, or another part of this one, holds it.
   *
   * @param file made where it is missing; its folder must be there
   * @throws IOException if the file cannot be made or opened; a symbolic link is not followed
   */
  public static Optional<ExclusiveLock> tryAcquire(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    if (holds(channel)) {
      return Optional.of(new ExclusiveLock(channel));
    }
    channel.close();
    return Optional.empty();
  }

  private static boolean holds(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

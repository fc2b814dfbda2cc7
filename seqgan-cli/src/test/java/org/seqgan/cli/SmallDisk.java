package org.seqgan.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * A disk of a megabyte that can be filled: a tmpfs, mounted for a test. That takes Linux and the
 * right to mount.
 *
 * @param folder where it is mounted
 */
record SmallDisk(Path folder) implements AutoCloseable {
  private static final int BYTES = 1 << 20;
  private static final int PAGE = 4096;
  private static final String BALLAST = "ballast";

  /** Whether this machine lets the test mount one. */
  static boolean canBeMounted(Path folder) throws IOException, InterruptedException {
    boolean mounted =
        run("mount", "-t", "tmpfs", "-o", "size=" + BYTES, "tmpfs", folder.toString());
    return mounted && run("umount", folder.toString());
  }

  static SmallDisk mount(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    if (!run("mount", "-t", "tmpfs", "-o", "size=" + BYTES, "tmpfs", folder.toString())) {
      throw new IOException("cannot mount a tmpfs at " + folder);
    }
    return new SmallDisk(folder);
  }

  private static boolean run(String... words) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(words).redirectErrorStream(true).start();
    } catch (IOException e) {
      return false; // no such command
    }
    process.getInputStream().readAllBytes();
    return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  /** Leaves so much free, in bytes. */
  void fill(long free) throws IOException {
    fill();
    try (FileChannel ballast =
        FileChannel.open(folder.resolve(BALLAST), StandardOpenOption.WRITE)) {
      ballast.truncate(Math.max(0, ballast.size() - free));
    }
  }

  /** Takes what is free, though another writes at the same time. */
  void fill() throws IOException {
    try (OutputStream ballast =
        Files.newOutputStream(
            folder.resolve(BALLAST), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      byte[] page = new byte[PAGE];
      while (true) {
        ballast.write(page);
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space left")) {
        throw e;
      }
    }
  }

  /** Frees all that was filled. */
  void free() throws IOException {
    Files.deleteIfExists(folder.resolve(BALLAST));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("umount", folder.toString());
  }
}

package org.seqgan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A disk of a megabyte that can be filled: a tmpfs, mounted for a test. That takes Linux and the
 * right to mount.
 *
 * @param folder where it is mounted
 */
record SmallDisk(Path folder) implements AutoCloseable {
  private static final int BYTES = 1 << 20;
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
    long ballast = folder.toFile().getUsableSpace() - free;
    Files.write(folder.resolve(BALLAST), new byte[(int) Math.max(0, ballast)]);
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

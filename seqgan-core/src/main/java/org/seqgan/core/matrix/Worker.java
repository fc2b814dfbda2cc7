package org.seqgan.core.matrix;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.seqgan.api.UserException;
import org.seqgan.core.run.DurableFiles;

/** A process that runs one cell after another; see {@link ProcessRunner}. For one thread. */
final class Worker {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Process process;
  private final int place;
  private long lostBytes;

  private Worker(Process process, int place) {
    this.process = process;
    this.place = place;
  }

  /**
   * Starts a process.
   *
   * @param words its command line
   * @param place see {@link ProcessRunner.WorkerCommand}
   */
  static Worker start(List<String> words, int place) {
    ProcessBuilder builder = new ProcessBuilder(words);
    // Native kernels are driven from the program's own threads, one OpenMP thread each.
    builder.environment().put("OMP_NUM_THREADS", "1");
    try {
      return new Worker(builder.start(), place);
    } catch (IOException e) {
      throw new UserException(
          UserException.Kind.ENVIRONMENT,
          "cannot start a process for cells: %s".formatted(e.getMessage()),
          e);
    }
  }

  int place() {
    return place;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Of a process that has ended. */
  int exitCode() {
    return process.exitValue();
  }

  /** Has it run a cell. One that has ended is noticed when it is looked at, with its last words. */
  void give(CellFolder folder) {
    try {
      String line = folder.root().toAbsolutePath() + "\n";
      process.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      // Nothing is to be done; to destroy it would throw away what it printed.
      return;
    }
  }

  /** Whether it said that its cell is done; once for each cell. */
  boolean isDone() {
    try {
      InputStream said = process.getInputStream();
      return said.available() > 0 && said.read() >= 0;
    } catch (IOException e) {
      return false; // it has ended
    }
  }

  /**
   * Moves what it has printed by now to the end of a log, without waiting for more. Where the log
   * cannot be written that is said in it as soon as it can: no cell is lost for it.
   */
  void moveOutput(Path log) {
    byte[] printed;
    try {
      InputStream output = process.getErrorStream();
      printed = output.readNBytes(output.available());
    } catch (IOException e) {
      return; // closed with the process
    }
    if (printed.length > 0) {
      try {
        append(log, printed);
        lostBytes = 0;
      } catch (IOException e) {
        lostBytes += printed.length;
      }
    }
  }

  /** Makes a log that is there even where nothing is printed. */
  void openLog(Path log) {
    try {
      append(log, new byte[0]);
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(log, e);
    }
  }

  private void append(Path log, byte[] printed) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      if (lostBytes > 0) {
        String text = "seqgan: %d bytes that were printed here could not be written%n";
        out.write(text.formatted(lostBytes).getBytes(StandardCharsets.UTF_8));
      }
      out.write(printed);
    }
  }

  /** Has it stop, politely where it works on a cell. */
  void endInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended, or will not hear of it.
      process.destroy();
    }
  }

  /** Ends it at once. */
  void kill() {
    process.destroyForcibly();
  }

  /**
   * Waits until it is gone, and ends it when that takes too long.
   *
   * @param most how long it may take
   * @param now and then done meanwhile, and at the end
   */
  void awaitEnd(Duration most, Runnable now) {
    long start = System.nanoTime();
    try {
      while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)
          && System.nanoTime() - start < most.toNanos()) {
        now.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    now.run();
  }
}

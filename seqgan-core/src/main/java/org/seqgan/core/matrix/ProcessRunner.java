package org.seqgan.core.matrix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.seqgan.api.UserException;
import org.seqgan.core.run.DurableFiles;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.run.RunStatus;

/**
 * Runs cells as processes of this machine, a number of them at a time. What a process prints goes
 * to the log of its cell. For one thread.
 *
 * <p>The standard input of each process is a pipe from this one that nothing is written to: it ends
 * when this process does, however that happens, and then the cell is to stop.
 */
public final class ProcessRunner implements Runner {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(1);

  /** The time that a cell has to stop: far more than it takes to come to the end of a batch. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  private final MatrixDirectory directory;
  private final CellCommand command;
  private final int parallel;

  /** Makes the command line that runs a cell. */
  @FunctionalInterface
  public interface CellCommand {
    /**
     * The words; the process is to call {@link CellRun} with this folder.
     *
     * @param place a number from 0 that no other cell has while this one runs, lower than that of
     *     the cells that may run at a time
     */
    List<String> words(CellFolder folder, int place);
  }

  /**
   * A runner for the cells of a directory.
   *
   * @param parallel how many run at a time
   */
  public ProcessRunner(MatrixDirectory directory, CellCommand command, int parallel) {
    this.directory = directory;
    this.command = command;
    this.parallel = parallel;
  }

  /** A cell whose process runs. */
  private static final class Running {
    private final Cell cell;
    private final int place;
    private final CellFolder folder;
    private final Process process;
    private final long logStart;
    private final double earlierSeconds;
    private final long startedAt = System.nanoTime();
    private long toldAt = System.nanoTime();

    Running(Cell cell, int place, CellFolder folder, Process process, long logStart) {
      this.cell = cell;
      this.place = place;
      this.folder = folder;
      this.process = process;
      this.logStart = logStart;
      this.earlierSeconds = folder.seconds();
    }

    /** What the cell took, this process included, whatever that wrote down before it died. */
    double seconds() {
      return earlierSeconds + (System.nanoTime() - startedAt) / 1e9;
    }
  }

  @Override
  public void run(List<Cell> cells, CellListener listener, BooleanSupplier stopRequested) {
    Deque<Cell> waiting = new ArrayDeque<>(cells);
    List<Running> running = new ArrayList<>();
    try {
      while (!stopRequested.getAsBoolean() && !(waiting.isEmpty() && running.isEmpty())) {
        while (running.size() < parallel && !waiting.isEmpty()) {
          running.add(start(waiting.remove(), freePlace(running)));
          listener.started(running.get(running.size() - 1).cell);
        }
        Thread.sleep(POLL.toMillis());
        look(running, listener, stopRequested);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stop(running);
    }
    // What came to its end while it was told to stop is not run again.
    running.forEach(cell -> tellIfDone(cell, listener));
  }

  private static int freePlace(List<Running> running) {
    return IntStream.iterate(0, place -> place + 1)
        .filter(place -> running.stream().noneMatch(one -> one.place == place))
        .findFirst()
        .orElseThrow();
  }

  private Running start(Cell cell, int place) {
    CellFolder folder = directory.folder(cell);
    folder.prepare(cell);
    try {
      long logStart = Files.exists(folder.log()) ? Files.size(folder.log()) : 0;
      ProcessBuilder builder = new ProcessBuilder(command.words(folder, place));
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
      // Native kernels are driven from the program's own threads, one OpenMP thread each.
      builder.environment().put("OMP_NUM_THREADS", "1");
      return new Running(cell, place, folder, builder.start(), logStart);
    } catch (IOException e) {
      throw new UserException(
          UserException.Kind.ENVIRONMENT,
          "cannot start a process for cell %s: %s".formatted(cell.id(), e.getMessage()),
          e);
    }
  }

  private void look(List<Running> running, CellListener listener, BooleanSupplier stopRequested) {
    for (Iterator<Running> all = running.iterator(); all.hasNext(); ) {
      Running one = all.next();
      if (!one.process.isAlive()) {
        if (isDone(one)) {
          all.remove();
          listener.ended(directory.summary(one.cell));
        } else if (!stopsToo(stopRequested)) {
          all.remove();
          listener.ended(fail(one));
        }
      } else if (System.nanoTime() - one.toldAt >= PROGRESS_INTERVAL.toNanos()) {
        one.toldAt = System.nanoTime();
        tellProgress(one, listener);
      }
    }
  }

  /**
   * Whether this process is being stopped, too: an interrupt from the keyboard goes to all
   * processes at once, and a cell may be the first to act on it.
   */
  private static boolean stopsToo(BooleanSupplier stopRequested) {
    for (int i = 0; i < 5 && !stopRequested.getAsBoolean(); i++) {
      try {
        Thread.sleep(POLL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return true;
      }
    }
    return stopRequested.getAsBoolean();
  }

  private static void tellProgress(Running one, CellListener listener) {
    RunLayout run = one.folder.run();
    if (Files.exists(run.status())) {
      listener.progressed(one.cell, CellProgress.of(RunStatus.read(run.status())));
    }
  }

  private boolean isDone(Running one) {
    return directory.summary(one.cell).state() == CellState.DONE;
  }

  private void tellIfDone(Running one, CellListener listener) {
    if (isDone(one)) {
      listener.ended(directory.summary(one.cell));
    }
  }

  private static CellSummary fail(Running one) {
    String reason =
        "cell %s failed with exit code %d: %s; see %s"
            .formatted(
                one.cell.id(),
                one.process.exitValue(),
                lastWords(one.folder.log(), one.logStart),
                one.folder.log());
    double seconds = one.seconds();
    one.folder.writeSeconds(seconds);
    CellSummary summary = CellSummary.failed(one.cell, reason, seconds);
    one.folder.write(summary);
    return summary;
  }

  /** The last line that a process printed. */
  private static String lastWords(Path log, long from) {
    try {
      byte[] all = Files.readAllBytes(log);
      int start = (int) Math.min(from, all.length);
      String text = new String(all, start, all.length - start, StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.isBlank())
          .reduce((first, second) -> second)
          .map(line -> line.strip().replaceFirst("^seqgan: ", ""))
          .orElse("it printed nothing");
    } catch (IOException e) {
      throw DurableFiles.cannotRead(log, e);
    }
  }

  /**
   * By the end of their input, and not by a signal: one from the keyboard has come to them already,
   * and the second ends a process at once.
   */
  private static void stop(List<Running> running) {
    running.forEach(ProcessRunner::endInput);
    for (Running one : running) {
      boolean gone = false;
      try {
        gone = one.process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (!gone) {
        one.process.destroyForcibly();
      }
    }
  }

  private static void endInput(Running one) {
    try {
      one.process.getOutputStream().close();
    } catch (IOException e) {
      // Its process has ended, or will not hear of it.
      one.process.destroy();
    }
  }
}

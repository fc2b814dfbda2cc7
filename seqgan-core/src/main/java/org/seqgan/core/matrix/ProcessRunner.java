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
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.seqgan.core.run.DurableFiles;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.run.RunStatus;

/**
 * Runs cells in processes of this machine, a number of them at a time. A process that is done with
 * a cell takes the next one: starting it and compiling its code takes longer than a short cell
 * does. One whose cell failed takes no other, so a crash costs one cell. For one thread.
 *
 * <p>The standard input of a process is a pipe from this one, which gets the folder of each cell as
 * a line. It ends when this process does, however that happens, and then the cell is to stop. Its
 * standard output is a pipe to this one that gets a line for each cell that is done. What else it
 * prints, on its standard error, goes to the log of its cell.
 */
public final class ProcessRunner implements Runner {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(1);

  /** The time that a cell has to stop: far more than it takes to come to the end of a batch. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  private final MatrixDirectory directory;
  private final WorkerCommand command;
  private final int parallel;

  /** Makes the command line of a process that runs cells. */
  @FunctionalInterface
  public interface WorkerCommand {
    /**
     * The words; the process is to call {@link CellRun} with each folder that it is given.
     *
     * @param place a number from 0 that no other process has while this one runs, lower than that
     *     of the cells that may run at a time
     */
    List<String> words(int place);
  }

  /**
   * A runner for the cells of a directory.
   *
   * @param parallel how many run at a time
   */
  public ProcessRunner(MatrixDirectory directory, WorkerCommand command, int parallel) {
    this.directory = directory;
    this.command = command;
    this.parallel = parallel;
  }

  /** A cell that a process works on. */
  private static final class Running {
    private final Cell cell;
    private final Worker worker;
    private final CellFolder folder;
    private final long logStart;
    private final double earlierSeconds;
    private final long startedAt = System.nanoTime();
    private long toldAt = System.nanoTime();

    Running(Cell cell, Worker worker, CellFolder folder) {
      this.cell = cell;
      this.worker = worker;
      this.folder = folder;
      this.logStart = folder.log().toFile().length();
      this.earlierSeconds = folder.seconds();
    }

    /** What the cell took, this process included, whatever that wrote down before it died. */
    double seconds() {
      return earlierSeconds + (System.nanoTime() - startedAt) / 1e9;
    }

    /** Writes down what was printed; after a crash, the reason is in it. */
    void keepOutput() {
      worker.moveOutput(folder.log());
    }
  }

  @Override
  public void run(List<Cell> cells, CellListener listener, BooleanSupplier stopRequested) {
    Deque<Cell> waiting = new ArrayDeque<>(cells);
    List<Running> running = new ArrayList<>();
    List<Worker> idle = new ArrayList<>();
    try {
      while (!stopRequested.getAsBoolean() && !(waiting.isEmpty() && running.isEmpty())) {
        while (running.size() < parallel && !waiting.isEmpty()) {
          running.add(start(waiting.remove(), worker(idle, running)));
          listener.started(running.get(running.size() - 1).cell);
        }
        Thread.sleep(POLL.toMillis());
        look(running, idle, listener, stopRequested);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      idle.forEach(Worker::endInput);
      stop(running);
    }
    // What came to its end while it was told to stop is not run again.
    running.forEach(cell -> tellIfDone(cell, listener));
  }

  /** A process that waits for a cell, or a new one. */
  private Worker worker(List<Worker> idle, List<Running> running) {
    idle.removeIf(worker -> !worker.isAlive());
    if (!idle.isEmpty()) {
      return idle.remove(0);
    }
    int place =
        IntStream.iterate(0, each -> each + 1)
            .filter(each -> running.stream().noneMatch(one -> one.worker.place() == each))
            .findFirst()
            .orElseThrow();
    return Worker.start(command.words(place), place);
  }

  private Running start(Cell cell, Worker worker) {
    CellFolder folder = directory.folder(cell);
    folder.prepare(cell);
    worker.openLog(folder.log());
    Running started = new Running(cell, worker, folder);
    worker.give(folder);
    return started;
  }

  private void look(
      List<Running> running,
      List<Worker> idle,
      CellListener listener,
      BooleanSupplier stopRequested) {
    for (Iterator<Running> all = running.iterator(); all.hasNext(); ) {
      Running one = all.next();
      boolean alive = one.worker.isAlive();
      boolean done = one.worker.isDone();
      one.keepOutput();
      if (done || !alive) {
        if (isDone(one)) {
          all.remove();
          listener.ended(directory.summary(one.cell));
          if (alive) {
            idle.add(one.worker);
          }
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
                one.worker.exitCode(),
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
    running.forEach(one -> one.worker.endInput());
    for (Running one : running) {
      one.worker.awaitEnd(GRACE, one::keepOutput);
    }
  }
}

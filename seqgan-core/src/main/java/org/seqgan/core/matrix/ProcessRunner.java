package org.seqgan.core.matrix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.seqgan.api.UserException;
import org.seqgan.core.run.DurableFiles;
import org.seqgan.core.run.StopSignal;

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

  /** How long after a cell that a signal ended this process may hear of that signal. */
  private static final Duration TO_HEAR_OF_A_SIGNAL = Duration.ofSeconds(5);

  /** The same of one that ended otherwise: it may have had no time to say that it was stopped. */
  private static final Duration TO_HEAR_OF_A_STOP = Duration.ofMillis(500);

  /** The time that a cell has to stop: far more than it takes to come to the end of a batch. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  private final WorkerCommand command;
  private final int parallel;
  private final boolean endsWithItsMachine;

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
   * A runner.
   *
   * @param parallel how many run at a time
   * @param endsWithItsMachine what becomes of a cell that failed for a reason of this machine: true
   *     for giving it back to other machines and taking no more, false for a failure of the cell
   */
  public ProcessRunner(WorkerCommand command, int parallel, boolean endsWithItsMachine) {
    this.command = command;
    this.parallel = parallel;
    this.endsWithItsMachine = endsWithItsMachine;
  }

  /** A cell that a process works on. */
  private static final class Running {
    private final CellAttempt attempt;
    private final Cell cell;
    private final Worker worker;
    private final CellFolder folder;
    private final long logStart;
    private final double earlierSeconds;
    private final long startedAt = System.nanoTime();
    private long toldAt = System.nanoTime();
    private boolean isDone;
    private Optional<CellSummary> summary = Optional.empty();

    Running(CellAttempt attempt, Worker worker) {
      this.attempt = attempt;
      this.cell = attempt.cell();
      this.worker = worker;
      this.folder = attempt.folder();
      this.logStart = folder.log().toFile().length();
      this.earlierSeconds = folder.seconds();
    }

    /** What the cell took, this process included, whatever that wrote down before it died. */
    double seconds() {
      return earlierSeconds + (System.nanoTime() - startedAt) / 1e9;
    }

    /** Whether there is a summary, good or bad. */
    boolean hasEnded() {
      return summary().isPresent();
    }

    /** Kept, because the folder may be moved by a request whose reply is lost. */
    Optional<CellSummary> summary() {
      if (summary.isEmpty()) {
        summary = folder.summary();
      }
      return summary;
    }

    /** What is to be done while it is waited for. */
    void tend() {
      keepOutput();
      attempt.isHeld();
    }

    /** Writes down what was printed; after a crash, the reason is in it. */
    void keepOutput() {
      worker.moveOutput(folder.log());
    }
  }

  @Override
  public void run(CellQueue queue, CellListener listener, BooleanSupplier stopRequested) {
    List<Running> running = new ArrayList<>();
    List<Worker> idle = new ArrayList<>();
    try {
      while (!stopRequested.getAsBoolean() && !(queue.isOver() && running.isEmpty())) {
        Optional<CellAttempt> next = Optional.empty();
        do {
          next = running.size() < parallel ? queue.take() : Optional.empty();
          if (next.isPresent()) {
            running.add(start(next.get(), queue, idle, running));
            listener.started(next.get().cell());
          }
        } while (next.isPresent());
        Thread.sleep(POLL.toMillis());
        look(running, idle, queue, listener, stopRequested);
        queue.tend(listener);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      idle.forEach(Worker::endInput);
      stop(running);
      // What came to its end while it was told to stop is not run again.
      running.forEach(one -> giveBack(one, queue, listener));
    }
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

  private Running start(
      CellAttempt attempt, CellQueue queue, List<Worker> idle, List<Running> running) {
    boolean started = false;
    try {
      Worker worker = worker(idle, running);
      worker.openLog(attempt.folder().log());
      Running one = new Running(attempt, worker);
      worker.give(attempt.folder());
      started = true;
      return one;
    } finally {
      if (!started) {
        queue.giveBack(attempt);
      }
    }
  }

  private void look(
      List<Running> running,
      List<Worker> idle,
      CellQueue queue,
      CellListener listener,
      BooleanSupplier stopRequested) {
    for (Running one : List.copyOf(running)) {
      boolean alive = one.worker.isAlive();
      one.isDone |= one.worker.isDone();
      one.keepOutput();
      if (one.isDone) {
        if (publish(one, queue, listener)) {
          running.remove(one);
          if (alive) {
            idle.add(one.worker);
          }
        }
      } else if (!alive) {
        if (one.hasEnded() || !stopsToo(one.worker, running, stopRequested)) {
          fail(one, running, queue, listener);
        }
      } else if (!one.attempt.isHeld()) {
        // Nothing that it writes from here on can count, so it need not be polite.
        one.worker.kill();
        running.remove(one);
        queue.lost(one.attempt);
        listener.left(one.cell);
      } else if (System.nanoTime() - one.toldAt >= PROGRESS_INTERVAL.toNanos()) {
        one.toldAt = System.nanoTime();
        CellProgress.of(one.folder).ifPresent(now -> listener.progressed(one.cell, now));
      }
    }
  }

  /** Whether it is settled what became of the cell. */
  private static boolean publish(Running one, CellQueue queue, CellListener listener) {
    CellSummary summary = one.summary().orElseThrow();
    Optional<Boolean> counts = queue.publish(one.attempt);
    counts.ifPresent(
        ours -> {
          if (ours) {
            listener.ended(summary);
          } else {
            listener.left(one.cell);
          }
        });
    return counts.isPresent();
  }

  /**
   * Whether this process is being stopped, too: an interrupt from the keyboard goes to all
   * processes at once, and a cell may be the first to act on it.
   *
   * @param running what is held on to meanwhile
   */
  private static boolean stopsToo(
      Worker ended, List<Running> running, BooleanSupplier stopRequested) {
    boolean bySignal = StopSignal.ended(ended.exitCode());
    long most = (bySignal ? TO_HEAR_OF_A_SIGNAL : TO_HEAR_OF_A_STOP).toNanos();
    long start = System.nanoTime();
    while (!stopRequested.getAsBoolean() && System.nanoTime() - start < most) {
      try {
        Thread.sleep(POLL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return true;
      }
      running.forEach(Running::tend);
    }
    return stopRequested.getAsBoolean();
  }

  /** A process ended before its cell did. */
  private void fail(Running one, List<Running> running, CellQueue queue, CellListener listener) {
    if (!one.hasEnded()) {
      one.keepOutput(); // of a process that has just ended, the last words may come after that
      String words = lastWords(one.folder.log(), one.logStart);
      if (endsWithItsMachine
          && one.worker.exitCode() == UserException.Kind.ENVIRONMENT.exitCode()) {
        running.remove(one);
        queue.giveBack(one.attempt);
        listener.left(one.cell);
        throw new UserException(
            UserException.Kind.ENVIRONMENT,
            "cell %s cannot go on here, and is left to other workers: %s"
                .formatted(one.cell.id(), words));
      }
      String reason =
          "cell %s failed with exit code %d: %s; see %s"
              .formatted(one.cell.id(), one.worker.exitCode(), words, queue.endedLog(one.cell));
      double seconds = one.seconds();
      one.folder.writeSeconds(seconds);
      one.folder.write(CellSummary.failed(one.cell, reason, seconds));
    }
    if (publish(one, queue, listener)) {
      running.remove(one);
    }
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

  private static void giveBack(Running one, CellQueue queue, CellListener listener) {
    if (one.hasEnded()) {
      publish(one, queue, listener);
    } else {
      queue.giveBack(one.attempt);
      listener.left(one.cell);
    }
  }

  /**
   * By the end of their input, and not by a signal: one from the keyboard has come to them already,
   * and the second ends a process at once.
   */
  private static void stop(List<Running> running) {
    running.forEach(one -> one.worker.endInput());
    for (Running one : running) {
      one.worker.awaitEnd(GRACE, one::tend);
    }
  }
}

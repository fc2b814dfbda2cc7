package org.seqgan.core.queue;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Time, and processes that live in it. One process runs at a time, until it sleeps; then the one
 * runs that wakes first, and the time is when it does. So a schedule repeats, however fast the
 * machine is.
 */
final class SimulatedWorld {
  private final PriorityQueue<Process> sleeping = new PriorityQueue<>();
  private final Semaphore end = new Semaphore(0);
  private long now;
  private long order;
  private @Nullable Throwable failure;

  /** Ends a process from inside, wherever it is. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
      super("killed", null, false, false);
    }
  }

  /** What a process does. */
  interface Life {
    void live(Process self);
  }

  /** A process. */
  final class Process implements Comparable<Process> {
    private final Semaphore turn = new Semaphore(0);
    private long wakes;
    private long rank;
    private long killedAt = Long.MAX_VALUE;

    /** Lets time pass. */
    void sleep(Duration time) {
      sleepUntil(Math.addExact(now, time.toNanos()));
    }

    private void sleepUntil(long time) {
      wakes = time;
      rank = order++;
      sleeping.add(this);
      Process next = sleeping.remove();
      now = next.wakes;
      if (next != this) {
        next.turn.release();
        turn.acquireUninterruptibly();
      }
      if (now >= killedAt) {
        throw new Killed();
      }
    }

    /** It is no more from a time on; what it is doing then is left half done. */
    void dieAt(long time) {
      killedAt = time;
    }

    @Override
    public int compareTo(Process other) {
      int byTime = Long.compare(wakes, other.wakes);
      return byTime != 0 ? byTime : Long.compare(rank, other.rank);
    }
  }

  long now() {
    return now;
  }

  /** Makes a process that starts at a time. */
  Process process(long start, Life life) {
    Process process = new Process();
    process.wakes = start;
    process.rank = order++;
    sleeping.add(process);
    Thread thread =
        new Thread(
            null,
            () -> {
              process.turn.acquireUninterruptibly();
              try {
                life.live(process);
              } catch (Throwable e) {
                failure = failure == null && !(e instanceof Killed) ? e : failure;
              }
              handOn();
            },
            "simulated",
            1 << 18);
    thread.setDaemon(true);
    thread.start();
    return process;
  }

  private void handOn() {
    Process next = sleeping.poll();
    if (next == null) {
      end.release();
    } else {
      now = next.wakes;
      next.turn.release();
    }
  }

  /** Runs until no process is left. */
  void run() throws Exception {
    Process first = sleeping.remove();
    now = first.wakes;
    first.turn.release();
    end.acquire();
    if (failure instanceof Exception e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }
}

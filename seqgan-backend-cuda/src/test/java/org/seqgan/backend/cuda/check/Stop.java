package org.seqgan.backend.cuda.check;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.seqgan.core.run.PoliteStop;
import org.seqgan.core.run.StopSignal;

/**
 * When a check is to stop: after the minutes that it was given, or when it is told to by a signal.
 * A process that it waits for is told politely, by SIGTERM, as all that train save where they are
 * then. Thread-safe.
 */
final class Stop implements AutoCloseable {
  /** Codes with which processes end that were told to. */
  static final Set<Integer> CODES =
      Set.of(StopSignal.INTERRUPT.exitCode(), StopSignal.TERMINATE.exitCode());

  /** Longer than training takes to stop. */
  private static final Duration GRACE = Duration.ofMinutes(11);

  private final AtomicReference<@Nullable Process> child = new AtomicReference<>();
  private final AtomicReference<@Nullable PoliteStop> signals = new AtomicReference<>();
  private final long start = System.nanoTime();
  private final Optional<Duration> most;

  private Stop(Optional<Duration> most) {
    this.most = most;
  }

  static Stop install(Optional<Duration> most) {
    Stop stop = new Stop(most);
    stop.signals.set(PoliteStop.install(stop::told, GRACE));
    return stop;
  }

  /** A terminal sends an interrupt to all processes: the child has it, and a second would kill. */
  private void told() {
    PoliteStop stop = signals.get();
    Process process = child.get();
    boolean interrupted =
        stop != null && stop.signal().filter(StopSignal.INTERRUPT::equals).isPresent();
    if (process != null && !interrupted) {
      process.destroy();
    }
  }

  boolean isDue() {
    PoliteStop stop = signals.get();
    return (stop != null && stop.getAsBoolean())
        || left().filter(time -> time.isNegative() || time.isZero()).isPresent();
  }

  /** The time until then; empty where none was set. */
  Optional<Duration> left() {
    return most.map(time -> time.minusNanos(System.nanoTime() - start));
  }

  /** Waits until a process has ended, by itself or because the check is to stop. */
  int await(Process process) throws InterruptedException {
    child.set(process);
    try {
      Optional<Duration> time = left();
      if (time.isPresent() && !process.waitFor(time.get().toNanos(), TimeUnit.NANOSECONDS)) {
        process.destroy();
      }
      return process.waitFor();
    } finally {
      child.set(null);
    }
  }

  @Override
  public void close() {
    PoliteStop stop = signals.get();
    if (stop != null) {
      stop.close();
    }
  }
}

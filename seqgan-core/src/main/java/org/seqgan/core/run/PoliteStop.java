package org.seqgan.core.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Turns an interrupt from the keyboard (SIGINT) or a polite kill (SIGTERM) into a request to stop.
 * Work asks {@link #getAsBoolean()} as often as it can stop, and whoever started it ends the
 * process with the {@link StopSignal#exitCode()} of {@link #signal()}. A second signal ends the
 * process at once.
 *
 * <p>Where the virtual machine goes for another reason, it waits until {@link #close()} says that
 * everything is written, or a time of grace is over.
 *
 * <p>Thread-safe.
 */
public final class PoliteStop implements BooleanSupplier, AutoCloseable {
  private final Runnable asked;
  private final Runnable outOfGrace;
  private final Duration grace;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::shutDown, "polite-stop");
  private final List<StopSignal.Restore> before = new ArrayList<>();
  private final AtomicReference<Optional<StopSignal>> signal =
      new AtomicReference<>(Optional.empty());
  private volatile boolean stopRequested;

  private PoliteStop(Runnable asked, Runnable outOfGrace, Duration grace) {
    this.asked = asked;
    this.outOfGrace = outOfGrace;
    this.grace = grace;
  }

  /**
   * Listens from now until {@link #close()}.
   *
   * @param asked called on a thread of its own when the first signal comes
   * @param outOfGrace called on a thread of its own where the virtual machine goes and work does
   *     not stop in time
   * @param grace how long work has then
   */
  public static PoliteStop install(Runnable asked, Runnable outOfGrace, Duration grace) {
    PoliteStop result = new PoliteStop(asked, outOfGrace, grace);
    Runtime.getRuntime().addShutdownHook(result.hook);
    for (StopSignal each : StopSignal.values()) {
      result.before.add(each.handle(result::receive));
    }
    return result;
  }

  private void receive(StopSignal received) {
    if (!signal.compareAndSet(Optional.empty(), Optional.of(received))) {
      Runtime.getRuntime().halt(received.exitCode());
    }
    stopRequested = true;
    asked.run();
  }

  /** Whether work is to stop. */
  @Override
  public boolean getAsBoolean() {
    return stopRequested;
  }

  /** The signal that asked for it; empty where none did. */
  public Optional<StopSignal> signal() {
    return signal.get();
  }

  /** What happens when the virtual machine is told to go. */
  void shutDown() {
    stopRequested = true;
    boolean stopped = false;
    try {
      stopped = closed.await(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!stopped) {
      outOfGrace.run();
    }
  }

  /** Everything is written: the virtual machine may go. */
  @Override
  public void close() {
    closed.countDown();
    before.forEach(StopSignal.Restore::run);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The virtual machine is going already, and takes no hook away.
      stopRequested = true;
    }
  }
}

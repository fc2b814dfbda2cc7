package org.seqgan.core.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
 * <p>What is to be left in order is begun after this is installed: before, nothing holds the
 * virtual machine back.
 *
 * <p>Thread-safe.
 */
public final class PoliteStop implements BooleanSupplier, AutoCloseable {
  private final Runnable asked;
  private final BooleanSupplier elsewhere;
  private final Duration grace;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::shutDown, "polite-stop");
  private final List<StopSignal.Restore> before = new ArrayList<>();
  private final AtomicReference<Optional<StopSignal>> signal =
      new AtomicReference<>(Optional.empty());
  private final AtomicBoolean stopRequested = new AtomicBoolean();
  private volatile Runnable outOfGrace = () -> {};

  private PoliteStop(Runnable asked, BooleanSupplier elsewhere, Duration grace) {
    this.asked = asked;
    this.elsewhere = elsewhere;
    this.grace = grace;
  }

  /**
   * Listens from now until {@link #close()}. Where the virtual machine is going already this does
   * not return, so that nothing is begun that would be cut off.
   *
   * @param asked called once, on a thread of its own, when the first signal comes or the virtual
   *     machine goes
   * @param grace how long work has where the virtual machine goes
   */
  public static PoliteStop install(Runnable asked, Duration grace) {
    PoliteStop result = new PoliteStop(asked, () -> false, grace);
    try {
      Runtime.getRuntime().addShutdownHook(result.hook);
    } catch (IllegalStateException e) {
      Runtime.getRuntime().exit(0); // blocks for ever, and changes no exit code
    }
    for (StopSignal each : StopSignal.values()) {
      result.before.add(each.handle(result::receive));
    }
    return result;
  }

  /**
   * For work that somebody else in this process stops: its signals are left alone.
   *
   * @param requested whether work is to stop
   */
  public static PoliteStop when(BooleanSupplier requested) {
    return new PoliteStop(() -> {}, requested, Duration.ZERO);
  }

  /** What is done, on a thread of its own, where the virtual machine goes and work is not done. */
  public void whenOutOfGrace(Runnable action) {
    outOfGrace = action;
  }

  private void receive(StopSignal received) {
    if (!signal.compareAndSet(Optional.empty(), Optional.of(received))) {
      Runtime.getRuntime().halt(received.exitCode());
    }
    ask();
  }

  private void ask() {
    if (stopRequested.compareAndSet(false, true)) {
      asked.run();
    }
  }

  /** Whether work is to stop. */
  @Override
  public boolean getAsBoolean() {
    return stopRequested.get() || elsewhere.getAsBoolean();
  }

  /** The signal that asked for it; empty where none did. */
  public Optional<StopSignal> signal() {
    return signal.get();
  }

  /** What happens when the virtual machine is told to go. */
  void shutDown() {
    try {
      ask();
    } finally {
      awaitWork();
    }
  }

  private void awaitWork() {
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
      stopRequested.set(true);
    }
  }
}

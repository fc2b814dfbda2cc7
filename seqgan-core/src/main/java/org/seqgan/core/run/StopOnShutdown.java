package org.seqgan.core.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Turns an interrupt from the keyboard (SIGINT) or a polite kill (SIGTERM) into a request to stop.
 * Training asks {@link #getAsBoolean()} between batches; the virtual machine waits until {@link
 * #close()} says that everything is written, or a time of grace is over, and the run is then marked
 * as interrupted.
 *
 * <p>Thread-safe.
 */
public final class StopOnShutdown implements BooleanSupplier, AutoCloseable {
  private final Runnable markInterrupted;
  private final Duration grace;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::shutDown, "stop-on-shutdown");
  private volatile boolean stopRequested;

  private StopOnShutdown(Runnable markInterrupted, Duration grace) {
    this.markInterrupted = markInterrupted;
    this.grace = grace;
  }

  /**
   * Listens from now until {@link #close()}.
   *
   * @param markInterrupted called on a thread of its own where training does not stop in time
   * @param grace how long training has
   */
  public static StopOnShutdown install(Runnable markInterrupted, Duration grace) {
    StopOnShutdown result = new StopOnShutdown(markInterrupted, grace);
    Runtime.getRuntime().addShutdownHook(result.hook);
    return result;
  }

  /** Whether training is to stop. */
  @Override
  public boolean getAsBoolean() {
    return stopRequested;
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
      markInterrupted.run();
    }
  }

  /** Everything is written: the virtual machine may go. */
  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The virtual machine is going already, and takes no hook away.
      stopRequested = true;
    }
  }
}

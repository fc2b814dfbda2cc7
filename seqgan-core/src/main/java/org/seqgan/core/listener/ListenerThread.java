package org.seqgan.core.listener;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;
import org.seqgan.api.listener.RunEvent;
import org.seqgan.api.listener.RunListener;

/**
 * A listener on a thread of its own, with a queue of bounded length before it. Whoever sends an
 * event never waits and never sees what the listener throws. Thread-safe.
 */
final class ListenerThread {
  /** How many events may wait. */
  static final int ROOM = 1000;

  /** How much a listener may say of one run: it shares the page with the run's own warnings. */
  static final int MOST_WARNINGS = 20;

  private final String description;
  private final Opening opening;
  private final Consumer<String> warnings;
  private final Thread thread;
  private final AtomicInteger warned = new AtomicInteger();
  private final Deque<RunEvent> waiting = new ArrayDeque<>();
  private long sent;
  private long dropped;
  private boolean hears = true;
  private boolean leftBehind;

  /** Makes the listener, given where its warnings go. */
  @FunctionalInterface
  interface Opening {
    RunListener open(Consumer<String> warnings) throws Exception;
  }

  /**
   * A listener that is not open yet.
   *
   * @param name of its provider
   * @param loader of its classes
   * @param warnings takes lines from any thread
   */
  ListenerThread(
      String name, @Nullable ClassLoader loader, Opening opening, Consumer<String> warnings) {
    this.description = "listener '%s'".formatted(name);
    this.opening = opening;
    this.warnings = warnings;
    this.thread = new Thread(this::listen, "listener " + name);
    thread.setDaemon(true);
    thread.setContextClassLoader(loader);
  }

  void start() {
    thread.start();
  }

  /** Has the listener hear of an event, unless it hears nothing more or its queue is full. */
  void send(RunEvent event) {
    boolean first = false;
    synchronized (waiting) {
      if (!hears) {
        return;
      }
      sent++;
      if (waiting.size() < ROOM || event instanceof RunEvent.Ended) {
        waiting.add(event);
        waiting.notifyAll();
      } else {
        first = dropped++ == 0;
      }
    }
    if (first) {
      warnings.accept(
          "%s is too slow: %,d events wait for it, and more are dropped; the run does not wait"
              .formatted(description, ROOM));
    }
  }

  private void listen() {
    @Nullable RunListener listener = null;
    try {
      listener = Objects.requireNonNull(opening.open(this::warn), "its provider gave null");
      RunEvent event;
      do {
        event = next();
        listener.on(event);
      } while (!(event instanceof RunEvent.Ended));
      close(listener);
    } catch (Throwable e) { // of a stranger's code, an Error too
      if (stopHearing()) {
        warnings.accept(
            "%s failed and hears nothing more; the run goes on without it: %s"
                .formatted(description, reason(e)));
      }
      closeQuietly(listener);
    }
  }

  /** The next event. A listener that interrupts its own thread is not the end of it. */
  private RunEvent next() throws InterruptedException {
    synchronized (waiting) {
      while (true) {
        try {
          if (Thread.interrupted() && leftBehind) {
            throw new InterruptedException();
          }
          while (waiting.isEmpty()) {
            waiting.wait();
          }
          return waiting.remove();
        } catch (InterruptedException e) {
          if (leftBehind) {
            throw e;
          }
        }
      }
    }
  }

  private static void close(RunListener listener) throws Exception {
    Thread.interrupted(); // what it left behind would end what it does to close
    listener.close();
  }

  private static void closeQuietly(@Nullable RunListener listener) {
    try {
      if (listener != null) {
        close(listener);
      }
    } catch (Throwable e) {
      // It has failed already, and that was said.
    }
  }

  /** Whether it was heard to its fault: not one that was left behind, of which enough was said. */
  private boolean stopHearing() {
    synchronized (waiting) {
      hears = false;
      waiting.clear();
      return !leftBehind;
    }
  }

  private void warn(String message) {
    int number = warned.incrementAndGet();
    if (number <= MOST_WARNINGS) {
      warnings.accept(
          "%s: %s%s"
              .formatted(
                  description,
                  UserException.line(message),
                  number == MOST_WARNINGS ? " (what more it says is not shown)" : ""));
    }
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    String type = failure.getClass().getSimpleName();
    return UserException.line(
        failure instanceof UserException
            ? String.valueOf(message)
            : message == null ? type : type + ": " + message);
  }

  /**
   * Waits for its end, and leaves it behind where that takes too long. Says how much it missed.
   *
   * @param deadline by {@link System#nanoTime()}
   */
  void finish(long deadline) {
    boolean ended = awaitEnd(deadline);
    long missed;
    long all;
    synchronized (waiting) {
      leftBehind = !ended;
      missed = dropped + (ended ? 0 : waiting.size());
      all = sent;
      if (!ended) {
        hears = false;
        waiting.clear();
      }
    }
    if (!ended) {
      thread.interrupt();
      warnings.accept(
          "%s did not finish within %d s of the end of training and is left behind"
              .formatted(description, RunListener.SECONDS_TO_FINISH));
    }
    if (missed > 0) {
      warnings.accept(
          "%s was too slow and did not hear %,d of %,d events".formatted(description, missed, all));
    }
  }

  private boolean awaitEnd(long deadline) {
    try {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left > 0) {
        thread.join(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }
}

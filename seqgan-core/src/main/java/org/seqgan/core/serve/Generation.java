package org.seqgan.core.serve;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.data.Sequences;
import org.seqgan.core.portable.OpenModel;

/**
 * A request that waits, or is being drawn: whoever made it takes its sequences as they come, and
 * closes it. For one thread; the model's draws.
 */
public final class Generation implements AutoCloseable {
  private final GenerationRequest request;
  private final ServingFigures figures;
  private final long arrived;
  private final long deadline;
  private final Deque<Sequences> drawn = new ArrayDeque<>();

  /** Of the request, those that a batch has or had. */
  private int begun;

  /** Those that were taken. */
  private int taken;

  private boolean closed;
  private @Nullable RuntimeException failure;

  /**
   * A request that has just arrived.
   *
   * @param nanoseconds that it may take
   */
  Generation(GenerationRequest request, long nanoseconds, ServingFigures figures) {
    this.request = request;
    this.figures = figures;
    this.arrived = System.nanoTime();
    this.deadline = arrived + nanoseconds;
  }

  // ---- for whoever asked ----

  /**
   * Waits for the next sequences.
   *
   * @return at least one, in their order; empty after the last
   * @throws RefusedException if it takes too long, or serving stops
   * @throws RuntimeException what drawing threw
   */
  public synchronized Optional<Sequences> next() throws InterruptedException {
    if (taken == request.count()) {
      return Optional.empty();
    }
    while (drawn.isEmpty()) {
      if (failure != null) {
        throw failure;
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        figures.late().increment();
        failure =
            new RefusedException(
                RefusedException.Reason.LATE,
                "%d of %d sequences were drawn in time; ask for fewer, or again later"
                    .formatted(taken, request.count()));
        throw failure;
      }
      wait(left / 1_000_000 + 1);
    }
    Sequences next = drawn.remove();
    taken += next.count();
    return Optional.of(next);
  }

  /** What has not been drawn by now never is. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      if (failure == null && begun < request.count()) {
        figures.abandoned().increment();
      }
    }
  }

  // ---- for the model ----

  GenerationRequest request() {
    return request;
  }

  /** How many sequences no batch has had yet; none where nobody waits for them any more. */
  synchronized int left() {
    boolean waitedFor = !closed && failure == null && System.nanoTime() < deadline;
    return waitedFor ? request.count() - begun : 0;
  }

  /** Takes up to so many of those that are left into a batch. */
  synchronized OpenModel.Draw take(int most) {
    if (begun == 0) {
      figures.waiting().add((System.nanoTime() - arrived) / 1e9);
    }
    int from = begun;
    begun = from + Math.min(most, request.count() - from);
    return new OpenModel.Draw(
        request.beginning(),
        request.first() + from,
        request.first() + begun,
        request.decoding(),
        request.seed());
  }

  synchronized void give(Sequences sequences) {
    drawn.add(sequences);
    notifyAll();
  }

  synchronized void fail(RuntimeException cause) {
    failure = cause;
    notifyAll();
  }
}

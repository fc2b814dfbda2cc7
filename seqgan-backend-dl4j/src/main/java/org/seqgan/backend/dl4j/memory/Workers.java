package org.seqgan.backend.dl4j.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed set of threads that share the blocks of one job after another; the calling thread works
 * too. Which thread takes a block is left to chance, so a block may write only what no other block
 * touches; what a block computes must not depend on the thread.
 *
 * <p>One caller at a time. Jobs do not nest.
 */
public final class Workers implements AutoCloseable {
  /** Long enough to bridge the gap between two operations of a step, short enough to be idle. */
  private static final int SPINS = 4_000;

  private final Runnable prepareThread;
  private final Scratch callerScratch;
  private final List<Scratch> scratches = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile @Nullable Job current;
  private final AtomicReference<@Nullable Throwable> threadFailure = new AtomicReference<>();
  private volatile boolean closed;
  private @Nullable Thread preparedCaller;

  /**
   * Starts the threads.
   *
   * @param count how many threads work, the caller included
   * @param pool where their tiles come from
   * @param prepareThread run once on every thread that works, also on a calling one
   */
  public Workers(int count, MemoryPool pool, Runnable prepareThread) {
    this.prepareThread = prepareThread;
    this.callerScratch = new Scratch(pool);
    scratches.add(callerScratch);
    for (int i = 1; i < count; i++) {
      Scratch scratch = new Scratch(pool);
      scratches.add(scratch);
      Thread thread = new Thread(() -> serve(scratch), "seqgan-dl4j-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** What is done for one block. */
  @FunctionalInterface
  public interface Body {
    /** Computes one block, with the working space of the thread it runs on. */
    void run(int block, Scratch scratch);
  }

  /** How many threads work, the caller included. */
  int count() {
    return threads.size() + 1;
  }

  /**
   * Runs the body for the blocks 0 to {@code blocks - 1}; returns when all are done. What a block
   * throws on any thread, or a thread itself as it starts, is thrown here; of several the first,
   * with the others suppressed.
   *
   * @throws IllegalStateException if the workers are closed, as the memory they would touch is
   *     freed
   */
  public void forEach(int blocks, Body body) {
    if (closed) {
      throw new IllegalStateException("dl4j: the backend is closed");
    }
    rethrow(threadFailure.get());
    prepareCaller();
    if (blocks <= 1 || threads.isEmpty()) {
      for (int block = 0; block < blocks; block++) {
        body.run(block, callerScratch);
      }
      return;
    }
    Job job = new Job(blocks, body, Thread.currentThread());
    current = job;
    threads.forEach(LockSupport::unpark);
    job.work(callerScratch);
    job.await();
    current = null;
    rethrow(job.failure());
    rethrow(threadFailure.get());
  }

  private static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }

  /** Ends the threads and gives their tiles back. */
  @Override
  public void close() {
    closed = true;
    threads.forEach(LockSupport::unpark);
    for (Thread thread : threads) {
      joinUninterruptibly(thread);
    }
    scratches.forEach(Scratch::close);
  }

  private void prepareCaller() {
    Thread caller = Thread.currentThread();
    if (caller != preparedCaller) {
      prepareThread.run();
      preparedCaller = caller;
    }
  }

  private void serve(Scratch scratch) {
    try {
      prepareThread.run();
    } catch (RuntimeException | Error e) {
      threadFailure.compareAndSet(null, e);
      return;
    }
    Job last = null;
    int spins = 0;
    while (!closed) {
      Job job = current;
      if (job != null && job != last) {
        last = job;
        spins = 0;
        job.work(scratch);
      } else if (spins++ < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
        spins = 0;
      }
    }
  }

  private static void joinUninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Blocks that are being worked on. */
  private static final class Job {
    private final int blocks;
    private final Body body;
    private final Thread caller;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Job(int blocks, Body body, Thread caller) {
      this.blocks = blocks;
      this.body = body;
      this.caller = caller;
    }

    void work(Scratch scratch) {
      for (int block = next.getAndIncrement(); block < blocks; block = next.getAndIncrement()) {
        try {
          body.run(block, scratch);
        } catch (RuntimeException | Error e) {
          fail(e);
        } finally {
          // Whatever happens: the caller waits for this.
          if (done.incrementAndGet() == blocks) {
            LockSupport.unpark(caller);
          }
        }
      }
    }

    void await() {
      for (int spins = 0; done.get() < blocks; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
    }

    /** Keeps a failure; needs no memory for the first, because that may be what ran out. */
    private void fail(Throwable thrown) {
      if (!failure.compareAndSet(null, thrown)) {
        Throwable first = failure.get();
        if (first != null && first != thrown) { // the virtual machine throws some objects again
          first.addSuppressed(thrown);
        }
      }
    }

    @Nullable Throwable failure() {
      return failure.get();
    }
  }
}

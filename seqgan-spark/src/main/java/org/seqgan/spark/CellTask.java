package org.seqgan.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;

/**
 * One attempt at a cell, on an executor. Whatever becomes of it, the cell is run by any other
 * attempt from the last copy of its checkpoints, or from the beginning, with the same result; so
 * the first to come to an end counts, and Spark decides which that is: it takes what one successful
 * attempt has added to the accumulator, and nothing of others.
 */
final class CellTask implements VoidFunction<String> {
  private static final long serialVersionUID = 1L;
  private static final long LOOK_MILLISECONDS = 200;

  private final Broadcast<Setup> setup;
  private final CollectionAccumulator<EndedCell> endedCells;

  CellTask(Broadcast<Setup> setup, CollectionAccumulator<EndedCell> endedCells) {
    this.setup = setup;
    this.endedCells = endedCells;
  }

  @Override
  public void call(String id) throws IOException, InterruptedException {
    Setup setup = this.setup.value();
    CellWorker worker = CellWorker.of(setup);
    MatrixStore store = setup.store();
    TaskContext context = TaskContext.get();
    String attempt = setup.application() + "-" + context.taskAttemptId();
    if (worker.underWay(id).isEmpty()) {
      store.restore(id, worker.firstAttempt(id));
    }
    worker.ask(id);
    String state;
    try {
      state = awaitEnd(id, worker, new Copies(store, id, attempt, worker), context);
    } catch (TaskKilledException | InterruptedException e) {
      worker.giveUp(id);
      throw e;
    }
    store.copyEnded(worker.ended(id), id, attempt);
    endedCells.add(new EndedCell(id, attempt, state));
  }

  private static String awaitEnd(String id, CellWorker worker, Copies copies, TaskContext context)
      throws IOException, InterruptedException {
    long interval = Setup.copySeconds(SparkEnv.get().conf());
    long copiedAt = System.nanoTime();
    while (true) {
      Optional<String> state = worker.await(id, LOOK_MILLISECONDS);
      if (state.isPresent()) {
        return state.get();
      }
      if (context.isInterrupted()) {
        throw new TaskKilledException();
      }
      if (System.nanoTime() - copiedAt >= TimeUnit.SECONDS.toNanos(interval)) {
        copies.take();
        copiedAt = System.nanoTime();
      }
    }
  }

  /** Copies of what one attempt has, each newer than the one before. */
  private static final class Copies {
    private final MatrixStore store;
    private final String id;
    private final String attempt;
    private final CellWorker worker;
    private Set<String> checkpoints = new HashSet<>();
    private int number;

    Copies(MatrixStore store, String id, String attempt, CellWorker worker) {
      this.store = store;
      this.id = id;
      this.attempt = attempt;
      this.worker = worker;
    }

    /** Makes one where there are new checkpoints. */
    void take() {
      try {
        Optional<Path> folder = worker.underWay(id);
        if (folder.isEmpty()) {
          return;
        }
        Set<String> now = new HashSet<>();
        for (Path each : MatrixStore.names(folder.get().resolve("run").resolve("checkpoints"))) {
          now.add(each.getFileName().toString());
        }
        if (!now.equals(checkpoints) && store.copy(folder.get(), id, name(number + 1))) {
          checkpoints = now;
          if (number > 0) {
            store.forget(id, name(number));
          }
          number++;
        }
      } catch (IOException e) {
        // The file system is away; what it costs is that more is done again if this machine goes.
        System.err.println("seqgan: cell %s could not be copied: %s".formatted(id, e.getMessage()));
      }
    }

    private String name(int copy) {
      return attempt + "." + copy;
    }
  }
}

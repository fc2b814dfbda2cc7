package org.seqgan.core.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.seqgan.api.UserException;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.TrainingEvent;

/**
 * A run directory that this process writes. While it is open no other process can open it; it is
 * let go by {@link #close()}, or when the process ends.
 *
 * <p>For one thread, but for {@link #markInterrupted()}, which any thread may call.
 */
public final class RunDirectory implements AutoCloseable {
  private final RunLayout layout;
  private final RunLock lock;
  private final StatusFile status;
  private final MetricsLog metrics;
  private final SampleFolder samples;

  private RunDirectory(RunLayout layout, RunLock lock, StatusFile status) {
    this.layout = layout;
    this.lock = lock;
    this.status = status;
    this.metrics = MetricsLog.open(layout.metrics());
    this.samples = new SampleFolder(layout.samples());
  }

  /**
   * A new run.
   *
   * @param root the run directory; made with its parents, may be there and empty
   * @param configText the resolved configuration
   * @param description what is known before it starts
   * @param clock tells the times in the files
   * @throws UserException of kind {@code RUN_DIRECTORY} where something is there already, of kind
   *     {@code ENVIRONMENT} where it cannot be written
   */
  public static RunDirectory create(
      Path root, String configText, RunDescription description, InstantSource clock) {
    RunLayout layout = new RunLayout(root);
    try {
      checkVacant(layout);
      Files.createDirectories(root);
      RunLock lock = RunLock.acquire(layout);
      return closingOnFailure(
          lock,
          () -> {
            checkVacant(layout);
            return start(layout, lock, configText, description, clock);
          });
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(root, e);
    }
  }

  /**
   * Fails where {@link #create} would because something is there already; to be asked before long
   * work.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY}
   */
  public static void requireVacant(Path root) {
    try {
      checkVacant(new RunLayout(root));
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(root, e);
    }
  }

  private static void checkVacant(RunLayout layout) throws IOException {
    if (!layout.isVacant()) {
      throw new UserException(
          UserException.Kind.RUN_DIRECTORY,
          layout.root()
              + " exists already: use --resume to go on, --overwrite to delete it, or another"
              + " --run");
    }
  }

  /**
   * A new run in the place of an old one, which is deleted. As {@link #create} where there is none.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} where the folder is no run, or has
   *     something in it that no run wrote: it is not deleted then
   */
  public static RunDirectory overwrite(
      Path root, String configText, RunDescription description, InstantSource clock) {
    RunLayout layout = new RunLayout(root);
    try {
      if (layout.isVacant()) {
        return create(root, configText, description, clock);
      }
      checkDeletable(layout);
      RunLock lock = RunLock.acquire(layout);
      return closingOnFailure(
          lock,
          () -> {
            checkDeletable(layout);
            deleteAll(layout);
            return start(layout, lock, configText, description, clock);
          });
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(root, e);
    }
  }

  private static void checkDeletable(RunLayout layout) throws IOException {
    if (!Files.isDirectory(layout.root()) || !Files.isRegularFile(layout.status())) {
      throw new UserException(
          UserException.Kind.RUN_DIRECTORY,
          "expected a run directory to overwrite at "
              + layout.root()
              + ", found something else; nothing is deleted, choose another --run");
    }
    RunStatus.read(layout.status());
    Optional<Path> stranger = layout.stranger();
    if (stranger.isPresent()) {
      throw new UserException(
          UserException.Kind.RUN_DIRECTORY,
          "cannot overwrite "
              + layout.root()
              + ": no run wrote '"
              + stranger.get().getFileName()
              + "' in it; nothing is deleted, move that away or choose another --run");
    }
  }

  private static void deleteAll(RunLayout layout) throws IOException {
    List<Path> doomed;
    try (Stream<Path> entries = Files.list(layout.root())) {
      // The status goes last: it is what says that the rest may be deleted.
      doomed =
          entries
              .filter(entry -> !entry.equals(layout.lock()))
              .sorted(Comparator.comparing(entry -> entry.equals(layout.status())))
              .toList();
    }
    for (Path entry : doomed) {
      DurableFiles.delete(entry);
    }
  }

  private static RunDirectory start(
      RunLayout layout,
      RunLock lock,
      String configText,
      RunDescription description,
      InstantSource clock) {
    StatusFile status = StatusFile.create(layout.status(), description, clock);
    DurableFiles.replace(layout.config(), configText);
    return new RunDirectory(layout, lock, status);
  }

  /**
   * A run to go on with.
   *
   * @param description what is known of this process; provenance that is new is added to the old
   * @throws UserException of kind {@code RUN_DIRECTORY} where there is no run, or another process
   *     writes it
   */
  public static RunDirectory openExisting(
      Path root, RunDescription description, InstantSource clock) {
    RunLayout layout = RunLayout.existing(root);
    RunLock lock = RunLock.acquire(layout);
    try {
      return closingOnFailure(
          lock,
          () ->
              new RunDirectory(
                  layout, lock, StatusFile.resume(layout.status(), description, clock)));
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(root, e);
    }
  }

  /** Opens what a lock protects. */
  private interface Opening {
    RunDirectory open() throws IOException;
  }

  private static RunDirectory closingOnFailure(RunLock lock, Opening opening) throws IOException {
    boolean opened = false;
    try {
      RunDirectory directory = opening.open();
      opened = true;
      return directory;
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  /** Where things lie. */
  public RunLayout layout() {
    return layout;
  }

  /** How the run stands. */
  public RunStatus status() {
    return status.current();
  }

  /**
   * The checkpoints, tidied up after a process that was killed.
   *
   * @param keep how many of the latest are kept
   */
  public CheckpointStore checkpoints(int keep) {
    try {
      new CheckpointFolder(layout.checkpoints()).recover();
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(layout.checkpoints(), e);
    }
    return new CheckpointStore(layout.checkpoints(), keep);
  }

  /** Marks the run as interrupted, unless it has ended already. Thread-safe. */
  public void markInterrupted() {
    status.end(RunStatus.State.INTERRUPTED, Optional.empty());
  }

  void markFinished() {
    status.end(RunStatus.State.FINISHED, Optional.empty());
  }

  void markFailed(String message) {
    status.end(RunStatus.State.FAILED, Optional.of(message));
  }

  void plan(Map<Phase, Integer> plan) {
    status.plan(plan);
  }

  /**
   * Drops figures, samples, warnings and checkpoints that lie after a position: training goes on
   * from there and makes them anew.
   */
  void rewindTo(Position position) {
    rewind(position, other -> other.compareTo(position) <= 0);
  }

  /** Drops everything that was measured: training starts from the beginning. */
  void rewindToStart() {
    rewind(new Position(Phase.GENERATOR_PRETRAINING, 0), other -> false);
  }

  private void rewind(Position position, Predicate<Position> kept) {
    status.rewind(position, kept);
    metrics.keep(kept);
    samples.keep(kept);
    try {
      new CheckpointFolder(layout.checkpoints()).keep(kept);
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(layout.checkpoints(), e);
    }
  }

  void measured(TrainingEvent.Measured measured, Instant time) {
    metrics.append(measured, time);
  }

  void sampled(TrainingEvent.Sampled sampled) {
    samples.write(sampled);
  }

  void warned(RunStatus.Warning warning, boolean news) {
    status.warned(warning, news);
  }

  void progress(Position done, double fraction) {
    status.progress(done, fraction);
  }

  void stepFinished(Position position) {
    metrics.force();
    status.stepFinished(position);
  }

  /** Marks a run that has not ended as interrupted, and lets others open it. */
  @Override
  public void close() {
    markInterrupted();
    metrics.close();
    lock.close();
  }
}

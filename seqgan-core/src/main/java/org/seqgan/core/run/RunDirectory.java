package org.seqgan.core.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.seqgan.api.UserException;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.TrainingEvent;

/**
 * A run directory that this process writes. While it is open no other process can open it; it is
 * let go by {@link #close()}, or when the process ends.
 *
 * <p>A run that was there before is looked at when it is opened, and not a byte of it is changed
 * before training begins: whatever is wrong with it is said while it is as it was.
 *
 * <p>For one thread, but for {@link #markInterrupted()}, which any thread may call.
 */
public final class RunDirectory implements AutoCloseable {
  private final RunLayout layout;
  private final RunLock lock;
  private final StatusFile status;
  private final SampleFolder samples;
  private RunSetup setup;
  private Set<String> scoresNotDue = Set.of();
  private Optional<MetricsLog> log = Optional.empty();

  private RunDirectory(RunLayout layout, RunLock lock, StatusFile status, RunSetup setup) {
    this.layout = layout;
    this.lock = lock;
    this.status = status;
    this.setup = setup;
    this.samples = new SampleFolder(layout.samples());
  }

  /** A new run of a configuration of which only the text is known. */
  public static RunDirectory create(
      Path root, String configText, RunDescription description, InstantSource clock) {
    return create(root, new RunSetup(configText, description), clock);
  }

  /**
   * A new run.
   *
   * @param root the run directory; made with its parents, may be there and empty
   * @param setup what it starts with
   * @param clock tells the times in the files
   * @throws UserException of kind {@code RUN_DIRECTORY} where something is there already, of kind
   *     {@code ENVIRONMENT} where it cannot be written
   */
  public static RunDirectory create(Path root, RunSetup setup, InstantSource clock) {
    RunLayout layout = new RunLayout(root);
    try {
      checkVacant(layout);
      Files.createDirectories(root);
      RunLock lock = RunLock.acquire(layout);
      return closingOnFailure(
          lock,
          () -> {
            checkVacant(layout);
            return start(layout, lock, setup, clock);
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

  /** A new run of a configuration of which only the text is known, in the place of an old one. */
  public static RunDirectory overwrite(
      Path root, String configText, RunDescription description, InstantSource clock) {
    return overwrite(root, new RunSetup(configText, description), clock);
  }

  /**
   * A new run in the place of an old one, which is deleted. As {@link #create} where there is none.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} where the folder is no run, or has
   *     something in it that no run wrote: it is not deleted then
   */
  public static RunDirectory overwrite(Path root, RunSetup setup, InstantSource clock) {
    RunLayout layout = new RunLayout(root);
    try {
      if (layout.isVacant()) {
        return create(root, setup, clock);
      }
      checkDeletable(layout, Reason.OVERWRITE);
      RunLock lock = RunLock.acquire(layout);
      return closingOnFailure(
          lock,
          () -> {
            checkDeletable(layout, Reason.OVERWRITE);
            deleteAll(layout);
            return start(layout, lock, setup, clock);
          });
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(root, e);
    }
  }

  /**
   * Deletes a run with its directory.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} where {@link #requireDeletable} does
   */
  public static void delete(Path root) {
    RunLayout layout = new RunLayout(root);
    try {
      checkDeletable(layout, Reason.DELETE);
      try (RunLock lock = RunLock.acquire(layout)) {
        checkDeletable(layout, Reason.DELETE);
        deleteAll(layout);
        DurableFiles.delete(layout.lock());
      }
      Files.delete(root);
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(root, e);
    }
  }

  /**
   * Fails where {@link #delete} would.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} where the folder is no run, has something
   *     in it that no run wrote, or is being written by a process
   */
  public static void requireDeletable(Path root) {
    RunLayout layout = new RunLayout(root);
    try {
      checkDeletable(layout, Reason.DELETE);
      RunLock.acquire(layout).close();
    } catch (IOException e) {
      throw DurableFiles.cannotRead(root, e);
    }
  }

  /** Why a run is to go, for messages. */
  private enum Reason {
    OVERWRITE("overwrite", "choose another --run"),
    DELETE("delete", "check the name");

    private final String verb;
    private final String advice;

    Reason(String verb, String advice) {
      this.verb = verb;
      this.advice = advice;
    }
  }

  private static void checkDeletable(RunLayout layout, Reason reason) throws IOException {
    if (!Files.isDirectory(layout.root()) || !Files.isRegularFile(layout.status())) {
      throw new UserException(
          UserException.Kind.RUN_DIRECTORY,
          "expected a run directory to %s at %s, found something else; nothing is deleted, %s"
              .formatted(reason.verb, layout.root(), reason.advice));
    }
    RunStatus.read(layout.status());
    Optional<Path> stranger = layout.stranger();
    if (stranger.isPresent()) {
      throw new UserException(
          UserException.Kind.RUN_DIRECTORY,
          "cannot %s %s: no run wrote '%s' in it; nothing is deleted, move that away or %s"
              .formatted(reason.verb, layout.root(), stranger.get().getFileName(), reason.advice));
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
      RunLayout layout, RunLock lock, RunSetup setup, InstantSource clock) {
    RunDirectory run =
        new RunDirectory(layout, lock, StatusFile.of(layout.status(), setup, clock), setup);
    run.status.begin();
    DurableFiles.replace(layout.config(), setup.configText());
    run.log = Optional.of(MetricsLog.open(layout.metrics()));
    return run;
  }

  /** A run to go on with, as it was configured. */
  public static RunDirectory openExisting(
      Path root, RunDescription description, InstantSource clock) {
    RunDirectory run = openExisting(root, clock);
    run.goOnWith(new RunSetup(run.configText(), description));
    return run;
  }

  /**
   * A run to go on with; {@link #goOnWith} says how. It is read and held, and not changed.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} where there is no run, another process
   *     writes it, or something of it cannot be read or is of a later version of this program
   */
  public static RunDirectory openExisting(Path root, InstantSource clock) {
    RunLayout layout = RunLayout.existing(root);
    RunLock lock = RunLock.acquire(layout);
    try {
      return closingOnFailure(
          lock,
          () -> {
            StatusFile status = StatusFile.existing(layout.status(), clock);
            MetricsHistory.read(layout.metrics());
            CheckpointStore.reading(layout.checkpoints()).requireKnown();
            RunSetup setup = new RunSetup(configText(layout), status.current().description());
            return new RunDirectory(layout, lock, status, setup);
          });
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(root, e);
    }
  }

  private static String configText(RunLayout layout) {
    try {
      return Files.readString(layout.config());
    } catch (IOException e) {
      throw DurableFiles.cannotReadRun(layout.config(), e);
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

  /** The configuration that the run was left with. */
  public String configText() {
    return setup.configText();
  }

  /** What the steps of this process are made with. */
  public Recipe recipe() {
    return setup.recipe();
  }

  /**
   * The checkpoints.
   *
   * @param keep how many of the latest are kept
   */
  public CheckpointStore checkpoints(int keep) {
    return new CheckpointStore(layout.checkpoints(), keep);
  }

  /**
   * Where training goes on: at the newest checkpoint that is whole; at the beginning where there
   * has never been one.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} where there have been checkpoints, and none
   *     is left or none is whole
   */
  public CheckpointStore.Found latest() {
    CheckpointStore.Found found = CheckpointStore.reading(layout.checkpoints()).latest();
    if (found.checkpoint().isEmpty()) {
      requireNeverSaved();
    }
    return found;
  }

  private void requireNeverSaved() {
    Lineage lineage = status().lineage();
    lineage
        .checkpoint()
        .ifPresent(
            last -> {
              throw lost("its checkpoints are gone, the last was " + last.name());
            });
    lineage
        .origin()
        .ifPresent(
            from -> {
              throw lost("it ended before the weights of " + from.run() + " were saved in it");
            });
    // A run of a version that did not write down what it saved: every phase ended with a
    // checkpoint.
    List<Phase> measured =
        MetricsHistory.read(layout.metrics()).rows().stream()
            .filter(row -> row.position().step() > 0)
            .map(row -> row.position().phase())
            .distinct()
            .toList();
    if (measured.size() > 1) {
      throw lost("its checkpoints are gone, and it was in phase " + measured.get(1).label());
    }
  }

  private UserException lost(String why) {
    return new UserException(
        UserException.Kind.RUN_DIRECTORY,
        "cannot go on with %s: %s; nothing is changed, bring them back or start again with --overwrite"
            .formatted(layout.root(), why));
  }

  /**
   * How this process goes on with a run that was there before. Once training begins, that is
   * written down, and {@code config.conf} is written anew where it is another.
   */
  public void goOnWith(RunSetup next) {
    setup = next;
    status.resume(next);
  }

  /**
   * The step that training goes on from is not one after which the generator is measured, as the
   * plan is now: once training begins, these scores of it are set aside.
   */
  public void scoresNotDue(Set<String> scores) {
    scoresNotDue = Set.copyOf(scores);
  }

  /** What will be set aside where training goes on at a position; all there is at the beginning. */
  public SetAside asideOf(Optional<Position> position) {
    Predicate<Position> kept = kept(position);
    long lines =
        MetricsHistory.read(layout.metrics()).rows().stream()
            .filter(
                row ->
                    !kept.test(row.position())
                        || isUnscored(row.position(), position)
                            && row.values().keySet().stream().anyMatch(scoresNotDue::contains))
            .count();
    long sets =
        samples.positions().stream().filter(shown -> !keepsSamples(shown, position)).count();
    long warnings =
        status().warnings().stream().filter(warning -> !kept.test(warning.position())).count();
    return new SetAside((int) lines, (int) sets, (int) warnings, layout.setAside());
  }

  private static Predicate<Position> kept(Optional<Position> position) {
    return other -> position.map(last -> other.compareTo(last) <= 0).orElse(false);
  }

  private boolean isUnscored(Position shown, Optional<Position> position) {
    return !scoresNotDue.isEmpty() && position.equals(Optional.of(shown));
  }

  private boolean keepsSamples(Position shown, Optional<Position> position) {
    return kept(position).test(shown) && !isUnscored(shown, position);
  }

  /**
   * Takes over the figures, samples and warnings of another run, up to a position: that of the
   * checkpoint that this one begins with.
   */
  public void inherit(RunLayout other, Position upTo) {
    metrics().inherit(other.metrics(), kept(Optional.of(upTo)));
    samples.inherit(new SampleFolder(other.samples()), kept(Optional.of(upTo)));
    RunStatus.read(other.status()).warnings().stream()
        .filter(warning -> warning.position().compareTo(upTo) <= 0)
        .forEach(warning -> status.warned(warning, true));
  }

  /** Marks the run as interrupted, unless it has ended already. Thread-safe. */
  public void markInterrupted() {
    status.end(RunStatus.State.INTERRUPTED, Optional.empty());
  }

  /**
   * Gives a new run models that were trained elsewhere: it is finished with the checkpoint that
   * holds them.
   */
  public void finishWith(Checkpoint checkpoint) {
    checkpoints(1).save(checkpoint);
    checkpointed(checkpoint.position());
    markFinished();
  }

  void markFinished() {
    status.end(RunStatus.State.FINISHED, Optional.empty());
  }

  void markFailed(String message) {
    status.end(RunStatus.State.FAILED, Optional.of(message));
  }

  /**
   * Training begins. Figures, samples and warnings that lie after the position are set aside: it
   * makes them anew.
   *
   * @param position where it goes on; empty for the beginning
   */
  void begin(Map<Phase, Integer> plan, Optional<Position> position) {
    if (log.isEmpty()) {
      if (!setup.configText().equals(configText(layout))) {
        DurableFiles.replace(layout.config(), setup.configText());
      }
      status.begin();
      log = Optional.of(MetricsLog.open(layout.metrics()));
    }
    status.plan(plan);
    Position at = position.orElse(new Position(Collections.min(plan.keySet()), 0));
    Predicate<Position> kept = kept(position);
    Path aside = layout.setAside();
    Set<String> scores = position.isPresent() ? scoresNotDue : Set.of();
    metrics().setAside(kept, at, scores, aside.resolve(layout.metrics().getFileName()));
    samples.setAside(
        shown -> keepsSamples(shown, position), aside.resolve(layout.samples().getFileName()));
    setWarningsAside(kept, aside.resolve("warnings.jsonl"));
    status.rewind(new Position(at.phase(), at.step()), kept);
  }

  private void setWarningsAside(Predicate<Position> kept, Path aside) {
    StringBuilder lines = new StringBuilder();
    for (RunStatus.Warning warning : status().warnings()) {
      if (!kept.test(warning.position())) {
        lines.append(warning.line()).append('\n');
      }
    }
    if (!lines.isEmpty()) {
      DurableFiles.append(aside, lines.toString());
    }
  }

  /** Whether this process writes the run: it is new, or training has begun. */
  boolean hasBegun() {
    return log.isPresent();
  }

  private MetricsLog metrics() {
    return log.orElseThrow(() -> new IllegalStateException("training has not begun"));
  }

  void measured(TrainingEvent.Measured measured, Instant time) {
    metrics().append(measured, time);
  }

  void sampled(TrainingEvent.Sampled sampled) {
    samples.write(sampled);
  }

  void checkpointed(Position position) {
    status.checkpointed(position);
  }

  void warned(RunStatus.Warning warning, boolean news) {
    status.warned(warning, news);
  }

  void progress(Position done, double fraction) {
    status.progress(done, fraction);
  }

  void stepFinished(Position position) {
    metrics().force();
    status.stepFinished(position);
  }

  /** Marks a run that has not ended as interrupted, and lets others open it. */
  @Override
  public void close() {
    markInterrupted();
    log.ifPresent(MetricsLog::close);
    lock.close();
  }
}

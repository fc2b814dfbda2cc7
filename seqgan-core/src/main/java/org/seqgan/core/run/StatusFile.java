package org.seqgan.core.run;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.seqgan.core.event.Phase;

/**
 * Keeps {@code status.json} up to date. Once the run has ended, in whatever way, it stays as it is:
 * a training thread that goes on for a moment after an interrupt does not make the run look alive.
 * Thread-safe, because an interrupt comes on a thread of its own.
 */
final class StatusFile {
  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(1);

  private final Path file;
  private final InstantSource clock;
  private RunStatus current;

  private StatusFile(Path file, InstantSource clock, RunStatus current) {
    this.file = file;
    this.clock = clock;
    this.current = current;
  }

  static StatusFile create(Path file, RunDescription description, InstantSource clock) {
    Instant now = clock.instant();
    RunStatus status =
        new RunStatus(
            RunStatus.State.RUNNING,
            Optional.empty(),
            new Position(Phase.GENERATOR_PRETRAINING, 0),
            0,
            Map.of(),
            now,
            now,
            ProcessHandle.current().pid(),
            description,
            List.of());
    StatusFile result = new StatusFile(file, clock, status);
    result.write(status);
    return result;
  }

  /**
   * Takes up the status of an earlier process. What the metrics mean is taken from the new
   * description; lines of provenance that differ are added to those of the earlier process, because
   * both made the run.
   */
  static StatusFile resume(Path file, RunDescription description, InstantSource clock) {
    RunStatus old = RunStatus.read(file);
    RunStatus status =
        new RunStatus(
            RunStatus.State.RUNNING,
            Optional.empty(),
            old.position(),
            0,
            old.plan(),
            old.started(),
            clock.instant(),
            ProcessHandle.current().pid(),
            merge(old.description(), description),
            old.warnings());
    StatusFile result = new StatusFile(file, clock, status);
    result.write(status);
    return result;
  }

  private static RunDescription merge(RunDescription old, RunDescription next) {
    List<String> provenance =
        Stream.concat(old.provenance().stream(), next.provenance().stream()).distinct().toList();
    return new RunDescription(next.version(), next.metrics(), provenance);
  }

  synchronized RunStatus current() {
    return current;
  }

  synchronized void plan(Map<Phase, Integer> plan) {
    update(current.position(), 0, plan, current.warnings());
  }

  /** Goes back to a position, with those warnings alone that some positions gave. */
  synchronized void rewind(Position position, Predicate<Position> kept) {
    List<RunStatus.Warning> warnings =
        current.warnings().stream().filter(warning -> kept.test(warning.position())).toList();
    update(position, 0, current.plan(), warnings);
  }

  synchronized void progress(Position done, double fraction) {
    if (Duration.between(current.updated(), clock.instant()).compareTo(PROGRESS_INTERVAL) >= 0) {
      update(done, fraction, current.plan(), current.warnings());
    }
  }

  synchronized void stepFinished(Position position) {
    update(position, 0, current.plan(), current.warnings());
  }

  /**
   * Adds a warning, or puts it in the place of its earlier state.
   *
   * @param news whether it is written at once, or with the next change
   */
  synchronized void warned(RunStatus.Warning warning, boolean news) {
    List<RunStatus.Warning> warnings = new ArrayList<>(current.warnings());
    warnings.removeIf(warning::continues);
    warnings.add(warning);
    warnings.sort(Comparator.comparing(RunStatus.Warning::position));
    if (news) {
      update(current.position(), current.fraction(), current.plan(), warnings);
    } else if (current.state() == RunStatus.State.RUNNING) {
      current =
          status(
              RunStatus.State.RUNNING,
              Optional.empty(),
              current.position(),
              current.fraction(),
              current.plan(),
              warnings);
    }
  }

  /** Ends the run; only the first end counts. */
  synchronized void end(RunStatus.State state, Optional<String> message) {
    if (current.state() == RunStatus.State.RUNNING) {
      write(
          status(
              state,
              message,
              current.position(),
              state == RunStatus.State.FINISHED ? 1 : current.fraction(),
              current.plan(),
              current.warnings()));
    }
  }

  private void update(
      Position position,
      double fraction,
      Map<Phase, Integer> plan,
      List<RunStatus.Warning> warnings) {
    if (current.state() == RunStatus.State.RUNNING) {
      write(status(RunStatus.State.RUNNING, Optional.empty(), position, fraction, plan, warnings));
    }
  }

  private RunStatus status(
      RunStatus.State state,
      Optional<String> message,
      Position position,
      double fraction,
      Map<Phase, Integer> plan,
      List<RunStatus.Warning> warnings) {
    return new RunStatus(
        state,
        message,
        position,
        fraction,
        plan,
        current.started(),
        clock.instant(),
        current.pid(),
        current.description(),
        warnings);
  }

  private synchronized void write(RunStatus status) {
    current = status;
    DurableFiles.replace(file, status.toJson());
  }
}

package org.seqgan.core.run;

import java.nio.file.Path;
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
 * Keeps {@code status.json} up to date. Nothing is written before {@link #begin}. Once the run has
 * ended, in whatever way, it stays as it is: a training thread that goes on for a moment after an
 * interrupt does not make the run look alive. Thread-safe, because an interrupt comes on a thread
 * of its own.
 */
final class StatusFile {
  private final Path file;
  private final InstantSource clock;
  private RunStatus current;
  private boolean begun;

  private StatusFile(Path file, InstantSource clock, RunStatus current) {
    this.file = file;
    this.clock = clock;
    this.current = current;
  }

  /** Of a new run. */
  static StatusFile of(Path file, RunSetup setup, InstantSource clock) {
    RunStatus status =
        new RunStatus(
            RunStatus.State.RUNNING,
            Optional.empty(),
            Position.BEGINNING,
            0,
            Map.of(),
            clock.instant(),
            clock.instant(),
            ProcessHandle.current().pid(),
            setup.description(),
            List.of(),
            setup.lineage());
    return new StatusFile(file, clock, status);
  }

  /** Of a run to go on with: how an earlier process left it. */
  static StatusFile existing(Path file, InstantSource clock) {
    return new StatusFile(file, clock, RunStatus.read(file));
  }

  /**
   * Takes up the status of an earlier process. What the metrics mean is taken from the new
   * description; lines of provenance that differ are added to those of the earlier process, because
   * both made the run.
   */
  synchronized void resume(RunSetup setup) {
    Lineage before = current.lineage();
    current =
        new RunStatus(
            RunStatus.State.RUNNING,
            Optional.empty(),
            current.position(),
            0,
            current.plan(),
            current.started(),
            clock.instant(),
            ProcessHandle.current().pid(),
            merge(current.description(), setup.description()),
            current.warnings(),
            new Lineage(Optional.of(setup.configSha256()), before.checkpoint(), before.origin()));
  }

  private static RunDescription merge(RunDescription old, RunDescription next) {
    List<String> provenance =
        Stream.concat(old.provenance().stream(), next.provenance().stream()).distinct().toList();
    return new RunDescription(next.version(), next.metrics(), provenance);
  }

  /** From now on the file says how the run stands. */
  synchronized void begin() {
    begun = true;
    write(current);
  }

  synchronized RunStatus current() {
    return current;
  }

  synchronized void plan(Map<Phase, Integer> plan) {
    update(current.position(), 0, plan, current.warnings(), current.lineage());
  }

  /** Goes back to a position, with those warnings alone that some positions gave. */
  synchronized void rewind(Position position, Predicate<Position> kept) {
    List<RunStatus.Warning> warnings =
        current.warnings().stream().filter(warning -> kept.test(warning.position())).toList();
    update(position, 0, current.plan(), warnings, current.lineage());
  }

  synchronized void progress(Position done, double fraction) {
    update(done, fraction, current.plan(), current.warnings(), current.lineage());
  }

  synchronized void stepFinished(Position position) {
    update(position, 0, current.plan(), current.warnings(), current.lineage());
  }

  /**
   * Adds a warning, or puts it in the place of its earlier state. Of a run that has ended the end
   * stays as it is.
   *
   * @param news whether it is written at once, or with the next change
   */
  synchronized void warned(RunStatus.Warning warning, boolean news) {
    List<RunStatus.Warning> warnings = new ArrayList<>(current.warnings());
    warnings.removeIf(warning::continues);
    warnings.add(warning);
    warnings.sort(Comparator.comparing(RunStatus.Warning::position));
    if (news) {
      if (begun) {
        write(
            status(
                current.state(),
                current.message(),
                current.position(),
                current.fraction(),
                current.plan(),
                warnings,
                current.lineage()));
      }
    } else if (current.state() == RunStatus.State.RUNNING) {
      current =
          status(
              RunStatus.State.RUNNING,
              Optional.empty(),
              current.position(),
              current.fraction(),
              current.plan(),
              warnings,
              current.lineage());
    }
  }

  synchronized void checkpointed(Position saved) {
    update(
        current.position(),
        current.fraction(),
        current.plan(),
        current.warnings(),
        current.lineage().withCheckpoint(saved));
  }

  /** Ends the run; only the first end counts, and that of a run that has begun. */
  synchronized void end(RunStatus.State state, Optional<String> message) {
    if (begun && current.state() == RunStatus.State.RUNNING) {
      write(
          status(
              state,
              message,
              current.position(),
              state == RunStatus.State.FINISHED ? 1 : current.fraction(),
              current.plan(),
              current.warnings(),
              current.lineage()));
    }
  }

  private void update(
      Position position,
      double fraction,
      Map<Phase, Integer> plan,
      List<RunStatus.Warning> warnings,
      Lineage lineage) {
    if (begun && current.state() == RunStatus.State.RUNNING) {
      write(
          status(
              RunStatus.State.RUNNING,
              Optional.empty(),
              position,
              fraction,
              plan,
              warnings,
              lineage));
    }
  }

  private RunStatus status(
      RunStatus.State state,
      Optional<String> message,
      Position position,
      double fraction,
      Map<Phase, Integer> plan,
      List<RunStatus.Warning> warnings,
      Lineage lineage) {
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
        warnings,
        lineage);
  }

  private void write(RunStatus status) {
    current = status;
    DurableFiles.replace(file, status.toJson());
  }
}

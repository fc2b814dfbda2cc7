package org.seqgan.core.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.core.run.DurableFiles;
import org.seqgan.core.run.MetricsHistory;
import org.seqgan.core.run.RunLayout;

/**
 * Where things lie in the folder of a cell, be it that of an {@linkplain
 * org.seqgan.core.queue.Attempt attempt} or, once it has ended, of the one that ended it: {@code
 * cell.json} describes it; {@code run/} is its run directory; {@code log.txt} is what its processes
 * printed; {@code summary.json} is what it came to, written last; {@code anchors.json} are values
 * of the metric that do not depend on training; {@code time.json} is how long its processes worked
 * on it.
 *
 * @param root the folder
 */
public record CellFolder(Path root) {
  /** The values of {@code anchors.json}. */
  record Anchors(Map<String, Double> values) {
    Anchors {
      values = new LinkedHashMap<>(values);
    }
  }

  /**
   * The values of {@code time.json}, in seconds.
   *
   * @param seconds how long all processes of the cell have worked on it
   * @param opening how much of it the first of them took before it trained
   * @param takenOver what another cell took for what this one began with
   * @param ends what it had taken with all of that but the opening by the end of each phase, its
   *     evaluation included, by the phase's last position
   */
  record Time(double seconds, double opening, double takenOver, Map<String, Double> ends) {
    /** Of a cell that nobody has worked on. */
    static final Time NONE = new Time(0, 0, 0, Map.of());

    /** What the files of earlier versions do not have. */
    static final Map<String, Object> ADDED =
        Map.of("opening", 0.0, "takenOver", 0.0, "ends", Map.of());

    Time {
      ends = new LinkedHashMap<>(ends);
    }

    Time withSeconds(double now) {
      return new Time(now, opening, takenOver, ends);
    }
  }

  /** The run directory. */
  public RunLayout run() {
    return new RunLayout(root.resolve("run"));
  }

  /** What the processes of the cell printed. */
  public Path log() {
    return root.resolve("log.txt");
  }

  private Path cellFile() {
    return root.resolve("cell.json");
  }

  /** The file of {@link #summary}. */
  public Path summaryFile() {
    return root.resolve("summary.json");
  }

  private Path anchorsFile() {
    return root.resolve("anchors.json");
  }

  private Path timeFile() {
    return root.resolve("time.json");
  }

  /** Describes the cell, and goes on with the log and the time of the attempt before. */
  void prepare(Cell cell) {
    try {
      Files.createDirectories(root);
      Optional<CellFolder> before = EarlierAttempts.of(this).last();
      if (before.isPresent() && Files.exists(before.get().log())) {
        Files.copy(before.get().log(), log());
      }
      before.map(CellFolder::time).filter(time -> time.seconds() > 0).ifPresent(this::write);
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(root, e);
    }
    Records.write(cellFile(), cell);
  }

  /** Whether it got as far as being described. */
  boolean isPrepared() {
    return Files.exists(cellFile());
  }

  /**
   * The cell.
   *
   * @throws org.seqgan.api.UserException where the folder is not that of a cell
   */
  public Cell cell() {
    return Records.read(cellFile(), Cell.class);
  }

  /** What the cell came to; empty where it has not ended. */
  public Optional<CellSummary> summary() {
    return Files.exists(summaryFile())
        ? Optional.of(Records.read(summaryFile(), CellSummary.class, CellSummary.ADDED))
        : Optional.empty();
  }

  void write(CellSummary summary) {
    Records.write(summaryFile(), summary);
  }

  Map<String, Double> anchors() {
    return Files.exists(anchorsFile())
        ? Records.read(anchorsFile(), Anchors.class).values()
        : Map.of();
  }

  void writeAnchors(Map<String, Double> values) {
    Records.write(anchorsFile(), new Anchors(values));
  }

  /** How long all processes of the cell have worked on it, as far as they wrote it down. */
  double seconds() {
    return time().seconds();
  }

  /** The same in full. */
  Time time() {
    return Files.exists(timeFile()) ? Records.read(timeFile(), Time.class, Time.ADDED) : Time.NONE;
  }

  void write(Time time) {
    Records.write(timeFile(), time);
  }

  void writeSeconds(double seconds) {
    write(time().withSeconds(seconds));
  }

  /** The learning curve so far. */
  List<Point> points() {
    List<Point> points = new ArrayList<>();
    for (MetricsHistory.Row row : MetricsHistory.read(run().metrics()).rows()) {
      points.add(new Point(row.position().phase().label(), row.position().step(), row.values()));
    }
    return points;
  }
}

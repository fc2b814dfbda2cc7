package org.seqgan.core.workbench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.seqgan.core.matrix.FinalScores.AtTemperature;
import org.seqgan.core.report.matrix.Plane;
import org.seqgan.core.workbench.MatrixSummary.CellStatus;

/**
 * Quality against diversity of some runs: the path of each over its temperatures where it is a
 * finished cell of a matrix, which measures that, and otherwise its last evaluation. Immutable.
 *
 * @param plane what is drawn against what
 * @param points of a run together, by temperature upwards
 */
public record QualityPlane(Plane plane, List<Point> points) {
  /** Copies the list. */
  public QualityPlane {
    points = List.copyOf(points);
  }

  /**
   * A run at a temperature.
   *
   * @param run its id
   * @param temperature empty for the last evaluation of a run, whatever its temperature
   * @param diversity a finite number
   * @param quality a finite number
   */
  public record Point(String run, OptionalDouble temperature, double diversity, double quality) {}

  /**
   * Of some runs; empty where no quality and no diversity was measured. The scores are such as all
   * of them have, where there are some, or else as any has.
   */
  public static Optional<QualityPlane> of(List<RunSummary> runs, Snapshot snapshot) {
    Map<String, List<AtTemperature>> sweeps = sweeps(snapshot);
    List<Path> paths = new ArrayList<>();
    for (RunSummary run : runs) {
      List<AtTemperature> sweep = sweeps.getOrDefault(run.id(), List.of());
      List<Scores> scores = new ArrayList<>();
      for (AtTemperature at : sweep) {
        scores.add(new Scores(OptionalDouble.of(at.temperature()), at.metrics()));
      }
      if (sweep.isEmpty()) {
        scores.add(new Scores(OptionalDouble.empty(), run.metrics()));
      }
      paths.add(new Path(run.id(), scores));
    }
    return plane(paths).map(plane -> new QualityPlane(plane, points(paths, plane)));
  }

  private static Map<String, List<AtTemperature>> sweeps(Snapshot snapshot) {
    Map<String, List<AtTemperature>> sweeps = new HashMap<>();
    for (MatrixSummary matrix : snapshot.matrices()) {
      for (CellStatus cell : matrix.cells()) {
        cell.run().ifPresent(run -> sweeps.put(run, cell.temperatures()));
      }
    }
    return sweeps;
  }

  private record Scores(OptionalDouble temperature, Map<String, Double> metrics) {}

  private record Path(String run, List<Scores> scores) {
    private Collection<String> names() {
      return scores.get(0).metrics.keySet();
    }
  }

  private static Optional<Plane> plane(List<Path> paths) {
    Set<String> any = new LinkedHashSet<>();
    paths.forEach(path -> any.addAll(path.names()));
    Set<String> all = new LinkedHashSet<>(any);
    paths.forEach(path -> all.retainAll(path.names()));
    return Plane.among("", all).or(() -> Plane.among("", any));
  }

  private static List<Point> points(List<Path> paths, Plane plane) {
    List<Point> points = new ArrayList<>();
    for (Path path : paths) {
      for (Scores at : path.scores) {
        double diversity = at.metrics.getOrDefault(plane.across(), Double.NaN);
        double quality = at.metrics.getOrDefault(plane.up(), Double.NaN);
        if (Double.isFinite(diversity) && Double.isFinite(quality)) {
          points.add(new Point(path.run, at.temperature, diversity, quality));
        }
      }
    }
    return points;
  }
}

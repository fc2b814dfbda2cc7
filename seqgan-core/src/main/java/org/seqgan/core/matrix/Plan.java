package org.seqgan.core.matrix;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.seqgan.api.metric.Better;

/**
 * What a matrix is to do: its cells, in order, and what they are compared by. Immutable.
 *
 * @param name the name of the matrix
 * @param baseline the method that the others are compared with
 * @param metric the metric that is compared and ranks
 * @param better which way that metric is better; neither for what its scores say themselves
 * @param further metrics that are compared too, in order
 * @param published method to published value of the metric that ranks
 * @param controls method to the methods that are its controls
 * @param cells at least one; no two do the same
 */
public record Plan(
    String name,
    String baseline,
    String metric,
    Better better,
    List<String> further,
    Map<String, Double> published,
    Map<String, List<String>> controls,
    List<Cell> cells) {
  /** What the files of earlier versions do not have. */
  static final Map<String, Object> ADDED = Map.of("further", List.of(), "controls", Map.of());

  /** Copies the collections. */
  public Plan {
    further = List.copyOf(further);
    published = Collections.unmodifiableMap(new LinkedHashMap<>(published));
    controls = Collections.unmodifiableMap(new LinkedHashMap<>(controls));
    cells = List.copyOf(cells);
  }

  /**
   * The first thing in which another plan does not do what this one does, in words. What its cells
   * are compared by is no such thing.
   *
   * @param other the newer plan
   */
  Optional<String> difference(Plan other) {
    Map<String, Cell> before = byId();
    Map<String, Cell> after = other.byId();
    for (Cell cell : other.cells) {
      Cell old = before.get(cell.id());
      if (old == null) {
        return Optional.of("cell %s is new".formatted(cell.id()));
      }
      Optional<String> difference = difference(old, cell);
      if (difference.isPresent()) {
        return difference;
      }
    }
    for (Cell cell : cells) {
      if (!after.containsKey(cell.id())) {
        return Optional.of("cell %s is gone".formatted(cell.id()));
      }
    }
    return changed("the name", name, other.name)
        .or(() -> changed("the order of the cells", ids(), other.ids()));
  }

  private static Optional<String> difference(Cell before, Cell after) {
    List<String> old = settings(before);
    List<String> now = settings(after);
    Optional<String> gone = old.stream().filter(line -> !now.contains(line)).findFirst();
    Optional<String> added = now.stream().filter(line -> !old.contains(line)).findFirst();
    if (gone.isEmpty() && added.isEmpty()) {
      return changed("the order of the settings of cell " + after.id(), old, now);
    }
    return Optional.of(
        "cell %s had %s, now has %s"
            .formatted(
                after.id(),
                gone.map(line -> "'" + line + "'").orElse("less"),
                added.map(line -> "'" + line + "'").orElse("no such setting")));
  }

  private static List<String> settings(Cell cell) {
    List<String> settings = new java.util.ArrayList<>(cell.source().lines().toList());
    settings.addAll(cell.overrides());
    return settings;
  }

  private static Optional<String> changed(String what, Object before, Object after) {
    return Objects.equals(before, after)
        ? Optional.empty()
        : Optional.of("%s was %s, now is %s".formatted(what, before, after));
  }

  private List<String> ids() {
    return cells.stream().map(Cell::id).toList();
  }

  private Map<String, Cell> byId() {
    Map<String, Cell> byId = new LinkedHashMap<>();
    cells.forEach(cell -> byId.put(cell.id(), cell));
    return byId;
  }
}

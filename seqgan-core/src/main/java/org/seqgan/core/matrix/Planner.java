package org.seqgan.core.matrix;

import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seqgan.api.UserException;
import org.seqgan.api.data.ArraySize;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.MatrixFile;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.config.ResolvedValue;
import org.seqgan.core.config.Setting;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.registry.Spelling;

/**
 * Expands a matrix into cells and checks the configuration of every one of them.
 *
 * <p>Cells go by seed, then by method, then along the axes, the last of them fastest, and then
 * those that {@code include} adds: so that a matrix that is stopped early has few seeds of every
 * method rather than every seed of few.
 */
public final class Planner {
  private static final String SEED = "seed";

  /** Far more than anybody waits for, and few enough to be checked one by one. */
  private static final int MOST_CELLS = 10_000;

  private final MatrixFile matrix;
  private final PluginRegistry registry;

  /** Plans a matrix with these plugins. */
  public Planner(MatrixFile matrix, PluginRegistry registry) {
    this.matrix = matrix;
    this.registry = registry;
  }

  /** Cells that differ in nothing but the seed. */
  private record Group(
      String method, List<Setting> settings, List<Setting> axes, List<Long> seeds) {}

  /** A cell, and where its settings stand. */
  private record Draft(Cell cell, List<Setting> settings) {}

  /**
   * The plan.
   *
   * @throws UserException of kind {@code CONFIGURATION} naming the cell whose configuration is
   *     wrong, two cells that would do the same, an exclusion that excludes nothing, or more cells
   *     than anybody can want
   */
  public Plan plan() {
    requireFew();
    List<Group> groups = new ArrayList<>(grid());
    matrix.include().forEach(entry -> groups.addAll(included(entry)));
    List<Draft> drafts = drafts(groups);
    if (drafts.isEmpty()) {
      throw wrong("matrix %s has no cell: everything is excluded".formatted(matrix.name()));
    }
    List<Cell> cells = checked(drafts);
    return new Plan(
        matrix.name(),
        matrix.baseline(),
        matrix.metric(),
        matrix.better(),
        matrix.further(),
        matrix.published(),
        matrix.controls(),
        cells);
  }

  /** Before any of them is made; what is excluded counts, for it is made first. */
  private void requireFew() {
    List<Integer> sizes = new ArrayList<>(List.of(matrix.methods().size()));
    matrix.axes().values().forEach(values -> sizes.add(values.size()));
    sizes.add(matrix.seeds().size());
    long cells = ArraySize.times(sizes.stream().mapToLong(Integer::longValue).toArray());
    for (MatrixFile.Entry entry : matrix.include()) {
      int seeds = entry.seeds().isEmpty() ? matrix.seeds().size() : entry.seeds().size();
      cells = Math.max(cells, cells + seeds); // which stays at the most there is
    }
    if (cells > MOST_CELLS) {
      throw wrong(
          "matrix %s: expected at most %,d cells, found %,d (methods, values of each axis, seeds: %s); leave values or seeds out, or make several matrices"
              .formatted(
                  matrix.name(),
                  MOST_CELLS,
                  cells,
                  sizes.stream()
                      .map(size -> "%,d".formatted(size))
                      .collect(Collectors.joining(" x "))));
    }
  }

  // ---- the grid ----

  private List<Group> grid() {
    List<Group> groups = new ArrayList<>();
    Set<MatrixFile.Entry> unused = new LinkedHashSet<>(matrix.exclude());
    for (String method : matrix.methods().keySet()) {
      for (List<Setting> point : points()) {
        Group group = group(method, point, notExcluded(method, point, unused));
        if (!group.seeds().isEmpty()) {
          groups.add(group);
        }
      }
    }
    for (MatrixFile.Entry entry : unused) {
      throw wrong(
          "%s: an exclusion that excludes nothing; check its method, seed and axes"
              .formatted(entry.place()));
    }
    return groups;
  }

  /** All combinations of the values of the axes. */
  private List<List<Setting>> points() {
    List<List<Setting>> points = List.of(List.of());
    for (List<Setting> axis : matrix.axes().values()) {
      points =
          points.stream()
              .flatMap(point -> axis.stream().map(value -> append(point, value)))
              .toList();
    }
    return points;
  }

  private static List<Setting> append(List<Setting> settings, Setting last) {
    return Stream.concat(settings.stream(), Stream.of(last)).toList();
  }

  private List<Long> notExcluded(String method, List<Setting> point, Set<MatrixFile.Entry> unused) {
    List<Long> seeds = new ArrayList<>(matrix.seeds());
    for (MatrixFile.Entry entry : matrix.exclude()) {
      boolean matches =
          entry.method().map(method::equals).orElse(true)
              && entry.settings().stream().allMatch(setting -> holds(setting, point));
      if (matches && seeds.removeAll(entry.seeds().isEmpty() ? matrix.seeds() : entry.seeds())) {
        unused.remove(entry);
      }
    }
    return seeds;
  }

  private boolean holds(Setting wanted, List<Setting> point) {
    Set<String> axes = matrix.axes().keySet();
    if (!axes.contains(wanted.key())) {
      throw wrong(
          "%s: expected method, seed or one of the axes in an exclusion, found '%s'%s"
              .formatted(wanted.place(), wanted.key(), suggestion(wanted.key(), axes)));
    }
    return point.stream()
        .anyMatch(
            value -> value.key().equals(wanted.key()) && value.value().equals(wanted.value()));
  }

  private static String suggestion(String key, Collection<String> known) {
    return Spelling.suggestion(key, known).map(near -> "; did you mean '" + near + "'?").orElse("");
  }

  private Group group(String method, List<Setting> axes, List<Long> seeds) {
    List<Setting> own = matrix.methods().get(method);
    for (Setting axis : axes) {
      for (Setting setting : own) {
        if (axis.key().equals(setting.key()) && !seeds.isEmpty()) {
          throw wrong(
              "%s: axis '%s' would take back what method '%s' sets at %s; exclude the method and"
                      .formatted(axis.place(), axis.key(), method, setting.place())
                  + " include the cells of it that you want");
        }
      }
    }
    return new Group(method, own, axes, seeds);
  }

  private List<Group> included(MatrixFile.Entry entry) {
    String method =
        entry
            .method()
            .orElseThrow(
                () ->
                    wrong(
                        "%s: expected the method of the cell to include: { method = ... }"
                            .formatted(entry.place())));
    List<Long> seeds = entry.seeds().isEmpty() ? matrix.seeds() : entry.seeds();
    return List.of(group(method, entry.settings(), seeds));
  }

  // ---- cells ----

  private List<Draft> drafts(List<Group> groups) {
    Set<Long> seeds = new LinkedHashSet<>(matrix.seeds());
    groups.forEach(group -> seeds.addAll(group.seeds()));
    Map<String, String> shortNames = shortNames(groups);
    String source = matrix.source();
    List<Draft> drafts = new ArrayList<>();
    for (long seed : seeds) {
      for (Group group : groups) {
        if (group.seeds().contains(seed)) {
          drafts.add(draft(drafts.size() + 1, group, seed, source, shortNames));
        }
      }
    }
    return drafts;
  }

  private static Draft draft(
      int number, Group group, long seed, String source, Map<String, String> shortNames) {
    List<Setting> settings = new ArrayList<>(group.settings());
    settings.addAll(group.axes());
    settings.add(new Setting(SEED, Long.toString(seed), "seeds"));
    Map<String, String> axes = new LinkedHashMap<>();
    group.axes().forEach(axis -> axes.put(axis.key(), plain(axis.value())));
    StringBuilder id = new StringBuilder(group.method());
    axes.forEach((key, value) -> id.append('-').append(shortNames.get(key)).append(word(value)));
    id.append(Cell.seedEnding(seed));
    List<String> words = settings.stream().map(Setting::word).toList();
    Cell cell = new Cell(number, id.toString(), group.method(), axes, seed, source, words);
    return new Draft(cell, settings);
  }

  private static String plain(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** A value as a part of a file name; what comes after letters is set off from them. */
  private static String word(String value) {
    String word = value.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^-+(?!\\d)|-+$", "");
    return word.matches("[0-9].*") ? word : "-" + word;
  }

  /** For each axis the end of its key, as long as it takes to tell it from the others. */
  private static Map<String, String> shortNames(List<Group> groups) {
    Map<String, String> words = new LinkedHashMap<>();
    // The name of a plugin is told by its section.
    groups.forEach(
        group ->
            group
                .axes()
                .forEach(axis -> words.put(axis.key(), axis.key().replaceFirst("\\.name$", ""))));
    Map<String, String> names = new HashMap<>();
    words.forEach((key, word) -> names.put(key, shortest(word, words.values())));
    return names;
  }

  private static String shortest(String word, Collection<String> words) {
    String name = word.substring(word.lastIndexOf('.') + 1);
    while (!name.equals(word) && isEndOfAnother(name, word, words)) {
      name = word.substring(word.lastIndexOf('.', word.length() - name.length() - 2) + 1);
    }
    return name.replace('.', '-');
  }

  private static boolean isEndOfAnother(String name, String word, Collection<String> words) {
    return words.stream()
        .anyMatch(other -> !other.equals(word) && ("." + other).endsWith("." + name));
  }

  // ---- checks ----

  private List<Cell> checked(List<Draft> drafts) {
    List<Cell> cells = new ArrayList<>();
    Map<String, Cell> byId = new HashMap<>();
    Map<List<String>, Cell> byValues = new HashMap<>();
    for (Draft draft : drafts) {
      Cell cell = draft.cell();
      ResolvedConfig config = resolve(draft);
      requireMeasured(cell, config);
      List<String> values = config.values().stream().map(Planner::assignment).toList();
      Optional.ofNullable(byValues.put(values, cell))
          .ifPresent(
              other -> {
                throw wrong(
                    "cells %s and %s would do the same; take one of them out"
                        .formatted(other.id(), cell.id()));
              });
      Optional.ofNullable(byId.put(cell.id(), cell))
          .ifPresent(
              other -> {
                throw wrong(
                    "cells #%d and #%d would both be called %s; give one of them another method"
                        .formatted(other.number(), cell.number(), cell.id()));
              });
      cells.add(withPathsInFull(cell, config));
    }
    return cells;
  }

  /** A cell may be run in another folder than this one, where its files are looked for. */
  private static Cell withPathsInFull(Cell cell, ResolvedConfig config) {
    List<String> overrides = new ArrayList<>(cell.overrides());
    for (ResolvedValue value : config.values()) {
      String path = plain(value.value().orElse(""));
      boolean given = cell.source().contains(path) || cell.overrides().toString().contains(path);
      if (new File(path).isAbsolute() && !given) {
        overrides.add(assignment(value));
      }
    }
    return new Cell(
        cell.number(),
        cell.id(),
        cell.method(),
        cell.axes(),
        cell.seed(),
        cell.source(),
        overrides);
  }

  private void requireMeasured(Cell cell, ResolvedConfig config) {
    List<String> measured =
        config.evaluation().asksTheTask()
            ? config.metrics().names() // the task is not open yet
            : config.metrics().scores(config.evaluation().namedMetrics());
    Stream.concat(Stream.of(matrix.metric()), matrix.further().stream())
        .filter(metric -> !measured.contains(metric))
        .findFirst()
        .ifPresent(
            metric -> {
              throw wrong(
                  "cell %s: expected a measurement of '%s', which is to be compared, found %s; add it to evaluation.metrics"
                      .formatted(cell.id(), metric, String.join(", ", measured)));
            });
  }

  private static String assignment(ResolvedValue value) {
    return value.key() + "=" + value.value().orElse("");
  }

  private ResolvedConfig resolve(Draft draft) {
    try {
      return ExperimentConfig.load(registry, matrix, draft.settings());
    } catch (UserException e) {
      throw new UserException(
          e.kind(), "cell %s: %s".formatted(draft.cell().id(), e.getMessage()), e);
    }
  }

  private static UserException wrong(String message) {
    return new UserException(UserException.Kind.CONFIGURATION, message);
  }
}

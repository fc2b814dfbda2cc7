package org.seqgan.core.report.matrix;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.seqgan.api.metric.Better;
import org.seqgan.core.matrix.Cell;
import org.seqgan.core.matrix.CellHistory;
import org.seqgan.core.matrix.CellState;
import org.seqgan.core.matrix.FinalScores;
import org.seqgan.core.matrix.PerSequence;
import org.seqgan.core.statistics.Estimate;
import org.seqgan.core.statistics.QualityDiversity;

/**
 * The cells of a matrix that differ in nothing but the seed: a line of its table.
 *
 * @param name the method and, where they vary within the method, its axes, as in {@code seqgan k=1}
 * @param method the name of the method
 * @param axes every axis
 * @param varying the axes that vary within the method, short name to value
 * @param cells by seed, whatever their state; at least one
 */
record Variant(
    String name,
    String method,
    Map<String, String> axes,
    Map<String, String> varying,
    List<CellHistory> cells) {
  private static final Set<String> IGNORANT_REWARDS = Set.of("constant", "random", "shuffled");
  private static final Set<String> CONTROL_WORDS = Set.of("control", "constant", "shuffled");

  /** The variants among some cells, in the order in which the plan names them first. */
  static List<Variant> among(List<CellHistory> cells) {
    Map<List<Object>, List<CellHistory>> groups =
        cells.stream()
            .sorted(Comparator.comparingInt(cell -> cell(cell).number()))
            .collect(
                Collectors.groupingBy(
                    cell -> List.of(cell(cell).method(), cell(cell).axes()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return groups.values().stream().map(group -> of(group, cells)).toList();
  }

  private static Variant of(List<CellHistory> group, List<CellHistory> all) {
    Cell first = cell(group.get(0));
    Map<String, String> varying = new LinkedHashMap<>();
    for (String axis : axesThatVary(first.method(), all)) {
      if (first.axes().containsKey(axis)) {
        varying.put(shortName(axis), first.axes().get(axis));
      }
    }
    String settings =
        varying.entrySet().stream()
            .map(axis -> " " + axis.getKey() + "=" + axis.getValue())
            .collect(Collectors.joining());
    List<CellHistory> bySeed =
        group.stream().sorted(Comparator.comparingLong(cell -> cell(cell).seed())).toList();
    return new Variant(first.method() + settings, first.method(), first.axes(), varying, bySeed);
  }

  private static Set<String> axesThatVary(String method, List<CellHistory> all) {
    List<Map<String, String>> settings =
        all.stream()
            .map(Variant::cell)
            .filter(cell -> cell.method().equals(method))
            .map(Cell::axes)
            .toList();
    Set<String> axes = new LinkedHashSet<>();
    settings.forEach(setting -> axes.addAll(setting.keySet()));
    axes.removeIf(
        axis -> settings.stream().map(s -> s.getOrDefault(axis, "")).distinct().count() == 1);
    return axes;
  }

  /** The last word of an option's name; the steps of Algorithm 1 by the paper's letters. */
  private static String shortName(String axis) {
    String last = axis.substring(axis.lastIndexOf('.') + 1);
    return switch (last) {
      case "g-steps" -> "g";
      case "d-steps" -> "d";
      default -> last;
    };
  }

  private static Cell cell(CellHistory history) {
    return history.summary().cell();
  }

  /** Whether both have the same settings, as far as both have them. */
  boolean sharesAxesWith(Variant other) {
    return axes.entrySet().stream()
        .allMatch(
            axis ->
                other.axes.getOrDefault(axis.getKey(), axis.getValue()).equals(axis.getValue()));
  }

  /** The cells that ended well. */
  List<CellHistory> done() {
    return inState(CellState.DONE);
  }

  /** The cells in a state. */
  List<CellHistory> inState(CellState state) {
    return cells.stream().filter(cell -> cell.summary().state() == state).toList();
  }

  /** The cell of a seed, where it ended well. */
  List<CellHistory> done(long seed) {
    return done().stream().filter(cell -> cell(cell).seed() == seed).toList();
  }

  /**
   * A metric at the end of each cell that ended well, or a score at a temperature; {@code NaN}
   * where it has none.
   */
  double[] values(String metric) {
    return done().stream().mapToDouble(cell -> cell.summary().value(metric)).toArray();
  }

  /**
   * The estimate of a metric by its finite values; empty where there is none, or where the cells'
   * scores are not alike.
   */
  Optional<Estimate> estimate(String metric) {
    if (FinalScores.refusal(metric, done()).isPresent()) {
      return Optional.empty();
    }
    double[] finite = Arrays.stream(values(metric)).filter(Double::isFinite).toArray();
    return finite.length == 0 ? Optional.empty() : Optional.of(Estimate.of(finite));
  }

  /**
   * Quality against diversity: the paths over temperatures of the cells that ended well and were
   * measured by both.
   *
   * @param quality the name of a score
   * @param better which way it is better
   * @param diversity the name of another score
   */
  QualityDiversity qualityDiversity(String quality, Better better, String diversity) {
    return new QualityDiversity(
        better,
        done().stream().flatMap(cell -> cell.summary().path(quality, diversity).stream()).toList());
  }

  /** The cells that ended well, but without a finite value of a metric. */
  List<String> without(String metric) {
    return done().stream()
        .filter(cell -> !Double.isFinite(cell.summary().value(metric)))
        .map(cell -> cell(cell).id())
        .toList();
  }

  /** The values of a metric for each sequence of the cell of a seed, where they were kept. */
  Optional<float[]> perSequence(long seed, String metric) {
    return done(seed).stream()
        .flatMap(cell -> cell.summary().perSequence().stream())
        .filter(values -> values.metric().equals(metric))
        .map(PerSequence::values)
        .findFirst();
  }

  /** The seeds of the cells that ended well, upwards. */
  List<Long> seeds() {
    return done().stream().map(cell -> cell(cell).seed()).toList();
  }

  /** Whether its reward knows nothing of the data: constant, random or shuffled. */
  boolean isControl() {
    boolean named =
        Arrays.stream(method.split("-")).anyMatch(CONTROL_WORDS::contains)
            || method.startsWith("random-reward");
    return named || cell(cells.get(0)).overrides().stream().anyMatch(Variant::choosesIgnorance);
  }

  private static boolean choosesIgnorance(String override) {
    String[] words = override.split("=", 2);
    boolean reward = words[0].strip().equals("reward") || words[0].strip().equals("reward.name");
    return reward && words.length == 2 && IGNORANT_REWARDS.contains(words[1].strip());
  }
}

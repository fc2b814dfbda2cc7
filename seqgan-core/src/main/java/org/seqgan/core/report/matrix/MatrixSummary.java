package org.seqgan.core.report.matrix;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.seqgan.core.matrix.CellState;
import org.seqgan.core.matrix.CellSummary;
import org.seqgan.core.matrix.MatrixResults;
import org.seqgan.core.statistics.Estimate;
import org.seqgan.core.statistics.Outcome;
import org.seqgan.core.statistics.WelchTest;

/**
 * The table of a matrix, as programs read it: every component is text, a truth value, a number, a
 * list or a map, so that any JSON mapper writes it as it is. A figure that does not exist has no
 * key; none is {@code NaN}.
 *
 * @param name the name of the matrix
 * @param metric the metric that is compared
 * @param lowerIsBetter whether a low value of it is good
 * @param baseline the method that the others are compared with
 * @param rows a row for each method and setting
 * @param further the same by other metrics, and by metrics at a temperature
 * @param study what is to be said of each method's reward, and what it costs; empty before a cell
 *     ended well
 * @param real metric to what real data score
 * @param anchors values to read the metrics against
 * @param ranges the same where they differ between cells: the least and the largest
 * @param warnings what a careful reviewer would ask
 * @param notes what a reader must know
 * @param how how each figure was computed
 */
public record MatrixSummary(
    String name,
    String metric,
    boolean lowerIsBetter,
    String baseline,
    List<Row> rows,
    List<Further> further,
    List<Studied> study,
    Map<String, Double> real,
    Map<String, Double> anchors,
    Map<String, List<Double>> ranges,
    List<String> warnings,
    List<String> notes,
    Map<String, String> how) {
  /** Copies the collections. */
  public MatrixSummary {
    rows = List.copyOf(rows);
    further = List.copyOf(further);
    study = List.copyOf(study);
    real = copy(real);
    anchors = copy(anchors);
    ranges = copy(ranges);
    warnings = List.copyOf(warnings);
    notes = List.copyOf(notes);
    how = copy(how);
  }

  private static <K, V> Map<K, V> copy(Map<K, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /**
   * The comparison by a metric that does not rank.
   *
   * @param metric its name, as in {@code nll-gen} or {@code bleu-2 at 0.7}
   * @param better {@code lower}, {@code higher} or {@code neither}
   * @param rows as of the metric that ranks, without other metrics
   */
  public record Further(String metric, String better, List<Row> rows) {
    /** Copies the list. */
    public Further {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A method with a setting of its axes.
   *
   * @param name the method and the axes that vary within it
   * @param method the method
   * @param axes every axis and its value
   * @param verdict {@code baseline}, {@code better}, {@code worse}, {@code undecided} or {@code not
   *     testable}; {@code higher} or {@code lower} by a metric of which neither is better
   * @param explanation what to add to the verdict; may be empty
   * @param figures those that exist
   * @param metrics every other metric: its {@link Figure#SEEDS}, {@link Figure#MEAN} and, from two
   *     seeds on, {@link Figure#SD}
   */
  public record Row(
      String name,
      String method,
      Map<String, String> axes,
      String verdict,
      String explanation,
      Map<Figure, Double> figures,
      Map<String, Map<Figure, Double>> metrics) {
    /** Copies the maps. */
    public Row {
      axes = copy(axes);
      figures = copy(figures);
      metrics = copy(metrics);
    }

    /** A figure, where it exists. */
    public OptionalDouble figure(Figure figure) {
      Double value = figures.get(figure);
      return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
  }

  /**
   * What is to be said of a method.
   *
   * @param name the method and the axes that vary within it
   * @param rewardMatters {@code yes} where it is better than each of its controls by the metric
   *     that ranks, {@code no} where it is worse than one, {@code not shown}, or {@code no control}
   * @param equalDiversity against the baseline where both are as diverse; empty for the baseline,
   *     and where nothing was measured at several temperatures
   * @param controls each control that the matrix names for it
   * @param figures {@code seconds} of wall-clock time, mean over seeds, {@code seconds-sd}, {@code
   *     times-the-baseline}
   */
  public record Studied(
      String name,
      @JsonProperty("reward-matters") String rewardMatters,
      @JsonProperty("at-equal-diversity") List<AtEqualDiversity> equalDiversity,
      List<Controlled> controls,
      Map<String, Double> figures) {
    /** Copies the collections. */
    public Studied {
      equalDiversity = List.copyOf(equalDiversity);
      controls = List.copyOf(controls);
      figures = copy(figures);
    }
  }

  /**
   * A method against the baseline at equal diversity, each at its best temperature.
   *
   * @param quality the metric of quality whose means over the range are compared
   * @param diversity the metric of diversity
   * @param verdict {@code better}, {@code worse}, {@code undecided} or {@code not testable}
   * @param explanation what to add to the verdict; may be empty
   * @param figures of the difference, method less baseline, where it could be tested
   * @param range the least and the largest diversity that both reach; empty where there are none
   */
  public record AtEqualDiversity(
      String quality,
      String diversity,
      String verdict,
      String explanation,
      Map<Figure, Double> figures,
      List<Double> range) {
    /** Copies the collections. */
    public AtEqualDiversity {
      figures = copy(figures);
      range = List.copyOf(range);
    }
  }

  /**
   * A method against a control.
   *
   * @param control its name
   * @param verdict {@code better}, {@code worse}, {@code undecided} or {@code not testable}
   * @param explanation what to add to the verdict; may be empty
   * @param figures of the difference, method less control, where it could be tested
   */
  public record Controlled(
      String control, String verdict, String explanation, Map<Figure, Double> figures) {
    /** Copies the map. */
    public Controlled {
      figures = copy(figures);
    }
  }

  /** The summary of what a matrix has measured so far. */
  public static MatrixSummary of(MatrixResults results) {
    return of(Comparison.of(results));
  }

  static MatrixSummary of(Comparison comparison) {
    MatrixResults results = comparison.results();
    return new MatrixSummary(
        results.name(),
        results.metric(),
        results.lowerIsBetter(),
        results.baseline(),
        comparison.rows().stream()
            .map(row -> row(comparison, row, otherMetrics(comparison, row)))
            .toList(),
        comparedToo(comparison).map(metric -> further(results, metric)).toList(),
        study(MethodStudy.of(comparison), results.lowerIsBetter()),
        finite(results.real()),
        finite(results.anchors()),
        ranges(results),
        MatrixWarnings.of(comparison),
        results.notes(),
        Explanations.of(results));
  }

  private static Map<String, List<Double>> ranges(MatrixResults results) {
    Map<String, List<Double>> ranges = new LinkedHashMap<>();
    results.ranges().forEach((name, range) -> ranges.put(name, List.of(range.low(), range.high())));
    return ranges;
  }

  private static Map<String, Double> finite(Map<String, Double> values) {
    Map<String, Double> finite = new LinkedHashMap<>(values);
    finite.values().removeIf(value -> !Double.isFinite(value));
    return finite;
  }

  /** The further metrics, and everything that was swept, at every temperature. */
  private static Stream<String> comparedToo(Comparison comparison) {
    return Stream.concat(
        comparison.results().further().stream(),
        comparison.done().flatMap(cell -> sweptNames(cell.summary())).distinct());
  }

  private static Stream<String> sweptNames(CellSummary cell) {
    return cell.finalScores().swept().keySet().stream();
  }

  private static Further further(MatrixResults results, String metric) {
    Comparison comparison = Comparison.of(results, metric);
    return new Further(
        metric,
        results.better(metric).name().toLowerCase(Locale.ROOT),
        comparison.rows().stream().map(row -> row(comparison, row, Map.of())).toList());
  }

  /** The comparison by one of the {@linkplain #further() further} metrics, where there is one. */
  public Optional<Further> further(String metric) {
    return further.stream().filter(one -> one.metric().equals(metric)).findFirst();
  }

  private static Map<String, Map<Figure, Double>> otherMetrics(
      Comparison comparison, Comparison.Row row) {
    Map<String, Map<Figure, Double>> metrics = new LinkedHashMap<>();
    for (String metric : comparison.otherMetrics()) {
      row.variant().estimate(metric).ifPresent(value -> metrics.put(metric, spread(value)));
    }
    return metrics;
  }

  private static Row row(
      Comparison comparison, Comparison.Row row, Map<String, Map<Figure, Double>> metrics) {
    return new Row(
        row.variant().name(),
        row.variant().method(),
        row.variant().axes(),
        row.verdict().label(),
        row.explanation(),
        figures(comparison, row),
        metrics);
  }

  private static List<Studied> study(MethodStudy study, boolean lowerIsBetter) {
    return study.lines().stream()
        .filter(line -> line.seconds().isPresent())
        .map(line -> studied(line, study.plane(), lowerIsBetter))
        .toList();
  }

  private static Studied studied(
      MethodStudy.Line line, Optional<Plane> plane, boolean lowerIsBetter) {
    Map<String, Double> figures = new LinkedHashMap<>();
    line.seconds()
        .ifPresent(
            seconds -> {
              figures.put("seconds", seconds.mean());
              seconds.deviation().ifPresent(sd -> figures.put("seconds-sd", sd));
            });
    line.timesTheBaseline().ifPresent(times -> figures.put("times-the-baseline", times));
    return new Studied(
        line.variant().name(),
        line.rewardMatters(lowerIsBetter).label(),
        plane.stream()
            .flatMap(pair -> line.equalDiversity().stream().map(one -> equalDiversity(one, pair)))
            .toList(),
        line.against().stream().map(one -> controlled(one, lowerIsBetter)).toList(),
        figures);
  }

  private static AtEqualDiversity equalDiversity(MethodStudy.EqualDiversity one, Plane plane) {
    return new AtEqualDiversity(
        plane.up(),
        plane.across(),
        one.verdict().label(),
        Comparison.explanation(one.outcome()),
        figures(one.outcome()),
        one.range().map(range -> List.of(range.low(), range.high())).orElseGet(List::of));
  }

  private static Controlled controlled(MethodStudy.AgainstControl one, boolean lowerIsBetter) {
    return new Controlled(
        one.control(),
        one.verdict(lowerIsBetter).label(),
        Comparison.explanation(one.outcome()),
        figures(one.outcome()));
  }

  private static Map<Figure, Double> figures(Outcome outcome) {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    Comparison.test(outcome).ifPresent(test -> putTest(figures, test));
    Comparison.adjustedP(outcome).ifPresent(p -> figures.put(Figure.P_HOLM, p));
    return figures;
  }

  private static Map<Figure, Double> spread(Estimate estimate) {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.SEEDS, (double) estimate.count());
    figures.put(Figure.MEAN, estimate.mean());
    estimate.deviation().ifPresent(sd -> figures.put(Figure.SD, sd));
    return figures;
  }

  private static Map<Figure, Double> figures(Comparison comparison, Comparison.Row row) {
    Variant variant = row.variant();
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.SEEDS, (double) variant.done().size());
    figures.put(Figure.FAILED, (double) variant.inState(CellState.FAILED).size());
    row.estimate().ifPresent(estimate -> putEstimate(figures, estimate));
    MatrixResults results = comparison.results();
    if (comparison.metric().equals(results.metric())) {
      Double published = results.published().get(variant.method());
      if (published != null && Double.isFinite(published)) {
        figures.put(Figure.PUBLISHED, published);
      }
    }
    row.test().ifPresent(test -> putTest(figures, test));
    row.adjustedP().ifPresent(p -> figures.put(Figure.P_HOLM, p));
    if (row.outcome().orElse(null) instanceof Outcome.Undecided open && !open.needed().beyond()) {
      figures.put(Figure.MORE_SEEDS, (double) open.needed().more());
    }
    row.perSequence()
        .flatMap(Comparison.PaperTest::p)
        .ifPresent(p -> figures.put(Figure.PAPER_P_PER_SEQUENCE, p));
    return figures;
  }

  private static void putEstimate(Map<Figure, Double> figures, Estimate estimate) {
    figures.put(Figure.MEAN, estimate.mean());
    estimate.deviation().ifPresent(sd -> figures.put(Figure.SD, sd));
    estimate
        .interval()
        .ifPresent(
            interval -> {
              figures.put(Figure.CI_LOW, interval.low());
              figures.put(Figure.CI_HIGH, interval.high());
            });
  }

  private static void putTest(Map<Figure, Double> figures, WelchTest test) {
    figures.put(Figure.DIFFERENCE, test.difference());
    figures.put(Figure.DIFFERENCE_LOW, test.interval().low());
    figures.put(Figure.DIFFERENCE_HIGH, test.interval().high());
    figures.put(Figure.T, test.t());
    figures.put(Figure.DF, test.degreesOfFreedom());
    figures.put(Figure.P, test.p());
  }
}

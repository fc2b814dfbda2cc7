package org.seqgan.core.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seqgan.core.event.Phase;
import org.seqgan.core.matrix.CellHistory;
import org.seqgan.core.matrix.CellSummary;
import org.seqgan.core.matrix.MatrixResults;
import org.seqgan.core.matrix.Point;
import org.seqgan.core.run.MetricsHistory;

/** The drawings of the report of a matrix. */
final class MatrixCharts {
  private static final Canvas.Size WIDE = new Canvas.Size("wide", 860, 380, 120);
  private static final Canvas.Size NARROW = new Canvas.Size("narrow", 360, 320, 40);
  private static final Canvas.Size SMALL = new Canvas.Size("small", 360, 220, 40);

  /** Style 3 belongs to the panels of a run, and is too near to style 1. */
  private static final List<Integer> STYLES = List.of(1, 2, 4, 5, 6, 7, 8, 9, 10);

  private static final List<String> QUALITIES =
      List.of(KeyFigures.NLL_ORACLE, "bleu-4", "bleu-5", "bleu-3", "bleu-2");
  private static final List<String> DIVERSITIES =
      List.of(
          "self-bleu-4",
          "self-bleu-5",
          "self-bleu-3",
          "self-bleu-2",
          "distinct-2",
          "distinct-3",
          "distinct-sequences");
  private static final Set<String> PAPER_AXES = Set.of("g", "d", "k");

  private final Markup out;
  private final Comparison comparison;
  private final MatrixResults results;
  private final List<Variant> variants;

  MatrixCharts(Markup out, Comparison comparison) {
    this.out = out;
    this.comparison = comparison;
    this.results = comparison.results();
    this.variants = comparison.rows().stream().map(Comparison.Row::variant).toList();
  }

  void draw() {
    learningCurves();
    curvesByAxes();
    qualityAndDiversity();
    panels();
  }

  private void learningCurves() {
    List<Variant> shown = variants.stream().filter(v -> v.varying().isEmpty()).toList();
    if (shown.isEmpty()) {
      return;
    }
    out.open("section").leaf("h2", "Learning curves (the paper\u2019s Figure 2)");
    figures(shown);
    out.close();
  }

  private void curvesByAxes() {
    Map<String, List<Variant>> methods =
        variants.stream()
            .filter(variant -> !variant.varying().isEmpty())
            .collect(
                Collectors.groupingBy(Variant::method, LinkedHashMap::new, Collectors.toList()));
    methods.forEach(
        (method, settings) -> {
          Set<String> axes = settings.get(0).varying().keySet();
          String paper = PAPER_AXES.containsAll(axes) ? " (the paper\u2019s Figure 3)" : "";
          out.open("section").leaf("h2", method + " by " + String.join(", ", axes) + paper);
          List<Variant> shown = new ArrayList<>(plainBaselines());
          shown.addAll(settings);
          figures(shown);
          out.close();
        });
  }

  /** As many figures as it takes for each curve to have a style of its own. */
  private void figures(List<Variant> shown) {
    for (int from = 0; from < shown.size(); from += STYLES.size()) {
      figure(shown.subList(from, Math.min(shown.size(), from + STYLES.size())));
    }
  }

  private void figure(List<Variant> shown) {
    List<Curve> curves = new ArrayList<>();
    List<Anchor> anchors = new ArrayList<>(anchors(results.metric()));
    for (Variant variant : shown) {
      Curve curve = curve(variant, results.metric());
      if (curve.points().size() > 1) {
        curves.add(curve);
      } else {
        // What does not learn has no curve, but a level.
        variant
            .estimate(results.metric())
            .ifPresent(level -> anchors.add(new Anchor(variant.name(), level.mean())));
      }
    }
    out.open("figure");
    out.leaf(
        "figcaption",
        results.metric()
            + ", mean over seeds with a band of one standard deviation to each side, over the steps"
            + " of each phase; the solid upright line is where adversarial training starts. Dashed"
            + " lines across are values to compare with; an arrow says that one is off the scale.");
    Page.legend(out, curves);
    charts(results.metric() + " over training, by method", curves, anchors);
    out.close();
    closer(curves, anchors);
  }

  private void charts(String label, List<Curve> curves, List<Anchor> anchors) {
    for (Canvas.Size size : List.of(WIDE, NARROW)) {
      new Chart(out, timeline(curves), size, true).draw(label, curves, anchors);
    }
  }

  /** Adversarial training alone, because the first epochs take most of a scale that has both. */
  private void closer(List<Curve> whole, List<Anchor> usual) {
    List<Curve> curves = new ArrayList<>();
    List<Anchor> anchors = new ArrayList<>(usual);
    for (Curve curve : whole) {
      Curve adversarial = curve.during(Phase.ADVERSARIAL);
      if (adversarial.points().isEmpty()) {
        curve.last().ifPresent(level -> anchors.add(new Anchor(curve.name(), level)));
      } else {
        curves.add(adversarial);
      }
    }
    if (curves.isEmpty()) {
      return;
    }
    out.open("figure");
    out.leaf(
        "figcaption",
        "The same, adversarial training alone; a method without it is a dashed line at its end.");
    Page.legend(out, curves);
    charts(results.metric() + " over adversarial training, by method", curves, anchors);
    out.close();
  }

  /** The baselines that no axis varies. */
  private List<Variant> plainBaselines() {
    return comparison.rows().stream()
        .filter(row -> row.verdict() == Comparison.Verdict.BASELINE)
        .map(Comparison.Row::variant)
        .filter(variant -> variant.varying().isEmpty())
        .toList();
  }

  private Curve curve(Variant variant, String metric) {
    return SeedCurves.of(variant, metric, style(variant));
  }

  /** The same in all drawings. */
  private int style(Variant variant) {
    return STYLES.get(variants.indexOf(variant) % STYLES.size());
  }

  private static Timeline timeline(List<Curve> curves) {
    return Timeline.covering(
        curves.stream()
            .flatMap(curve -> curve.points().stream())
            .map(MetricsHistory.Point::position)
            .toList());
  }

  private List<Anchor> anchors(String metric) {
    return Anchor.of(metric, results.metric(), results.anchors());
  }

  private void qualityAndDiversity() {
    Optional<String> quality =
        first(Stream.concat(Stream.of(results.metric()), QUALITIES.stream()), true);
    Optional<String> diversity = first(DIVERSITIES.stream(), false);
    if (quality.isEmpty() || diversity.isEmpty()) {
      return;
    }
    String up = quality.get();
    String across = diversity.get();
    Map<Variant, Scatter.Cloud> clouds = clouds(across, up);
    if (clouds.isEmpty()) {
      return;
    }
    boolean similarity = across.startsWith("self-bleu");
    out.open("section").leaf("h2", "Quality and diversity").open("figure");
    out.leaf(
        "figcaption",
        "%s upwards (%s is better) against %s (%s is more diverse), at the end: a small dot for each seed, a large one for their mean. A line joins the settings of one method."
            .formatted(
                up,
                up.equals(KeyFigures.NLL_ORACLE) ? "lower" : "higher",
                across,
                similarity ? "left" : "right"));
    Map<String, Integer> styles = new LinkedHashMap<>();
    clouds.forEach((variant, cloud) -> styles.put(variant.name(), cloud.style()));
    Page.dots(out, styles);
    for (Canvas.Size size : List.of(WIDE, NARROW)) {
      Scatter.draw(
          out,
          size,
          up + " against " + across + ", by method",
          new Scatter.Across(across, anchors(across)),
          List.copyOf(clouds.values()),
          trails(clouds),
          anchors(up));
    }
    out.close().close();
  }

  private Optional<String> first(Stream<String> names, boolean quality) {
    return names
        .filter(name -> !quality || QUALITIES.contains(name))
        .filter(name -> variants.stream().anyMatch(v -> v.estimate(name).isPresent()))
        .findFirst();
  }

  private Map<Variant, Scatter.Cloud> clouds(String across, String up) {
    Map<Variant, Scatter.Cloud> clouds = new LinkedHashMap<>();
    for (Variant variant : variants) {
      List<Scatter.Dot> seeds = new ArrayList<>();
      for (CellHistory cell : variant.done()) {
        dot(cell.summary(), across, up).ifPresent(seeds::add);
      }
      if (!seeds.isEmpty()) {
        clouds.put(variant, new Scatter.Cloud(style(variant), seeds, mean(variant.name(), seeds)));
      }
    }
    return clouds;
  }

  private static Optional<Scatter.Dot> dot(CellSummary cell, String across, String up) {
    double x = cell.metrics().getOrDefault(across, Double.NaN);
    double y = cell.metrics().getOrDefault(up, Double.NaN);
    return Double.isFinite(x) && Double.isFinite(y)
        ? Optional.of(dot(cell.cell().id(), x, y))
        : Optional.empty();
  }

  private static Scatter.Dot dot(String name, double x, double y) {
    return new Scatter.Dot(x, y, name + ": " + Numbers.format(y) + " at " + Numbers.format(x));
  }

  private static Scatter.Dot mean(String name, List<Scatter.Dot> seeds) {
    double x = seeds.stream().mapToDouble(Scatter.Dot::x).average().orElseThrow();
    double y = seeds.stream().mapToDouble(Scatter.Dot::y).average().orElseThrow();
    return dot(name + ", mean", x, y);
  }

  private static List<List<Scatter.Cloud>> trails(Map<Variant, Scatter.Cloud> clouds) {
    Map<String, List<Scatter.Cloud>> methods =
        clouds.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    entry -> entry.getKey().method(),
                    LinkedHashMap::new,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    return methods.values().stream().filter(trail -> trail.size() > 1).toList();
  }

  private void panels() {
    List<String> names =
        variants.stream()
            .flatMap(variant -> variant.done().stream())
            .flatMap(cell -> cell.points().stream())
            .map(Point::values)
            .flatMap(values -> values.keySet().stream())
            .distinct()
            .filter(name -> !name.equals(results.metric()))
            .toList();
    if (names.isEmpty()) {
      return;
    }
    out.open("section").leaf("h2", "Other measurements over training");
    out.leaf(
        "p",
        "Means over seeds with bands; losses and rewards mean another thing in each phase.",
        "class",
        "quiet");
    out.open("div", "class", "panels");
    for (String name : names) {
      panel(name);
    }
    out.close().close();
  }

  private void panel(String name) {
    List<Curve> curves = new ArrayList<>();
    for (Variant variant : variants) {
      Curve curve = curve(variant, name);
      if (!curve.points().isEmpty()) {
        curves.add(curve);
      }
    }
    boolean across = !name.contains("loss") && !name.contains("reward");
    out.open("figure").leaf("figcaption", name);
    new Chart(out, timeline(curves), SMALL, across)
        .draw(name + " over training, by method", curves, anchors(name));
    Page.legend(out, curves);
    out.close();
  }
}

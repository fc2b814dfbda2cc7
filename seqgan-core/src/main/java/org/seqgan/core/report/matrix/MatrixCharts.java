package org.seqgan.core.report.matrix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.Quantile;
import org.seqgan.core.matrix.CellHistory;
import org.seqgan.core.matrix.CellSummary;
import org.seqgan.core.matrix.FinalScores;
import org.seqgan.core.matrix.MatrixResults;
import org.seqgan.core.matrix.Point;
import org.seqgan.core.report.Markup;
import org.seqgan.core.report.NumberFormats;
import org.seqgan.core.report.chart.Anchor;
import org.seqgan.core.report.chart.Canvas;
import org.seqgan.core.report.chart.Chart;
import org.seqgan.core.report.chart.Curve;
import org.seqgan.core.report.chart.Fences;
import org.seqgan.core.report.chart.Legend;
import org.seqgan.core.report.chart.Scatter;
import org.seqgan.core.report.chart.Style;
import org.seqgan.core.report.chart.Timeline;
import org.seqgan.core.report.run.KeyFigures;
import org.seqgan.core.run.MetricsHistory;

/** The drawings of the report of a matrix. */
final class MatrixCharts {
  private static final Canvas.Size WIDE = new Canvas.Size("wide", 860, 380, 120);
  private static final Canvas.Size NARROW = new Canvas.Size("narrow", 360, 320, 40);
  private static final Canvas.Size SMALL = new Canvas.Size("small", 360, 220, 40);

  /** More curves in one figure would hide each other. */
  private static final int MOST_CURVES = 24;

  private static final double DOT = 5.5;
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
    panels();
  }

  /** Said in the place of a drawing of scores that must not stand on one scale. */
  private boolean refused(String metric, List<Variant> shown) {
    Optional<String> refusal =
        FinalScores.refusal(
            metric, shown.stream().flatMap(variant -> variant.done().stream()).toList());
    refusal.ifPresent(reason -> out.leaf("p", "Not drawn: " + reason + ".", "class", "quiet"));
    return refusal.isPresent();
  }

  private boolean isNllOracle() {
    return results.metric().equals(KeyFigures.NLL_ORACLE);
  }

  private void learningCurves() {
    List<Variant> shown = variants.stream().filter(v -> v.varying().isEmpty()).toList();
    if (shown.isEmpty()) {
      return;
    }
    String paper = isNllOracle() ? " (the paper\u2019s Figure 2)" : "";
    out.open("section").leaf("h2", "Learning curves" + paper);
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
          String paper =
              isNllOracle() && PAPER_AXES.containsAll(axes) ? " (the paper\u2019s Figure 3)" : "";
          out.open("section").leaf("h2", method + " by " + String.join(", ", axes) + paper);
          List<Variant> shown = new ArrayList<>(plainBaselines());
          shown.addAll(settings);
          figures(shown);
          out.close();
        });
  }

  /** As many figures as it takes for each curve to be found. */
  private void figures(List<Variant> shown) {
    for (int from = 0; from < shown.size(); from += MOST_CURVES) {
      figure(shown.subList(from, Math.min(shown.size(), from + MOST_CURVES)));
    }
  }

  private void figure(List<Variant> shown) {
    if (refused(results.metric(), shown)) {
      return;
    }
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
            + " lines across are values to compare with, a grey band is one that differs between"
            + " cells, from the least to the largest; an arrow says that one is off the scale."
            + outside(curves));
    Legend.lines(out, curves);
    charts(results.metric() + " over training, by method", curves, anchors);
    out.close();
    closer(curves, anchors);
  }

  private void charts(String label, List<Curve> curves, List<Anchor> anchors) {
    Scope scope = Scope.of(curves, baselineNames());
    for (Canvas.Size size : List.of(WIDE, NARROW)) {
      new Chart(out, timeline(curves), size, true)
          .draw(label, scope.inside(), scope.outside(), anchors);
    }
  }

  private String outside(List<Curve> curves) {
    return Scope.of(curves, baselineNames()).words();
  }

  private Set<String> baselineNames() {
    return comparison.rows().stream()
        .filter(row -> row.verdict() == Comparison.Verdict.BASELINE)
        .map(row -> row.variant().name())
        .collect(Collectors.toSet());
  }

  /** The last phase alone, because the first epochs take most of a scale that has all. */
  private void closer(List<Curve> whole, List<Anchor> usual) {
    List<Phase> phases =
        whole.stream()
            .flatMap(curve -> curve.points().stream())
            .map(point -> point.position().phase())
            .distinct()
            .sorted()
            .toList();
    if (phases.size() < 2) {
      return;
    }
    List<Curve> curves = new ArrayList<>();
    List<Anchor> anchors = new ArrayList<>(usual);
    for (Curve curve : whole) {
      Curve adversarial = curve.during(phases.get(phases.size() - 1));
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
        "The same, adversarial training alone; a method without it is a dashed line at its end."
            + outside(curves));
    Legend.lines(out, curves);
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
  private Style style(Variant variant) {
    return Style.of(variants.indexOf(variant));
  }

  private static Timeline timeline(List<Curve> curves) {
    return Timeline.covering(
        curves.stream()
            .flatMap(curve -> curve.points().stream())
            .map(MetricsHistory.Point::position)
            .toList());
  }

  private List<Anchor> anchors(String metric) {
    return Anchor.of(metric, results.metric(), results.allAnchors());
  }

  /** By each pair of quality and diversity that there is, within a section that is open. */
  void qualityAndDiversity() {
    List<String> measured =
        variants.stream()
            .flatMap(variant -> variant.done().stream())
            .flatMap(cell -> cell.summary().metrics().keySet().stream())
            .toList();
    Optional<Plane> atEnd = Plane.among(results.metric(), measured);
    Optional<Plane> swept = Plane.among(results.metric(), comparison.sweptMetrics());
    if (atEnd.isEmpty() && swept.isEmpty()) {
      return;
    }
    out.leaf("h3", "Quality and diversity");
    swept.ifPresent(this::drawSweeps);
    atEnd.ifPresent(this::drawEnds);
  }

  private void drawEnds(Plane plane) {
    Map<Variant, Scatter.Cloud> clouds = new LinkedHashMap<>();
    for (Variant variant : variants) {
      cloud(variant, variant.name(), plane, DOT, variant.name())
          .ifPresent(cloud -> clouds.put(variant, cloud));
    }
    String caption =
        plane.words()
            + ", at the end: a small dot for each seed, a large one for their mean. A line joins"
            + " the settings of one method.";
    scatter(plane, caption, clouds.keySet(), List.copyOf(clouds.values()), trails(clouds));
  }

  private void drawSweeps(Plane plane) {
    List<Float> temperatures = comparison.temperatures();
    Set<Variant> shown = new LinkedHashSet<>();
    List<Scatter.Cloud> clouds = new ArrayList<>();
    List<Scatter.Trail> curves = new ArrayList<>();
    for (Variant variant : variants) {
      List<Scatter.Cloud> curve = new ArrayList<>();
      for (int i = 0; i < temperatures.size(); i++) {
        float temperature = temperatures.get(i);
        // Named once, at the lowest temperature, where paths are least near each other.
        String label = i == 0 ? variant.name() : "";
        String name = variant.name() + " at " + temperature;
        cloud(variant, name, plane.at(temperature), 4 + 1.5 * i, label).ifPresent(curve::add);
      }
      if (!curve.isEmpty()) {
        shown.add(variant);
        clouds.addAll(curve);
        curves.add(new Scatter.Trail("curve " + style(variant).cssClass(), curve));
      }
    }
    String caption =
        plane.words()
            + ", of the finished generators sampled at temperatures %s: the larger the dot, the higher the temperature. Of two methods the one whose curve lies beyond the other\u2019s is better, whatever a single temperature says."
                .formatted(
                    temperatures.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    scatter(plane, caption, shown, clouds, curves);
  }

  private void scatter(
      Plane plane,
      String caption,
      Set<Variant> shown,
      List<Scatter.Cloud> clouds,
      List<Scatter.Trail> trails) {
    List<Variant> all = List.copyOf(shown);
    if (clouds.isEmpty() || refused(plane.up(), all) || refused(plane.across(), all)) {
      return;
    }
    out.open("figure").leaf("figcaption", caption + outsideOf(clouds));
    Map<String, Style> styles = new LinkedHashMap<>();
    all.forEach(variant -> styles.put(variant.name(), style(variant)));
    Legend.dots(out, styles);
    for (Canvas.Size size : List.of(WIDE, NARROW)) {
      Scatter.draw(
          out,
          size,
          plane.up() + " against " + plane.across() + ", by method",
          new Scatter.Across(plane.across(), anchors(plane.across())),
          clouds,
          trails,
          anchors(plane.up()));
    }
    out.close();
  }

  private static String outsideOf(List<Scatter.Cloud> clouds) {
    return Scope.words(
        Scatter.outside(clouds).stream().map(cloud -> cloud.mean().title()).toList(), "means lie");
  }

  private Optional<Scatter.Cloud> cloud(
      Variant variant, String name, Plane plane, double radius, String label) {
    List<Scatter.Dot> seeds = new ArrayList<>();
    for (CellHistory cell : variant.done()) {
      dot(cell.summary(), plane).ifPresent(seeds::add);
    }
    return seeds.isEmpty()
        ? Optional.empty()
        : Optional.of(new Scatter.Cloud(style(variant), seeds, mean(name, seeds), radius, label));
  }

  private static Optional<Scatter.Dot> dot(CellSummary cell, Plane plane) {
    double x = cell.value(plane.across());
    double y = cell.value(plane.up());
    return Double.isFinite(x) && Double.isFinite(y)
        ? Optional.of(dot(cell.cell().id(), x, y))
        : Optional.empty();
  }

  private static Scatter.Dot dot(String name, double x, double y) {
    return new Scatter.Dot(
        x, y, name + ": " + NumberFormats.format(y) + " at " + NumberFormats.format(x));
  }

  private static Scatter.Dot mean(String name, List<Scatter.Dot> seeds) {
    double x = seeds.stream().mapToDouble(Scatter.Dot::x).average().orElseThrow();
    double y = seeds.stream().mapToDouble(Scatter.Dot::y).average().orElseThrow();
    return dot(name + ", mean", x, y);
  }

  private static List<Scatter.Trail> trails(Map<Variant, Scatter.Cloud> clouds) {
    Map<String, List<Scatter.Cloud>> methods =
        clouds.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    entry -> entry.getKey().method(),
                    LinkedHashMap::new,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    return methods.values().stream()
        .filter(trail -> trail.size() > 1)
        .map(trail -> new Scatter.Trail("trail", trail))
        .toList();
  }

  private void panels() {
    List<String> names =
        variants.stream()
            .flatMap(variant -> variant.done().stream())
            .flatMap(cell -> cell.points().stream())
            .map(Point::values)
            .flatMap(values -> values.keySet().stream())
            .distinct()
            .filter(name -> !name.equals(results.metric()) && !Quantile.isName(name))
            .toList();
    if (names.isEmpty()) {
      return;
    }
    out.open("section").leaf("h2", "Other measurements over training");
    out.leaf(
        "p",
        "Means over seeds with bands; losses and rewards mean another thing in each phase. The"
            + " scale is that of the curves that end within "
            + Fences.WORDS
            + ", and of the baseline; an arrow at the edge is a value beyond it.",
        "class",
        "quiet");
    Map<String, List<Curve>> panels = new LinkedHashMap<>();
    names.forEach(name -> panels.put(name, measuredCurves(name)));
    Set<String> drawn =
        panels.values().stream()
            .flatMap(curves -> curves.stream().map(Curve::name))
            .collect(Collectors.toSet());
    // One for all panels, where each method looks the same.
    Legend.lines(
        out,
        variants.stream()
            .filter(variant -> drawn.contains(variant.name()))
            .map(variant -> Curve.sample(variant.name(), style(variant)))
            .toList());
    out.open("div", "class", "panels");
    panels.forEach(this::panel);
    out.close().close();
  }

  private List<Curve> measuredCurves(String name) {
    List<Curve> curves = new ArrayList<>();
    for (Variant variant : variants) {
      Curve curve = curve(variant, name);
      if (!curve.points().isEmpty()) {
        curves.add(curve);
      }
    }
    return curves;
  }

  private void panel(String name, List<Curve> curves) {
    Scope scope = Scope.of(curves, baselineNames());
    boolean across = !name.contains("loss") && !name.contains("reward");
    out.open("figure").open("figcaption").text(name + " ");
    if (!scope.outside().isEmpty()) {
      out.leaf("small", scope.briefly());
    }
    out.close();
    if (refused(name, variants)) {
      out.close();
      return;
    }
    new Chart(out, timeline(curves), SMALL, across)
        .draw(name + " over training, by method", scope.inside(), scope.outside(), anchors(name));
    out.close();
  }
}

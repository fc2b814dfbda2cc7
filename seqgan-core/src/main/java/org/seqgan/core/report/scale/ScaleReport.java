package org.seqgan.core.report.scale;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seqgan.core.benchmark.Computer;
import org.seqgan.core.benchmark.ScaleAxis;
import org.seqgan.core.benchmark.ScalePoint;
import org.seqgan.core.benchmark.ScaleResult;
import org.seqgan.core.benchmark.ScaleStep;
import org.seqgan.core.report.Markup;
import org.seqgan.core.report.Page;
import org.seqgan.core.report.chart.Anchor;
import org.seqgan.core.report.chart.Canvas;
import org.seqgan.core.report.chart.Legend;
import org.seqgan.core.report.chart.Scatter;
import org.seqgan.core.report.chart.Style;

/**
 * The page of {@code bench --scale}: for each size that was varied a chart of growth and a table.
 * One file that loads nothing and has no script.
 */
public final class ScaleReport {
  private static final Canvas.Size WIDE = new Canvas.Size("wide", 860, 300, 40);
  private static final Canvas.Size NARROW = new Canvas.Size("narrow", 360, 260, 40);
  private static final double RADIUS = 4.5;

  private final ScaleResult result;
  private final Markup out = new Markup();

  private ScaleReport(ScaleResult result) {
    this.result = result;
  }

  /** The page as HTML. */
  public static String render(ScaleResult result) {
    return "<!DOCTYPE html>\n" + new ScaleReport(result).page();
  }

  private String page() {
    out.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en");
    Page.head(out, "How cost grows");
    out.open("body").open("main");
    Computer computer = result.computer();
    out.open("header").leaf("h1", "How cost grows");
    out.leaf(
            "p",
            "Backend %s, %s, on %d processors."
                .formatted(computer.backend(), computer.options(), computer.processors()),
            "class",
            "quiet")
        .close();
    out.leaf("p", ScaleTable.EXPLANATION);
    result.axes().forEach(this::section);
    skipped();
    return out.close().close().close().finish();
  }

  private void section(ScaleAxis axis) {
    String name = axis.label().substring(0, 1).toUpperCase(Locale.ROOT) + axis.label().substring(1);
    out.open("section").leaf("h2", name);
    chart(axis);
    ScaleTable table = ScaleTable.of(result, axis);
    Page.table(out, table.headings(), table.rows());
    out.close();
  }

  private void chart(ScaleAxis axis) {
    List<ScalePoint> points = result.along(axis);
    List<Scatter.Cloud> clouds = new ArrayList<>();
    List<Scatter.Trail> trails = new ArrayList<>();
    Map<String, Style> styles = new LinkedHashMap<>();
    for (ScaleStep step : axis.steps()) {
      List<Scatter.Cloud> line = new ArrayList<>();
      Style style = Style.colour(1 + step.ordinal());
      for (ScalePoint point : points) {
        if (point.step() == step) {
          line.add(new Scatter.Cloud(style, List.of(), dot(point, points.get(0)), RADIUS));
        }
      }
      if (!line.isEmpty()) {
        styles.put(step.label(), style);
        clouds.addAll(line);
        trails.add(new Scatter.Trail("curve " + style.cssClass(), line));
      }
    }
    String across =
        String.format(Locale.ROOT, "doublings of %s %,d", axis.label(), points.get(0).value());
    out.open("figure").leaf("figcaption", "Growth: time per GFLOP, 1 at the smallest size");
    Legend.dots(out, styles);
    for (Canvas.Size size : List.of(WIDE, NARROW)) {
      Scatter.draw(
          out,
          size,
          "growth by " + axis.label(),
          new Scatter.Across(across, List.of()),
          clouds,
          trails,
          List.of(new Anchor("as its arithmetic", 1)));
    }
    out.close();
  }

  private Scatter.Dot dot(ScalePoint point, ScalePoint first) {
    double doublings = Math.log((double) point.value() / first.value()) / Math.log(2);
    String title =
        String.format(
            Locale.ROOT,
            "%s at %s %,d: %.2f (%s)",
            point.step().label(),
            point.axis().label(),
            point.value(),
            result.growth(point),
            ScaleTable.milliseconds(point.figure().medianSeconds()));
    return new Scatter.Dot(doublings, result.growth(point), title);
  }

  private void skipped() {
    if (result.skipped().isEmpty()) {
      return;
    }
    out.open("section").leaf("h2", "Not measured").open("ul");
    result.skipped().forEach(skipped -> out.leaf("li", skipped.line()));
    out.close().close();
  }
}

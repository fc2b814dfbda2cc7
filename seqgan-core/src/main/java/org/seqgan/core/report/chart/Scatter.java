package org.seqgan.core.report.chart;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.seqgan.core.report.Markup;
import org.seqgan.core.report.NumberFormats;

/** Draws one metric against another: a small dot for each seed, a larger one for their mean. */
public final class Scatter {
  private static final double BOTTOM = 40;
  private static final double TICK_DISTANCE = 60;

  private final Canvas canvas;
  private final Axis across;

  private Scatter(Canvas canvas, Axis across) {
    this.canvas = canvas;
    this.across = across;
  }

  /**
   * A dot.
   *
   * @param x the value across
   * @param y the value upwards
   * @param title what it is
   */
  public record Dot(double x, double y, String title) {}

  /**
   * The dots of a variant.
   *
   * @param style the number of its colour
   * @param seeds a dot for each seed
   * @param mean the mean of both metrics over seeds
   * @param radius of the mean's dot
   */
  public record Cloud(int style, List<Dot> seeds, Dot mean, double radius) {}

  /**
   * A line from mean to mean.
   *
   * @param cssClass how it looks
   * @param clouds whose means it joins, in order
   */
  public record Trail(String cssClass, List<Cloud> clouds) {}

  /**
   * What is drawn across.
   *
   * @param name of the metric
   * @param anchors values of it to compare with
   */
  public record Across(String name, List<Anchor> anchors) {}

  /**
   * Draws.
   *
   * @param label what it shows, for those who cannot see it
   * @param clouds at least one
   * @param trails means to join by lines, such as those of a sweep over temperatures
   * @param anchors values upwards to compare with
   */
  public static void draw(
      Markup out,
      Canvas.Size size,
      String label,
      Across across,
      List<Cloud> clouds,
      List<Trail> trails,
      List<Anchor> anchors) {
    double[] x = range(clouds.stream().flatMap(Scatter::dots).mapToDouble(Dot::x), across.anchors);
    double[] y = range(clouds.stream().flatMap(Scatter::dots).mapToDouble(Dot::y), anchors);
    Canvas canvas = new Canvas(out, size, BOTTOM, y[0], y[1]);
    int ticks = (int) Math.max(2, canvas.plotWidth() / TICK_DISTANCE);
    Scatter scatter = new Scatter(canvas, Axis.covering(x[0], x[1], ticks));
    canvas.open(label);
    canvas.drawValueAxis();
    scatter.drawAcross(across);
    canvas.drawAnchors(anchors);
    trails.forEach(scatter::drawTrail);
    clouds.forEach(scatter::drawCloud);
    canvas.close();
  }

  private static Stream<Dot> dots(Cloud cloud) {
    return Stream.concat(cloud.seeds.stream(), Stream.of(cloud.mean));
  }

  private static double[] range(DoubleStream values, List<Anchor> anchors) {
    double[] sorted = values.sorted().toArray();
    return Anchor.widened(new double[] {sorted[0], sorted[sorted.length - 1]}, anchors);
  }

  private double x(double value) {
    return canvas.x(across.fraction(value));
  }

  private void drawAcross(Across metric) {
    double base = canvas.base();
    canvas.drawBase();
    for (double tick : across.ticks()) {
      canvas.line(x(tick), base, x(tick), base + 4, "axis");
      canvas.text(across.label(tick), x(tick), base + 17, "x-tick");
    }
    canvas.text(metric.name, canvas.x(0.5), base + 34, "x-name");
    metric.anchors.forEach(this::drawUpright);
  }

  private void drawUpright(Anchor anchor) {
    double fraction = across.fraction(anchor.value());
    double x = canvas.x(Math.max(0, Math.min(1, fraction)));
    canvas.line(x, Canvas.TOP, x, canvas.base(), "anchor");
    String arrow = fraction < 0 ? "\u2190 " : fraction > 1 ? "\u2192 " : "";
    String cssClass = fraction < 0.5 ? "anchor-name start" : "anchor-name";
    canvas.text(arrow + anchor.label(), x, Canvas.TOP - 7, cssClass);
  }

  private void drawTrail(Trail trail) {
    StringBuilder path = new StringBuilder();
    for (Cloud cloud : trail.clouds) {
      path.append(path.isEmpty() ? 'M' : 'L')
          .append(Canvas.place(x(cloud.mean.x), canvas.y(cloud.mean.y)));
    }
    canvas.path(path.toString(), trail.cssClass);
  }

  private void drawCloud(Cloud cloud) {
    for (Dot dot : cloud.seeds) {
      drawDot(dot, "2.6", "seed s" + cloud.style);
    }
    drawDot(cloud.mean, NumberFormats.coordinate(cloud.radius), "mark s" + cloud.style);
  }

  private void drawDot(Dot dot, String radius, String cssClass) {
    canvas.dot(x(dot.x), canvas.y(dot.y), radius, cssClass, dot.title);
  }
}

package org.seqgan.core.report.chart;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.seqgan.core.report.Markup;

/**
 * Draws one metric against another: a small dot for each seed, a larger one for their mean. The
 * scales are those of the middle, by {@link Fences} of the means; a mean beyond them is at the
 * edge, with an arrow, its name and its values.
 */
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
   * @param style how they look
   * @param seeds a dot for each seed
   * @param mean the mean of both metrics over seeds
   * @param radius of the mean's dot
   * @param label beside it, where there is room; may be empty
   */
  public record Cloud(Style style, List<Dot> seeds, Dot mean, double radius, String label) {
    /** Dots without a label. */
    public Cloud(Style style, List<Dot> seeds, Dot mean, double radius) {
      this(style, seeds, mean, radius, "");
    }
  }

  /** The clouds that are off the scale. */
  public static List<Cloud> outside(List<Cloud> clouds) {
    Fences x = fences(clouds, Dot::x);
    Fences y = fences(clouds, Dot::y);
    return clouds.stream().filter(cloud -> !x.hold(cloud.mean.x) || !y.hold(cloud.mean.y)).toList();
  }

  private static Fences fences(List<Cloud> clouds, ToDoubleFunction<Dot> value) {
    return Fences.of(clouds.stream().map(Cloud::mean).mapToDouble(value));
  }

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
    List<Cloud> outside = outside(clouds);
    List<Cloud> inside = clouds.stream().filter(cloud -> !outside.contains(cloud)).toList();
    // Where nothing is both, the scale is that of all.
    List<Cloud> scale = inside.isEmpty() ? clouds : inside;
    double[] x = range(scale.stream().flatMap(Scatter::dots).mapToDouble(Dot::x), across.anchors);
    double[] y = range(scale.stream().flatMap(Scatter::dots).mapToDouble(Dot::y), anchors);
    Canvas canvas = new Canvas(out, size, BOTTOM, y[0], y[1]);
    int ticks = (int) Math.max(2, canvas.plotWidth() / TICK_DISTANCE);
    Scatter scatter = new Scatter(canvas, Axis.covering(x[0], x[1], ticks));
    canvas.open(label);
    canvas.drawValueAxis();
    scatter.drawAcross(across);
    Labels labels = new Labels(canvas, canvas.drawAnchors(anchors));
    trails.forEach(scatter::drawTrail);
    clouds.stream().filter(cloud -> !scatter.isBeyond(cloud)).forEach(scatter::drawCloud);
    clouds.forEach(cloud -> labels.keepFree(scatter.held(cloud), cloud.radius));
    clouds.stream().filter(scatter::isBeyond).forEach(cloud -> scatter.drawEdge(cloud, labels));
    clouds.stream()
        .filter(cloud -> !scatter.isBeyond(cloud) && !cloud.label.isEmpty())
        .forEach(cloud -> labels.beside(scatter.at(cloud.mean), cloud.radius, cloud.label));
    canvas.close();
  }

  private Clip.Place at(Dot dot) {
    return new Clip.Place(x(dot.x), canvas.y(dot.y));
  }

  private boolean isBeyond(Cloud cloud) {
    return !canvas.clip().holds(at(cloud.mean));
  }

  private Clip.Place held(Cloud cloud) {
    return canvas.clip().nearest(at(cloud.mean));
  }

  /**
   * What is off the scale: a mark at the edge where it is nearest, with an arrow and its values.
   */
  private void drawEdge(Cloud cloud, Labels labels) {
    Clip.Place place = held(cloud);
    canvas.mark(
        cloud.style, place, cloud.radius, "mark " + cloud.style.cssClass(), cloud.mean.title);
    Clip.Place real = at(cloud.mean);
    String arrow =
        real.x() > place.x()
            ? "\u2192"
            : real.x() < place.x() ? "\u2190" : real.y() < place.y() ? "\u2191" : "\u2193";
    labels.always(place, cloud.radius, arrow + " " + cloud.mean.title.replace(", mean", ""));
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
    double from = x(Math.max(across.low(), Math.min(across.high(), anchor.low())));
    double to = x(Math.max(across.low(), Math.min(across.high(), anchor.high())));
    boolean below = anchor.high() < across.low();
    boolean above = anchor.low() > across.high();
    if (to > from) {
      canvas.rect(from, Canvas.TOP, to - from, canvas.plotHeight());
    } else {
      canvas.line(from, Canvas.TOP, from, canvas.base(), "anchor");
    }
    String arrow = below ? "\u2190 " : above ? "\u2192 " : "";
    boolean leftHalf = across.fraction(anchor.middle()) < 0.5;
    String cssClass = leftHalf ? "anchor-name start" : "anchor-name";
    canvas.text(arrow + anchor.label(), leftHalf ? from : to, Canvas.TOP - 7, cssClass);
  }

  private void drawTrail(Trail trail) {
    StringBuilder path = new StringBuilder();
    boolean whole = trail.clouds.stream().noneMatch(this::isBeyond);
    for (int i = 0; i < trail.clouds.size(); i++) {
      Clip.Place place = at(trail.clouds.get(i).mean);
      if (whole) {
        path.append(i == 0 ? 'M' : 'L').append(Canvas.place(place.x(), place.y()));
      } else if (i > 0) {
        path.append(canvas.clip().line(at(trail.clouds.get(i - 1).mean), place));
      }
    }
    if (!path.isEmpty()) {
      canvas.path(path.toString(), trail.cssClass);
    }
  }

  private void drawCloud(Cloud cloud) {
    for (Dot dot : cloud.seeds) {
      canvas.dot(x(dot.x), canvas.y(dot.y), "2.6", "seed " + cloud.style.cssClass(), dot.title);
    }
    canvas.mark(
        cloud.style,
        at(cloud.mean),
        cloud.radius,
        "mark " + cloud.style.cssClass(),
        cloud.mean.title);
  }
}

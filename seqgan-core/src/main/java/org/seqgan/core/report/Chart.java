package org.seqgan.core.report;

import java.util.List;
import org.seqgan.core.event.Phase;
import org.seqgan.core.run.MetricsHistory;

/**
 * Draws curves over the steps of a run as SVG: ticks of each phase below, its name above and its
 * own shade behind.
 */
final class Chart {
  private static final double LEFT = 46;
  private static final double RIGHT = 12;
  private static final double TOP = 22;
  private static final double BOTTOM = 24;
  private static final double CHARACTER = 6.2;
  private static final double LEAST_TICK_DISTANCE = 44;
  private static final double LEAST_LABEL_DISTANCE = 26;
  private static final double LEAST_DOT_DISTANCE = 8;
  private static final double ROW = 36;

  private final Markup out;
  private final Timeline timeline;
  private final Size size;
  private final boolean acrossPhases;

  /**
   * How large a chart is.
   *
   * @param cssClass shows it on screens of the right width
   * @param width in pixels
   * @param height in pixels
   * @param marks how many points of a curve can be pointed at; a longer curve is drawn whole, but
   *     only every n-th point has a mark
   */
  record Size(String cssClass, int width, int height, int marks) {}

  /**
   * A way to draw.
   *
   * @param acrossPhases whether a curve goes on from one phase to the next; a loss that means
   *     another thing there does not
   */
  Chart(Markup out, Timeline timeline, Size size, boolean acrossPhases) {
    this.out = out;
    this.timeline = timeline;
    this.size = size;
    this.acrossPhases = acrossPhases;
  }

  /**
   * Draws.
   *
   * @param label what it shows, for those who cannot see it
   */
  void draw(String label, List<Curve> curves) {
    double[] range = Curve.range(curves);
    Axis values = Axis.covering(range[0], range[1], (int) Math.max(2, plotHeight() / ROW));
    out.open(
        "svg",
        "class",
        "chart " + size.cssClass,
        "viewBox",
        "0 0 " + size.width + " " + size.height,
        "role",
        "img",
        "aria-label",
        label);
    timeline.spans().forEach(this::drawPhase);
    drawValueAxis(values);
    drawStepAxis();
    curves.forEach(curve -> drawCurve(curve, values));
    if (curves.stream().allMatch(curve -> curve.points().isEmpty())) {
      text("nothing measured yet", size.width / 2.0, size.height / 2.0, "empty");
    }
    out.close();
  }

  private double plotWidth() {
    return size.width - LEFT - RIGHT;
  }

  private double plotHeight() {
    return size.height - TOP - BOTTOM;
  }

  private double x(double steps) {
    return LEFT + plotWidth() * steps / timeline.length();
  }

  private double y(Axis values, double value) {
    return TOP + plotHeight() * (1 - values.fraction(value));
  }

  private void drawPhase(Timeline.Span span) {
    double left = x(span.offset());
    double width = x(span.offset() + span.steps()) - left;
    List<String> names = PhaseNames.of(span.phase());
    out.open(
            "rect",
            "class",
            "phase " + span.phase().label(),
            "x",
            Numbers.coordinate(left),
            "y",
            Numbers.coordinate(TOP),
            "width",
            Numbers.coordinate(width),
            "height",
            Numbers.coordinate(plotHeight()))
        .leaf("title", names.get(0))
        .close();
    names.stream()
        .filter(name -> name.length() * CHARACTER <= width)
        .findFirst()
        .ifPresent(name -> text(name, left + width / 2, TOP - 7, "phase-name"));
    if (span.offset() > 0) {
      String kind = span.phase() == Phase.ADVERSARIAL ? "border game" : "border";
      line(left, TOP - 18, left, TOP + plotHeight(), kind);
    }
  }

  private void drawValueAxis(Axis values) {
    for (double tick : values.ticks()) {
      double y = y(values, tick);
      line(LEFT, y, size.width - RIGHT, y, "grid");
      text(values.label(tick), LEFT - 6, y + 4, "y-tick");
    }
  }

  private void drawStepAxis() {
    double base = TOP + plotHeight();
    line(LEFT, base, size.width - RIGHT, base, "axis");
    double lastLabel = Double.NEGATIVE_INFINITY;
    for (Timeline.Span span : timeline.spans()) {
      double pixelsPerStep = plotWidth() / timeline.length();
      int step = (int) Math.max(1, Axis.step(LEAST_TICK_DISTANCE / pixelsPerStep));
      // A label on the border of two phases would seem to belong to both.
      int end = isLast(span) ? span.steps() : span.steps() - 1;
      for (int tick = span.offset() == 0 ? 0 : step; tick <= end; tick += step) {
        double x = x(span.offset() + tick);
        if (x - lastLabel >= LEAST_LABEL_DISTANCE) {
          line(x, base, x, base + 4, "axis");
          text(Integer.toString(tick), x, base + 17, "x-tick");
          lastLabel = x;
        }
      }
    }
  }

  private boolean isLast(Timeline.Span span) {
    return span.offset() + span.steps() == timeline.length();
  }

  private void drawCurve(Curve curve, Axis values) {
    out.empty("path", "class", "curve " + curve.cssClass(), "d", path(curve, values));
    int every = Math.max(1, (curve.points().size() + size.marks - 1) / size.marks);
    double lastDot = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < curve.points().size(); i += every) {
      MetricsHistory.Point point = curve.points().get(i);
      if (Double.isFinite(point.value())) {
        double x = x(timeline.at(point.position()));
        boolean dot = x - lastDot >= LEAST_DOT_DISTANCE;
        drawMark(curve, point, values, dot ? "mark " : "mark bare ");
        lastDot = dot ? x : lastDot;
      }
    }
  }

  private String path(Curve curve, Axis values) {
    StringBuilder path = new StringBuilder();
    boolean gap = true;
    Phase phase = Phase.GENERATOR_PRETRAINING;
    for (MetricsHistory.Point point : curve.points()) {
      if (!Double.isFinite(point.value())) {
        gap = true;
        continue;
      }
      String place = place(point, values);
      if (gap || (!acrossPhases && phase != point.position().phase())) {
        // A line to where it starts: a lone point has a round cap, and is seen.
        path.append('M').append(place);
      }
      path.append('L').append(place);
      gap = false;
      phase = point.position().phase();
    }
    return path.toString();
  }

  private String place(MetricsHistory.Point point, Axis values) {
    return Numbers.coordinate(x(timeline.at(point.position())))
        + ","
        + Numbers.coordinate(y(values, point.value()));
  }

  private void drawMark(Curve curve, MetricsHistory.Point point, Axis values, String cssClass) {
    out.open(
            "circle",
            "class",
            cssClass + curve.cssClass(),
            "cx",
            Numbers.coordinate(x(timeline.at(point.position()))),
            "cy",
            Numbers.coordinate(y(values, point.value())),
            "r",
            "2.2")
        .leaf(
            "title",
            curve.name() + " " + Numbers.format(point.value()) + " after " + point.position())
        .close();
  }

  private void line(double x1, double y1, double x2, double y2, String cssClass) {
    out.empty(
        "line",
        "class",
        cssClass,
        "x1",
        Numbers.coordinate(x1),
        "y1",
        Numbers.coordinate(y1),
        "x2",
        Numbers.coordinate(x2),
        "y2",
        Numbers.coordinate(y2));
  }

  private void text(String text, double x, double y, String cssClass) {
    out.leaf(
        "text", text, "class", cssClass, "x", Numbers.coordinate(x), "y", Numbers.coordinate(y));
  }
}

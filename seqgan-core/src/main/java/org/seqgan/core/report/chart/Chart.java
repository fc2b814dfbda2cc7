package org.seqgan.core.report.chart;

import java.util.List;
import org.seqgan.core.event.Phase;
import org.seqgan.core.report.Markup;
import org.seqgan.core.report.NumberFormats;
import org.seqgan.core.run.MetricsHistory;
import org.seqgan.core.run.Position;

/**
 * Draws curves over the steps of a run as SVG: ticks of each phase below, its name above and its
 * own shade behind.
 */
public final class Chart {
  private static final double BOTTOM = 24;
  private static final double LEAST_TICK_DISTANCE = 44;
  private static final double LEAST_LABEL_DISTANCE = 26;
  private static final double LEAST_DOT_DISTANCE = 8;

  private final Markup out;
  private final Timeline timeline;
  private final Canvas.Size size;
  private final boolean acrossPhases;

  /**
   * A way to draw.
   *
   * @param acrossPhases whether a curve goes on from one phase to the next; a loss that means
   *     another thing there does not
   */
  public Chart(Markup out, Timeline timeline, Canvas.Size size, boolean acrossPhases) {
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
  public void draw(String label, List<Curve> curves) {
    draw(label, curves, List.of());
  }

  /** Draws, with lines across for values to compare with. */
  public void draw(String label, List<Curve> curves, List<Anchor> anchors) {
    new Drawing(canvas(curves, anchors)).draw(label, curves, anchors);
  }

  private Canvas canvas(List<Curve> curves, List<Anchor> anchors) {
    double[] range = Anchor.widened(Curve.range(curves), anchors);
    return new Canvas(out, size, BOTTOM, range[0], range[1]);
  }

  /** One chart, on its canvas. */
  private final class Drawing {
    private final Canvas canvas;

    Drawing(Canvas canvas) {
      this.canvas = canvas;
    }

    void draw(String label, List<Curve> curves, List<Anchor> anchors) {
      canvas.open(label);
      timeline.spans().forEach(this::drawPhase);
      canvas.drawValueAxis();
      drawStepAxis();
      curves.forEach(this::drawBand);
      curves.forEach(this::drawCurve);
      canvas.drawAnchors(anchors);
      if (curves.stream().allMatch(curve -> curve.points().isEmpty())) {
        canvas.text("nothing measured yet", size.width() / 2.0, size.height() / 2.0, "empty");
      }
      canvas.close();
    }

    private double x(double steps) {
      return canvas.x(steps / timeline.length());
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
              NumberFormats.coordinate(left),
              "y",
              NumberFormats.coordinate(Canvas.TOP),
              "width",
              NumberFormats.coordinate(width),
              "height",
              NumberFormats.coordinate(canvas.plotHeight()))
          .leaf("title", names.get(0))
          .close();
      names.stream()
          .filter(name -> Canvas.width(name) <= width)
          .findFirst()
          .ifPresent(name -> canvas.text(name, left + width / 2, Canvas.TOP - 7, "phase-name"));
      if (span.offset() > 0) {
        String kind = timeline.isLast(span) ? "border game" : "border";
        canvas.line(left, Canvas.TOP - 18, left, canvas.base(), kind);
      }
    }

    private void drawStepAxis() {
      double base = canvas.base();
      canvas.drawBase();
      double lastLabel = Double.NEGATIVE_INFINITY;
      for (Timeline.Span span : timeline.spans()) {
        double pixelsPerStep = canvas.plotWidth() / timeline.length();
        int step = (int) Math.max(1, Axis.step(LEAST_TICK_DISTANCE / pixelsPerStep));
        // A label on the border of two phases would seem to belong to both.
        int end = isLast(span) ? span.steps() : span.steps() - 1;
        for (int tick = span.offset() == 0 ? 0 : step; tick <= end; tick += step) {
          double x = x(span.offset() + tick);
          if (x - lastLabel >= LEAST_LABEL_DISTANCE) {
            canvas.line(x, base, x, base + 4, "axis");
            canvas.text(Integer.toString(tick), x, base + 17, "x-tick");
            lastLabel = x;
          }
        }
      }
    }

    private boolean isLast(Timeline.Span span) {
      return span.offset() + span.steps() == timeline.length();
    }

    private void drawBand(Curve curve) {
      if (curve.band().isEmpty()) {
        return;
      }
      StringBuilder path = new StringBuilder();
      for (Curve.Spread spread : curve.band()) {
        path.append(path.isEmpty() ? 'M' : 'L').append(place(spread.position(), spread.high()));
      }
      for (int i = curve.band().size() - 1; i >= 0; i--) {
        Curve.Spread spread = curve.band().get(i);
        path.append('L').append(place(spread.position(), spread.low()));
      }
      canvas.path(path.append('Z').toString(), "band " + curve.cssClass());
    }

    private void drawCurve(Curve curve) {
      canvas.path(path(curve), "curve " + curve.cssClass());
      int every = Math.max(1, (curve.points().size() + size.marks() - 1) / size.marks());
      double lastDot = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < curve.points().size(); i += every) {
        MetricsHistory.Point point = curve.points().get(i);
        if (Double.isFinite(point.value())) {
          double x = x(timeline.at(point.position()));
          boolean dot = x - lastDot >= LEAST_DOT_DISTANCE;
          drawMark(curve, point, dot ? "mark " : "mark bare ");
          lastDot = dot ? x : lastDot;
        }
      }
    }

    private String path(Curve curve) {
      StringBuilder path = new StringBuilder();
      boolean gap = true;
      Phase phase = Phase.GENERATOR_PRETRAINING;
      for (MetricsHistory.Point point : curve.points()) {
        if (!Double.isFinite(point.value())) {
          gap = true;
          continue;
        }
        String place = place(point.position(), point.value());
        if (gap || (!acrossPhases && !phase.equals(point.position().phase()))) {
          // A line to where it starts: a lone point has a round cap, and is seen.
          path.append('M').append(place);
        }
        path.append('L').append(place);
        gap = false;
        phase = point.position().phase();
      }
      return path.toString();
    }

    private String place(Position position, double value) {
      return Canvas.place(x(timeline.at(position)), canvas.y(value));
    }

    private void drawMark(Curve curve, MetricsHistory.Point point, String cssClass) {
      canvas.dot(
          x(timeline.at(point.position())),
          canvas.y(point.value()),
          "2.2",
          cssClass + curve.cssClass(),
          curve.name() + " " + NumberFormats.format(point.value()) + " after " + point.position());
    }
  }
}

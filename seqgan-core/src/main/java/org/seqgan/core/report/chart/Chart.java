package org.seqgan.core.report.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
  private static final double LEFT = 46;
  private static final double RIGHT = 12;
  private static final double DOT = 2.2;
  private static final double SHAPE = 3.2;

  /** On a narrower drawing the names at the ends of curves would leave no room for the curves. */
  private static final int LEAST_NAMED_WIDTH = 600;

  private static final double MOST_NAME = 190;
  private static final double NAME_HEIGHT = 12.5;
  private static final double LEADER = 14;
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
    draw(label, curves, List.of(), anchors);
  }

  /**
   * Draws on the scale of some curves, others as far as it goes.
   *
   * @param curves all of each is seen
   * @param outside what is not reckoned into the scale: cut at its edge, where an arrow says where
   *     they end
   */
  public void draw(String label, List<Curve> curves, List<Curve> outside, List<Anchor> anchors) {
    double[] range = Anchor.widened(Curve.range(curves), anchors);
    List<Anchor> all = new ArrayList<>(anchors);
    for (Curve curve : outside) {
      curve.last().ifPresent(end -> all.add(new Anchor(curve.name(), end)));
    }
    double right = named(curves) ? namesWidth(curves) : RIGHT;
    Canvas.Margins margins = new Canvas.Margins(LEFT, right, BOTTOM);
    new Drawing(new Canvas(out, size, margins, range[0], range[1]))
        .draw(label, curves, outside, all);
  }

  /** Whether the curves have their names at their ends, beside those in the legend. */
  private boolean named(List<Curve> curves) {
    return curves.size() > 1 && size.width() >= LEAST_NAMED_WIDTH;
  }

  private static double namesWidth(List<Curve> curves) {
    double longest =
        curves.stream().mapToDouble(curve -> Canvas.width(curve.name())).max().orElse(0);
    return Math.min(MOST_NAME, longest + LEADER + 6);
  }

  /** One chart, on its canvas. */
  private final class Drawing {
    private final Canvas canvas;

    Drawing(Canvas canvas) {
      this.canvas = canvas;
    }

    void draw(String label, List<Curve> curves, List<Curve> outside, List<Anchor> anchors) {
      canvas.open(label);
      timeline.spans().forEach(this::drawPhase);
      canvas.drawValueAxis();
      drawStepAxis();
      curves.forEach(this::drawBand);
      outside.forEach(this::drawCut);
      curves.forEach(this::drawCurve);
      canvas.drawAnchors(anchors);
      if (named(curves)) {
        drawNames(curves);
      }
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

    /** The parts of a curve that the scale has room for. */
    private void drawCut(Curve curve) {
      StringBuilder path = new StringBuilder();
      MetricsHistory.@Nullable Point last = null;
      for (MetricsHistory.Point point : curve.points()) {
        boolean joined = last != null && joined(last, point);
        if (joined) {
          path.append(canvas.clip().line(at(last), at(point)));
        }
        last = Double.isFinite(point.value()) ? point : null;
      }
      if (!path.isEmpty()) {
        canvas.path(path.toString(), "curve cut " + curve.cssClass());
      }
    }

    private boolean joined(MetricsHistory.Point one, MetricsHistory.Point next) {
      return Double.isFinite(next.value())
          && (acrossPhases || one.position().phase().equals(next.position().phase()));
    }

    private Clip.Place at(MetricsHistory.Point point) {
      return new Clip.Place(x(timeline.at(point.position())), canvas.y(point.value()));
    }

    /** Right of the drawing, the higher the higher the curve ends, with a line to its end. */
    private void drawNames(List<Curve> curves) {
      List<Curve> ending =
          curves.stream()
              .filter(curve -> curve.last().isPresent())
              .sorted(Comparator.comparingDouble(curve -> canvas.y(curve.last().orElseThrow())))
              .toList();
      double lowest = canvas.base() - (ending.size() - 1) * NAME_HEIGHT;
      double next = Canvas.TOP;
      for (Curve curve : ending) {
        double end = canvas.y(curve.last().orElseThrow());
        double y = Math.max(next, Math.min(end, lowest));
        double x =
            curve.points().stream()
                .filter(point -> Double.isFinite(point.value()))
                .mapToDouble(point -> x(timeline.at(point.position())))
                .max()
                .orElseThrow();
        canvas.path(
            "M%sL%sL%s"
                .formatted(
                    Canvas.place(x + 2, end),
                    Canvas.place(Math.max(x + 2, canvas.x(1)), end),
                    Canvas.place(canvas.x(1) + LEADER, y)),
            "leader " + curve.cssClass());
        canvas.text(curve.name(), canvas.x(1) + LEADER + 3, y + 4, "curve-name");
        next = y + NAME_HEIGHT;
        lowest += NAME_HEIGHT;
      }
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
      canvas.mark(
          curve.style(),
          at(point),
          curve.style().round() == 0 ? DOT : SHAPE,
          cssClass + curve.cssClass(),
          curve.name() + " " + NumberFormats.format(point.value()) + " after " + point.position());
    }
  }
}

package org.seqgan.core.report.chart;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.seqgan.core.report.Markup;
import org.seqgan.core.report.NumberFormats;

/**
 * Draws effects with their intervals, a line each, to both sides of a line that stands for no
 * effect. The scale is that of the middle, by {@link Fences}; an effect beyond it is an arrow at
 * the edge with its value, and an interval that goes beyond ends in an arrowhead.
 */
public final class Forest {
  private static final int WIDTH = 440;
  private static final double ROW = 18;
  private static final double BOTTOM = 42;
  private static final double LEAST_LEFT = 60;
  private static final double MOST_LEFT = 200;
  private static final double TICK_DISTANCE = 55;
  private static final double HEAD = 5;

  private final Canvas canvas;
  private final Axis axis;

  private Forest(Canvas canvas, Axis axis) {
    this.canvas = canvas;
    this.axis = axis;
  }

  /**
   * An effect and the ends of its interval.
   *
   * @param value finite, as the others
   */
  public record Effect(double value, double low, double high) {
    private Stream<Double> all() {
      return Stream.of(value, low, high);
    }
  }

  /**
   * A line.
   *
   * @param name what has the effect
   * @param cssClass how it looks
   * @param effect absent where there is none to be known
   * @param words all that there is to say
   */
  public record Line(String name, String cssClass, Optional<Effect> effect, String words) {}

  /**
   * The words of a drawing.
   *
   * @param label what it shows, for those who cannot see it
   * @param left what it means to lie left of no effect
   * @param right and right
   * @param absent stands in a line without an effect
   */
  public record Words(String label, String left, String right, String absent) {}

  /** The lines that lie beyond the scale. */
  public static List<Line> outside(List<Line> lines) {
    Axis axis = axis(lines, margins(lines));
    return lines.stream()
        .filter(line -> line.effect.filter(effect -> isBeyond(axis, effect)).isPresent())
        .toList();
  }

  private static boolean isBeyond(Axis axis, Effect effect) {
    double fraction = axis.fraction(effect.value);
    return fraction < 0 || fraction > 1;
  }

  private static Canvas.Margins margins(List<Line> lines) {
    double left = lines.stream().mapToDouble(line -> Canvas.width(line.name) + 20).max().orElse(0);
    return new Canvas.Margins(Math.max(LEAST_LEFT, Math.min(MOST_LEFT, left)), 12, BOTTOM);
  }

  private static Axis axis(List<Line> lines, Canvas.Margins margins) {
    double[] range = range(lines);
    double width = WIDTH - margins.left() - margins.right();
    return Axis.covering(range[0], range[1], (int) Math.max(2, width / TICK_DISTANCE));
  }

  private static Fences fences(List<Line> lines) {
    return Fences.of(effects(lines).mapToDouble(Effect::value));
  }

  private static Stream<Effect> effects(List<Line> lines) {
    return lines.stream().flatMap(line -> line.effect.stream());
  }

  /**
   * Draws.
   *
   * @param lines at least one
   */
  public static void draw(Markup out, Words words, List<Line> lines) {
    Canvas.Margins margins = margins(lines);
    int height = (int) (Canvas.TOP + lines.size() * ROW + BOTTOM);
    Canvas canvas =
        new Canvas(out, new Canvas.Size("forest", WIDTH, height, lines.size()), margins, 0, 1);
    Forest forest = new Forest(canvas, axis(lines, margins));
    canvas.open(words.label);
    out.leaf("desc", lines.stream().map(Line::words).collect(Collectors.joining("; ")));
    forest.drawScale(words);
    for (int i = 0; i < lines.size(); i++) {
      forest.drawLine(lines.get(i), Canvas.TOP + (i + 0.5) * ROW, words.absent);
    }
    canvas.close();
  }

  /** Of the intervals of all effects within the fences, no effect among them. */
  private static double[] range(List<Line> lines) {
    Fences fences = fences(lines);
    List<Effect> inside = effects(lines).filter(effect -> fences.hold(effect.value)).toList();
    Fences ends = Fences.of(inside.stream().flatMap(Effect::all).mapToDouble(d -> d));
    double[] shown =
        DoubleStream.concat(
                inside.stream().flatMap(Effect::all).mapToDouble(d -> d).filter(ends::hold),
                inside.stream().mapToDouble(Effect::value))
            .toArray();
    double[] range = Fences.NONE.range(shown, 0, 0);
    return new double[] {Math.min(0, range[0]), Math.max(0, range[1])};
  }

  private void drawScale(Words words) {
    double base = canvas.base();
    for (double tick : axis.ticks()) {
      double x = x(tick);
      boolean none = Math.abs(tick) < axis.step() / 2;
      canvas.line(x, Canvas.TOP - 4, x, base, none ? "axis none" : "grid");
      canvas.text(axis.label(tick), x, base + 15, "x-tick");
    }
    canvas.drawBase();
    canvas.text("\u2190 " + words.left, canvas.x(0), base + 34, "side");
    canvas.text(words.right + " \u2192", canvas.x(1), base + 34, "side end");
  }

  private double x(double value) {
    return canvas.x(axis.fraction(value));
  }

  private void drawLine(Line line, double y, String absent) {
    canvas.text(line.name, canvas.x(0) - 8, y + 4, "y-tick name");
    if (line.effect.isEmpty()) {
      canvas.text(absent, x(0) + 6, y + 4, "absent");
      return;
    }
    Effect effect = line.effect.get();
    if (isBeyond(axis, effect)) {
      drawBeyond(effect, effect.value < axis.low(), y, line.cssClass);
      return;
    }
    double low = Math.max(canvas.x(0), x(effect.low));
    double high = Math.min(canvas.x(1), x(effect.high));
    canvas.line(low, y, high, y, "interval " + line.cssClass);
    head(axis.fraction(effect.low) < 0, canvas.x(0), y, HEAD, line.cssClass);
    head(axis.fraction(effect.high) > 1, canvas.x(1), y, -HEAD, line.cssClass);
    canvas.dot(x(effect.value), y, "4", "effect " + line.cssClass, line.words);
  }

  private void head(boolean beyond, double x, double y, double back, String cssClass) {
    if (beyond) {
      String tip = Canvas.place(x, y);
      canvas.path(
          "M%sL%sL%sZ"
              .formatted(
                  tip,
                  Canvas.place(x + back, y - HEAD / 1.4),
                  Canvas.place(x + back, y + HEAD / 1.4)),
          "head " + cssClass);
    }
  }

  private void drawBeyond(Effect effect, boolean left, double y, String cssClass) {
    String text =
        "%s (%s to %s)"
            .formatted(
                NumberFormats.format(effect.value),
                NumberFormats.format(effect.low),
                NumberFormats.format(effect.high));
    if (left) {
      canvas.text("\u2190 " + text, canvas.x(0) + 2, y + 4, "beyond " + cssClass);
    } else {
      canvas.text(text + " \u2192", canvas.x(1) - 2, y + 4, "beyond end " + cssClass);
    }
  }
}

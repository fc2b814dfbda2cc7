package org.seqgan.core.report.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.seqgan.core.report.Markup;
import org.seqgan.core.report.NumberFormats;

/**
 * The frame of a drawing: margins, the axis of values on the left, lines and words. What lies below
 * the axis of x belongs to who draws.
 */
public final class Canvas {
  static final double TOP = 22;
  private static final double LEFT = 46;
  private static final double RIGHT = 12;
  private static final double CHARACTER = 6.2;
  private static final double ROW = 36;
  private static final double LABEL_HEIGHT = 13;

  private final Markup out;
  private final Size size;
  private final Margins margins;
  private final Axis values;

  /**
   * The room beside and below what is drawn, in pixels.
   *
   * @param left for the names of values
   * @param right for what is written beside the ends of lines
   * @param bottom below the axis of x
   */
  record Margins(double left, double right, double bottom) {
    /** The usual ones. */
    static Margins below(double bottom) {
      return new Margins(LEFT, RIGHT, bottom);
    }
  }

  /**
   * How large a drawing is.
   *
   * @param cssClass shows it on screens of the right width
   * @param width in pixels
   * @param height in pixels
   * @param marks how many points of a curve can be pointed at; a longer curve is drawn whole, but
   *     only every n-th point has a mark
   */
  public record Size(String cssClass, int width, int height, int marks) {}

  /**
   * A frame.
   *
   * @param bottom room below the axis of x
   * @param least the least value to have room for
   * @param greatest the greatest
   */
  Canvas(Markup out, Size size, double bottom, double least, double greatest) {
    this(out, size, Margins.below(bottom), least, greatest);
  }

  /**
   * A frame with margins of its own.
   *
   * @param least the least value to have room for
   * @param greatest the greatest
   */
  Canvas(Markup out, Size size, Margins margins, double least, double greatest) {
    this.out = out;
    this.size = size;
    this.margins = margins;
    double height = size.height - TOP - margins.bottom;
    this.values = Axis.covering(least, greatest, (int) Math.max(2, height / ROW));
  }

  /**
   * Begins the drawing.
   *
   * @param label what it shows, for those who cannot see it
   */
  void open(String label) {
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
  }

  void close() {
    out.close();
  }

  Size size() {
    return size;
  }

  double plotWidth() {
    return size.width - margins.left - margins.right;
  }

  double plotHeight() {
    return size.height - TOP - margins.bottom;
  }

  /** Where the axis of x lies. */
  double base() {
    return TOP + plotHeight();
  }

  /** Where a share of the width lies, 0 at the left end. */
  double x(double fraction) {
    return margins.left + plotWidth() * fraction;
  }

  double y(double value) {
    return TOP + plotHeight() * (1 - values.fraction(value));
  }

  /** About how wide a text is. */
  static double width(String text) {
    return text.length() * CHARACTER;
  }

  void drawValueAxis() {
    for (double tick : values.ticks()) {
      double y = y(tick);
      line(x(0), y, x(1), y, "grid");
      text(values.label(tick), margins.left - 6, y + 4, "y-tick");
    }
  }

  void drawBase() {
    line(x(0), base(), x(1), base(), "axis");
  }

  /** The room for values. */
  Clip clip() {
    return new Clip(x(0), TOP, x(1), base());
  }

  /** Whether there is room for a value. */
  boolean holds(double value) {
    return value >= values.low() && value <= values.high();
  }

  /**
   * Draws anchors across: each at its value, a range as a band, or at the edge, with an arrow,
   * where all of it is off the scale.
   *
   * @return where their names are
   */
  List<Clip> drawAnchors(List<Anchor> anchors) {
    List<Anchor> above = anchors.stream().filter(a -> a.low() > values.high()).toList();
    List<Anchor> below = anchors.stream().filter(a -> a.high() < values.low()).toList();
    List<String> high = edge(above, "\u2191", TOP);
    List<String> low = edge(below, "\u2193", base());
    List<Clip> names = new ArrayList<>();
    for (int i = 0; i < high.size(); i++) {
      names.add(anchorName(high.get(i), TOP + (i + 1) * LABEL_HEIGHT - 1));
    }
    for (int i = 0; i < low.size(); i++) {
      double up = (low.size() - 1 - i) * LABEL_HEIGHT;
      names.add(anchorName(low.get(i), base() - 4 - up));
    }
    double lowest = low.isEmpty() ? base() : base() - 6 - low.size() * LABEL_HEIGHT;
    // The names of phases are above the drawing.
    double lastLabel = high.isEmpty() ? TOP - 3 : TOP + high.size() * LABEL_HEIGHT;
    for (Anchor anchor : onScale(anchors, above, below)) {
      double y = y(Math.max(values.low(), Math.min(values.high(), anchor.middle())));
      if (anchor.isRange()) {
        rect(
            x(0),
            y(Math.min(values.high(), anchor.high())),
            plotWidth(),
            y(Math.max(values.low(), anchor.low())) - y(Math.min(values.high(), anchor.high())));
      } else {
        line(x(0), y, x(1), y, "anchor");
      }
      // Below the line where a label above would cover the one before.
      double label = y - 4 - lastLabel < LABEL_HEIGHT ? y + LABEL_HEIGHT - 1 : y - 4;
      label = Math.max(Math.min(label, lowest), lastLabel + LABEL_HEIGHT);
      names.add(anchorName(anchor.label(), label));
      lastLabel = label;
    }
    return names;
  }

  private Clip anchorName(String text, double y) {
    text(text, x(1) - 3, y, "anchor-name");
    return new Clip(x(1) - 3 - width(text), y - LABEL_HEIGHT + 2, x(1) - 3, y + 2);
  }

  private static List<Anchor> onScale(
      List<Anchor> anchors, List<Anchor> above, List<Anchor> below) {
    List<Anchor> rest = new ArrayList<>(anchors);
    rest.removeAll(above);
    rest.removeAll(below);
    rest.sort(Comparator.comparingDouble(Anchor::middle).reversed());
    return rest;
  }

  /** The names at an edge, in as many lines as it takes. */
  private List<String> edge(List<Anchor> anchors, String arrow, double y) {
    List<String> lines = new ArrayList<>();
    StringBuilder names = new StringBuilder();
    for (Anchor anchor : anchors) {
      if (!names.isEmpty() && width(names + anchor.label()) > plotWidth()) {
        lines.add(names.toString());
        names.setLength(0);
      }
      names.append(names.isEmpty() ? arrow + " " : ", ").append(anchor.label());
    }
    if (!names.isEmpty()) {
      lines.add(names.toString());
      line(x(0), y, x(1), y, "anchor");
    }
    return lines;
  }

  /** The band of an anchor. */
  void rect(double x, double y, double width, double height) {
    out.empty(
        "rect",
        "class",
        "anchor-band",
        "x",
        NumberFormats.coordinate(x),
        "y",
        NumberFormats.coordinate(y),
        "width",
        NumberFormats.coordinate(width),
        "height",
        NumberFormats.coordinate(height));
  }

  void line(double x1, double y1, double x2, double y2, String cssClass) {
    out.empty(
        "line",
        "class",
        cssClass,
        "x1",
        NumberFormats.coordinate(x1),
        "y1",
        NumberFormats.coordinate(y1),
        "x2",
        NumberFormats.coordinate(x2),
        "y2",
        NumberFormats.coordinate(y2));
  }

  void text(String text, double x, double y, String cssClass) {
    out.leaf(
        "text",
        text,
        "class",
        cssClass,
        "x",
        NumberFormats.coordinate(x),
        "y",
        NumberFormats.coordinate(y));
  }

  /** A way through places, as {@link #place} writes them, without its commands. */
  void path(String commands, String cssClass) {
    out.empty("path", "class", cssClass, "d", commands);
  }

  static String place(double x, double y) {
    return NumberFormats.coordinate(x) + "," + NumberFormats.coordinate(y);
  }

  /**
   * A bar that stands on the axis of x, and tells what it is when pointed at.
   *
   * @param left where it begins, as a share of the width
   * @param right where it ends
   */
  void bar(double left, double right, double value, String cssClass, String title) {
    out.open(
            "rect",
            "class",
            cssClass,
            "x",
            NumberFormats.coordinate(x(left)),
            "y",
            NumberFormats.coordinate(y(value)),
            "width",
            NumberFormats.coordinate(x(right) - x(left)),
            "height",
            NumberFormats.coordinate(base() - y(value)))
        .leaf("title", title)
        .close();
  }

  /** A dot that tells what it is when pointed at. */
  void dot(double x, double y, String radius, String cssClass, String title) {
    out.open(
            "circle",
            "class",
            cssClass,
            "cx",
            NumberFormats.coordinate(x),
            "cy",
            NumberFormats.coordinate(y),
            "r",
            radius)
        .leaf("title", title)
        .close();
  }

  /** A mark of a style's shape that tells what it is when pointed at. */
  void mark(Style style, Clip.Place place, double radius, String cssClass, String title) {
    mark(out, style, place, radius, cssClass, title);
  }

  static void mark(
      Markup out, Style style, Clip.Place place, double radius, String cssClass, String title) {
    String outline = style.outline(place.x(), place.y(), radius);
    if (outline.isEmpty()) {
      out.open(
          "circle",
          "class",
          cssClass,
          "cx",
          NumberFormats.coordinate(place.x()),
          "cy",
          NumberFormats.coordinate(place.y()),
          "r",
          NumberFormats.coordinate(radius));
    } else {
      out.open("path", "class", cssClass, "d", outline);
    }
    if (!title.isEmpty()) {
      out.leaf("title", title);
    }
    out.close();
  }
}

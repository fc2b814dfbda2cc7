package org.seqgan.core.report.chart;

import java.util.List;
import org.seqgan.core.report.Markup;
import org.seqgan.core.report.NumberFormats;

/** Draws bars, one or several side by side for each place along the axis of x. */
public final class Bars {
  private static final double BOTTOM = 40;

  /** The share of a place that its bars fill. */
  private static final double FILLED = 0.8;

  private static final double LEAST_LABEL_DISTANCE = 34;

  private Bars() {}

  /**
   * A bar for each place.
   *
   * @param name what they show
   * @param style the number of their colour, from 1
   * @param heights of each place, finite and at least 0
   */
  public record Series(String name, int style, List<Double> heights) {
    /** Copies the list. */
    public Series {
      heights = List.copyOf(heights);
    }
  }

  /**
   * Draws.
   *
   * @param label what it shows, for those who cannot see it
   * @param across what the places are
   * @param places their names, at least one
   * @param all as many heights in each as there are places; at least one
   */
  public static void draw(
      Markup out,
      Canvas.Size size,
      String label,
      String across,
      List<String> places,
      List<Series> all) {
    double greatest =
        all.stream()
            .flatMap(series -> series.heights.stream())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(0);
    Canvas canvas = new Canvas(out, size, BOTTOM, 0, greatest == 0 ? 1 : greatest);
    canvas.open(label);
    canvas.drawValueAxis();
    double width = FILLED / places.size() / all.size();
    for (int place = 0; place < places.size(); place++) {
      double left = (place + (1 - FILLED) / 2) / places.size();
      for (int i = 0; i < all.size(); i++) {
        Series series = all.get(i);
        double height = series.heights.get(place);
        canvas.bar(
            left + i * width,
            left + (i + 1) * width,
            height,
            "mark s" + series.style,
            "%s, %s: %s".formatted(series.name, places.get(place), NumberFormats.format(height)));
      }
    }
    canvas.drawBase();
    labels(canvas, places);
    canvas.text(across, canvas.x(0.5), canvas.base() + 34, "x-name");
    canvas.close();
  }

  private static void labels(Canvas canvas, List<String> places) {
    double last = Double.NEGATIVE_INFINITY;
    for (int place = 0; place < places.size(); place++) {
      double x = canvas.x((place + 0.5) / places.size());
      if (x - last >= LEAST_LABEL_DISTANCE) {
        canvas.text(places.get(place), x, canvas.base() + 17, "x-tick");
        last = x;
      }
    }
  }
}

package org.seqgan.core.report.chart;

import java.util.List;

/**
 * How one of many looks: by colour, by the dashes of its line and by the shape of its mark, so that
 * no two of up to 45 look the same, and who cannot tell colours apart has the other two.
 *
 * @param number of its colour and, up to ten, its dashes
 * @param round how often all colours were used before it
 */
public record Style(int number, int round) {
  /** Style 3 belongs to the panels of a run, and is too near to style 1. */
  private static final List<Integer> COLOURS = List.of(1, 2, 4, 5, 6, 7, 8, 9, 10);

  /** As many as differ. */
  public static final int COUNT = 45;

  /** How the n-th looks, from 0; after {@link #COUNT} they begin again. */
  public static Style of(int index) {
    return new Style(COLOURS.get(index % COLOURS.size()), index % COUNT / COLOURS.size());
  }

  /** A colour of the first round. */
  public static Style colour(int number) {
    return new Style(number, 0);
  }

  /** Its classes in the style sheet. */
  public String cssClass() {
    return "s" + number + (round == 0 ? "" : " r" + round);
  }

  /**
   * The outline of its mark around a place, as a path; empty for a circle.
   *
   * @param radius of a circle of about the same area
   */
  String outline(double x, double y, double radius) {
    double r = radius * 1.1;
    return switch (round) {
      case 1 -> polygon(x, y, -r, -r, r, -r, r, r, -r, r);
      case 2 -> polygon(x, y, 0, -r * 1.35, r * 1.3, r, -r * 1.3, r);
      case 3 -> polygon(x, y, 0, -r * 1.4, r * 1.4, 0, 0, r * 1.4, -r * 1.4, 0);
      case 4 -> polygon(x, y, -r * 1.3, -r, r * 1.3, -r, 0, r * 1.35);
      default -> "";
    };
  }

  private static String polygon(double x, double y, double... corners) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < corners.length; i += 2) {
      path.append(i == 0 ? 'M' : 'L').append(Canvas.place(x + corners[i], y + corners[i + 1]));
    }
    return path.append('Z').toString();
  }
}

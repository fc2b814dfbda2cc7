package org.seqgan.core.report.chart;

/**
 * Cuts straight lines at the edges of a drawing.
 *
 * @param left in pixels, as the others
 * @param top above {@code bottom}, so that it is the lesser
 */
record Clip(double left, double top, double right, double bottom) {
  /** A place in pixels. */
  record Place(double x, double y) {}

  boolean holds(Place place) {
    return place.x >= left && place.x <= right && place.y >= top && place.y <= bottom;
  }

  /** The nearest place that is held. */
  Place nearest(Place place) {
    return new Place(
        Math.max(left, Math.min(right, place.x)), Math.max(top, Math.min(bottom, place.y)));
  }

  /**
   * The part of a line that is held, as a piece of a path; empty where no part is (Liang and
   * Barsky).
   */
  String line(Place from, Place to) {
    double dx = to.x - from.x;
    double dy = to.y - from.y;
    double[] moves = {-dx, dx, -dy, dy};
    double[] rooms = {from.x - left, right - from.x, from.y - top, bottom - from.y};
    double start = 0;
    double end = 1;
    for (int i = 0; i < moves.length; i++) {
      if (moves[i] == 0) {
        if (rooms[i] < 0) {
          return "";
        }
      } else if (moves[i] < 0) {
        start = Math.max(start, rooms[i] / moves[i]);
      } else {
        end = Math.min(end, rooms[i] / moves[i]);
      }
    }
    return start > end
        ? ""
        : "M"
            + Canvas.place(from.x + start * dx, from.y + start * dy)
            + "L"
            + Canvas.place(from.x + end * dx, from.y + end * dy);
  }
}

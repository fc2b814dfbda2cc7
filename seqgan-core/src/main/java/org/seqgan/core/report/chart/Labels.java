package org.seqgan.core.report.chart;

import java.util.ArrayList;
import java.util.List;

/** Writes names beside marks so that none covers another. */
final class Labels {
  private static final double HEIGHT = 12;
  private static final double GAP = 3;
  private static final int MOST_TRIES = 40;

  private final Canvas canvas;
  private final List<Clip> taken = new ArrayList<>();

  /**
   * Begins.
   *
   * @param names where there is one already
   */
  Labels(Canvas canvas, List<Clip> names) {
    this.canvas = canvas;
    taken.addAll(names);
  }

  /** Says that a mark is somewhere. */
  void keepFree(Clip.Place place, double radius) {
    double r = radius * 0.7;
    taken.add(new Clip(place.x() - r, place.y() - r, place.x() + r, place.y() + r));
  }

  /** Right or left of a mark, above or below it, where there is room; nowhere if there is none. */
  void beside(Clip.Place place, double radius, String text) {
    double width = Canvas.width(text);
    double away = radius + GAP;
    double[][] corners = {
      {place.x() + away, place.y() - HEIGHT / 2},
      {place.x() - away - width, place.y() - HEIGHT / 2},
      {place.x() - width / 2, place.y() - away - HEIGHT},
      {place.x() - width / 2, place.y() + away}
    };
    for (double[] corner : corners) {
      Clip box = box(corner[0], corner[1], width);
      if (isInside(box) && isFree(box)) {
        write(box, text);
        return;
      }
    }
  }

  /** As near to a mark at the edge as there is room. */
  void always(Clip.Place place, double radius, String text) {
    Clip room = canvas.clip();
    double width = Canvas.width(text);
    boolean rightHalf = place.x() > (room.left() + room.right()) / 2;
    double left = rightHalf ? place.x() - radius - GAP - width : place.x() + radius + GAP;
    double inside = Math.max(room.left(), Math.min(room.right() - width, left));
    double top =
        Math.max(room.top() + 1, Math.min(room.bottom() - HEIGHT - 1, place.y() - HEIGHT / 2));
    boolean downwards = top < (room.top() + room.bottom()) / 2;
    Clip box = box(inside, top, width);
    for (int i = 1; i < MOST_TRIES && !isFree(box); i++) {
      box = box(inside, top + (downwards ? i : -i) * HEIGHT / 2, width);
    }
    write(box, text);
  }

  private static Clip box(double left, double top, double width) {
    return new Clip(left, top, left + width, top + HEIGHT);
  }

  private boolean isInside(Clip box) {
    Clip room = canvas.clip();
    return room.holds(new Clip.Place(box.left(), box.top()))
        && room.holds(new Clip.Place(box.right(), box.bottom()));
  }

  private boolean isFree(Clip box) {
    return taken.stream()
        .noneMatch(
            other ->
                other.left() < box.right()
                    && other.right() > box.left()
                    && other.top() < box.bottom()
                    && other.bottom() > box.top());
  }

  private void write(Clip box, String text) {
    taken.add(box);
    canvas.text(text, box.left(), box.bottom() - 2, "mark-name");
  }
}

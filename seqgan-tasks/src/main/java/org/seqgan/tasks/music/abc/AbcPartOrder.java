package org.seqgan.tasks.music.abc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seqgan.tasks.music.song.MusicException;

/**
 * The order of parts that {@code P:} in a header gives, such as {@code A(AB)3} (ABC standard 2.1,
 * section 3.1.9).
 */
final class AbcPartOrder {
  private static final int MOST_PARTS = 1000;
  private static final int DEEPEST = 20;

  private final AbcLine line;
  private final String text;
  private int at;

  private AbcPartOrder(AbcLine line) {
    this.line = line;
    this.text = line.value().replaceAll("[\\s.]", "");
  }

  /** The labels in the order in which they are played; empty where the field is. */
  static Optional<List<String>> parse(AbcLine line) {
    AbcPartOrder order = new AbcPartOrder(line);
    if (order.text.isEmpty()) {
      return Optional.empty();
    }
    List<String> labels = order.row(0);
    if (order.at < order.text.length() || labels.isEmpty()) {
      throw order.error();
    }
    return Optional.of(labels);
  }

  private List<String> row(int depth) {
    if (depth > DEEPEST) {
      throw error();
    }
    List<String> labels = new ArrayList<>();
    while (at < text.length() && text.charAt(at) != ')') {
      List<String> item = item(depth);
      int times = times();
      if (labels.size() + (long) times * item.size() > MOST_PARTS) {
        throw error();
      }
      for (int i = 0; i < times; i++) {
        labels.addAll(item);
      }
    }
    return labels;
  }

  private List<String> item(int depth) {
    char c = text.charAt(at++);
    if (c != '(') {
      if (!Character.isLetter(c)) {
        throw error();
      }
      return List.of(String.valueOf(c));
    }
    List<String> inside = row(depth + 1);
    if (at >= text.length()) {
      throw error();
    }
    at++;
    return inside;
  }

  private int times() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at - start > 3) {
      throw error();
    }
    return at == start ? 1 : Integer.parseInt(text.substring(start, at));
  }

  private MusicException error() {
    return line.error(
        "expected an order of at most %d parts such as A(AB)2, found %s"
            .formatted(MOST_PARTS, AbcLine.excerpt(line.value())));
  }
}

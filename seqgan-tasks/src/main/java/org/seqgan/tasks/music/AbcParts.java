package org.seqgan.tasks.music;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Divides a voice into its parts. */
final class AbcParts {
  private AbcParts() {}

  /**
   * A part.
   *
   * @param label its name; empty for what comes before the first one
   * @param events what it does
   */
  record Part(Optional<String> label, List<AbcEvent> events) {}

  /** The parts as they are written. */
  static List<Part> split(List<AbcEvent> events) {
    List<Part> parts = new ArrayList<>();
    Optional<String> label = Optional.empty();
    List<AbcEvent> open = new ArrayList<>();
    for (AbcEvent event : events) {
      if (event instanceof AbcEvent.Part start) {
        parts.add(new Part(label, List.copyOf(open)));
        label = Optional.of(start.label());
        open.clear();
      } else {
        open.add(event);
      }
    }
    parts.add(new Part(label, List.copyOf(open)));
    return parts;
  }

  /**
   * The parts as they are played: first what has no label, then by label. A voice without labels is
   * played as written.
   *
   * @param where the parts are, for the message
   * @throws org.seqgan.api.UserException if a label has no part
   */
  static List<Part> inOrder(AbcLine first, String where, List<Part> parts, List<String> labels) {
    if (parts.size() == 1) {
      return parts;
    }
    List<Part> ordered = new ArrayList<>(parts.subList(0, 1));
    for (String label : labels) {
      ordered.add(
          parts.stream()
              .filter(part -> part.label().equals(Optional.of(label)))
              .findFirst()
              .orElseThrow(
                  () ->
                      first.error("P: plays part %s, which is not in %s".formatted(label, where))));
    }
    return ordered;
  }
}

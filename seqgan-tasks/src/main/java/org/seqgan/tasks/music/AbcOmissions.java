package org.seqgan.tasks.music;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What was left out by rule while reading, counted. */
final class AbcOmissions {
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

  /** What a tune loses when it becomes pitches. */
  enum Kind {
    CHORD_SYMBOL("chord symbols and annotations"),
    GRACE_NOTES("groups of grace notes"),
    DECORATION("decorations"),
    SLUR("slurs"),
    LYRICS("lines of lyrics or symbols"),
    DIRECTIVE("directives (%% or I:)"),
    CLEF("clef and voice settings"),
    RESERVED("characters without a meaning"),
    FREE_TEXT("lines outside tunes");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  void count(Kind kind) {
    counts.merge(kind, 1, Integer::sum);
  }

  void addAll(AbcOmissions other) {
    other.counts.forEach((kind, count) -> counts.merge(kind, count, Integer::sum));
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  int of(Kind kind) {
    return counts.getOrDefault(kind, 0);
  }

  /** Such as {@code 12 chord symbols and annotations, 3 slurs}. */
  @Override
  public String toString() {
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey().words)
        .collect(Collectors.joining(", "));
  }
}

package org.seqgan.cli.completion;

import java.util.List;
import java.util.Set;

/**
 * What can stand in a place of a command line. Immutable.
 *
 * @param words known words, such as the names of presets
 * @param kinds what the shell looks up
 */
public record Candidates(List<String> words, Set<Kind> kinds) {
  /** Nothing that a shell could know. */
  public static final Candidates NONE = new Candidates(List.of(), Set.of());

  /** What a shell looks up itself. */
  public enum Kind {
    /** Files and folders. */
    FILE,
    /** Folders. */
    FOLDER,
    /** Run directories where they usually are, and folders. */
    RUN,
    /** Keys of the configuration, behind which a value is to come. */
    KEY
  }

  /** Copies the collections. */
  public Candidates {
    words = List.copyOf(words);
    kinds = Set.copyOf(kinds);
  }

  /** These words alone. */
  static Candidates of(List<String> words) {
    return new Candidates(words, Set.of());
  }

  boolean isEmpty() {
    return words.isEmpty() && kinds.isEmpty();
  }
}

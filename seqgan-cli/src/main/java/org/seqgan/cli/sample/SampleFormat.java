package org.seqgan.cli.sample;

import java.util.Optional;

/** How sequences are given. */
public enum SampleFormat {
  /** For people: a sequence a line, or with empty lines between those of several lines. */
  TEXT,
  /** For programs: an object of JSON a line. */
  JSON,
  /** For programs: a table, with a header. */
  CSV,
  /** For programs: the ids of tokens with spaces between, a sequence a line. */
  TOKENS,
  /** A Standard MIDI File of each. */
  MIDI,
  /** A tune in ABC notation of each. */
  ABC;

  /** How the one file that it makes of a sequence ends; empty where it asks for none. */
  public Optional<String> ending() {
    return switch (this) {
      case TEXT, JSON, CSV, TOKENS -> Optional.empty();
      case MIDI -> Optional.of("mid");
      case ABC -> Optional.of("abc");
    };
  }
}

package org.seqgan.cli;

import java.util.Optional;

/** How {@code seqgan sample} gives sequences. */
enum SampleFormat {
  /** For people: a sequence a line, or with empty lines between those of several lines. */
  TEXT,
  /** For programs: an object of JSON a line. */
  JSON,
  /** For programs: a table, with a header. */
  CSV,
  /** A Standard MIDI File of each. */
  MIDI,
  /** A tune in ABC notation of each. */
  ABC;

  /** How the one file that it makes of a sequence ends; empty where it asks for none. */
  Optional<String> ending() {
    return switch (this) {
      case TEXT, JSON, CSV -> Optional.empty();
      case MIDI -> Optional.of("mid");
      case ABC -> Optional.of("abc");
    };
  }
}

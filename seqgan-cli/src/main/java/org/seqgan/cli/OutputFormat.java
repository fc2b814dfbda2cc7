package org.seqgan.cli;

/** How a command prints. */
enum OutputFormat {
  /** For people. */
  TEXT,
  /** For programs: one JSON value, or one per line. */
  JSON
}

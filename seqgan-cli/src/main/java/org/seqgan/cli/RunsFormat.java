package org.seqgan.cli;

/** How {@code seqgan runs} prints. */
enum RunsFormat {
  /** For people: a table. */
  TEXT,
  /** For programs: an array of JSON, or an object. */
  JSON,
  /** For programs: a table, with a header. */
  CSV
}

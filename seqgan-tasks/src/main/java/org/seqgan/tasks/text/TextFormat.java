package org.seqgan.tasks.text;

import java.util.Locale;

/** How the files are written. */
public enum TextFormat {
  /**
   * Text, unless a column is chosen: then the table that the first file is, by the end of its name
   * and its first lines.
   */
  AUTO,
  /** Plain text. */
  TEXT,
  /** A table with commas between its fields, and quotes around them where needed (RFC 4180). */
  CSV,
  /** The same with semicolons, as programs write it where numbers have a decimal comma. */
  CSV_SEMICOLON,
  /** The same with tabs. */
  TSV,
  /** A table with tabs in which quotation marks are ordinary characters. */
  TSV_UNQUOTED,
  /** An object of JSON in each line. */
  JSON_LINES;

  /** As in a configuration. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

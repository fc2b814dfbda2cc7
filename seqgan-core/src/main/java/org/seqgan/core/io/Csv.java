package org.seqgan.core.io;

import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values, by the rules of RFC 4180 but for the ends of lines, which are LF. */
public final class Csv {
  private Csv() {}

  /** A record without its end of line: fields are quoted where they have to be. */
  public static String record(List<String> fields) {
    return fields.stream().map(Csv::field).collect(Collectors.joining(","));
  }

  private static String field(String value) {
    boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}

package org.seqgan.core.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** What is wrong with JSON, in words for the person whose file it is. */
public final class JsonFault {
  /** How the parser names a place: by a source, which it does not tell, and what matters. */
  private static final Pattern PLACE = Pattern.compile("\\[Source: [^\\]]*?; ([^\\]]*)]");

  private static final Pattern LINE_AND_COLUMN = Pattern.compile("line: (\\d+), column: (\\d+)");

  private JsonFault() {}

  /** One line, without the parser's own business. */
  public static String words(JsonProcessingException e) {
    String line = e.getOriginalMessage().strip().replaceAll("\\s*\\R\\s*", " ");
    String placed = PLACE.matcher(line).replaceAll("$1");
    return LINE_AND_COLUMN.matcher(placed).replaceAll("line $1, column $2");
  }
}

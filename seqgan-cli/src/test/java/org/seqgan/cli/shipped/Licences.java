package org.seqgan.cli.shipped;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The licences under which a library may be shipped, and the many names that poms have for them.
 */
final class Licences {
  /** By SPDX's identifier, what a whole name looks like. */
  private static final Map<String, Pattern> ALLOWED = new LinkedHashMap<>();

  static {
    allow(
        "Apache-2.0",
        "(the )?apache( software| public)?[ -]+(licen[sc]e,? ?)?v?(ersion )?2(\\.0)?");
    allow("MIT", "(the )?mit( licen[sc]e)?");
    allow("BSD-2-Clause", "bsd[ -]2[ -]clause( licen[sc]e)?");
    allow("BSD-3-Clause", "(new |revised )?bsd( licen[sc]e)?|bsd[ -]3[ -]clause( licen[sc]e)?");
    allow("EPL-2.0", "(epl|eclipse public licen[sc]e)[ -]+(- )?v?(ersion )?2\\.0");
  }

  private Licences() {}

  private static void allow(String identifier, String names) {
    ALLOWED.put(identifier, Pattern.compile(names, Pattern.CASE_INSENSITIVE));
  }

  /** SPDX's identifier of a licence that may be shipped; of any other the name as it is. */
  static String identifier(String name) {
    String plain = name.strip().replaceAll("\\s+", " ");
    return ALLOWED.entrySet().stream()
        .filter(each -> each.getValue().matcher(plain).matches())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(plain);
  }

  /** Whether an identifier is of those that may be shipped. */
  static boolean mayBeShipped(String identifier) {
    return ALLOWED.containsKey(identifier);
  }

  /** The identifiers of those that may be shipped, for a message. */
  static String allowed() {
    return String.join(", ", ALLOWED.keySet());
  }
}

package org.seqgan.site;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names by which links reach the headings of one page, as GitHub gives them: in small letters,
 * without punctuation, with hyphens for spaces, and with a number from the second of equal ones on.
 * So that a link which works there works on the site.
 */
final class HeadingIds {
  private static final Pattern PUNCTUATION = Pattern.compile("[^\\p{L}\\p{M}\\p{Nd}\\p{Pc}\\- ]");

  private final Map<String, Integer> seen = new HashMap<>();
  private final Set<String> given = new HashSet<>();

  /** The name of the next heading of the page. */
  String next(String heading) {
    String plain =
        PUNCTUATION.matcher(heading.toLowerCase(Locale.ROOT)).replaceAll("").replace(' ', '-');
    String id = plain;
    while (!given.add(id)) {
      id = plain + "-" + seen.merge(plain, 1, Integer::sum);
    }
    return id;
  }
}

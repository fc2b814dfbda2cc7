package org.seqgan.tasks.music;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The words of a field {@code K:} or {@code V:}; one may have quotes with spaces in it. */
final class AbcWords {
  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");

  private AbcWords() {}

  static List<String> of(String value) {
    return WORD.matcher(value).results().map(MatchResult::group).toList();
  }
}

package org.seqgan.tasks.music.abc;

import java.util.ArrayList;
import java.util.List;

/** The words of a field {@code K:} or {@code V:}; one may have quotes with spaces in it. */
final class AbcWords {
  private AbcWords() {}

  static List<String> of(String value) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (char c : value.toCharArray()) {
      quoted ^= c == '"';
      if (quoted || !Character.isWhitespace(c)) {
        word.append(c);
      } else {
        end(word, words);
      }
    }
    end(word, words);
    return words;
  }

  private static void end(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    word.setLength(0);
  }
}

package org.seqgan.tasks.speeches;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where an English sentence ends: after a full stop, question mark, exclamation mark or ellipsis
 * and the closing quotation marks and brackets behind it, unless a small letter follows, or the
 * full stop belongs to a title ({@code Mr.}) or an initial ({@code John F.}).
 */
final class Sentences {
  private static final Set<String> ENDS = Set.of(".", "?", "!", "...");
  private static final Set<String> CLOSING = Set.of("”", "’", ")", "]");
  private static final Set<String> TITLES =
      Set.of(
          "Mr", "Mrs", "Ms", "Dr", "Prof", "Rev", "Hon", "Sen", "Rep", "Gov", "Gen", "Col", "Maj",
          "Capt", "Lt", "Sgt", "St", "Jr", "Sr");

  private static final String I = "I";

  private Sentences() {}

  /** The sentences of a paragraph, whose letters have their case. */
  static List<List<String>> of(List<String> paragraph) {
    List<List<String>> sentences = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < paragraph.size(); i++) {
      if (endsAt(paragraph, i)) {
        sentences.add(List.copyOf(paragraph.subList(from, i + 1)));
        from = i + 1;
      }
    }
    if (from < paragraph.size()) {
      sentences.add(List.copyOf(paragraph.subList(from, paragraph.size())));
    }
    return sentences;
  }

  private static boolean endsAt(List<String> tokens, int i) {
    if (i + 1 == tokens.size()) {
      return true;
    }
    String next = tokens.get(i + 1);
    if (ENDS.contains(next) || CLOSING.contains(next) || isSmall(next)) {
      return false;
    }
    int mark = i;
    while (mark > 0 && CLOSING.contains(tokens.get(mark))) {
      mark--;
    }
    return ENDS.contains(tokens.get(mark)) && !isAbbreviation(tokens, mark);
  }

  private static boolean isSmall(String token) {
    return Character.isLowerCase(token.codePointAt(0));
  }

  private static boolean isAbbreviation(List<String> tokens, int mark) {
    if (mark == 0 || !tokens.get(mark).equals(".")) {
      return false;
    }
    String word = tokens.get(mark - 1);
    boolean isInitial =
        word.length() == 1 && Character.isUpperCase(word.charAt(0)) && !word.equals(I);
    return isInitial || TITLES.contains(word);
  }
}

package org.seqgan.core.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.UserException;

/**
 * What a configuration may hold, all that it includes counted: far more than any needs, and little
 * enough that the library parses it in a moment and without overflowing its stack. A text is looked
 * over before the library sees it. For one configuration; not thread-safe.
 */
final class HoconBounds {
  /** Bytes of all files. */
  static final int MOST_BYTES = 1 << 18;

  /** Brackets and parts of a key inside one another. */
  static final int DEEPEST = 50;

  /** {@code ${key}} and {@code +=}. */
  static final int MOST_SUBSTITUTIONS = 100;

  /** Keys, groups and lists; the library takes the square of their number. */
  static final int MOST_KEYS = 2_000;

  /** Words and quoted texts of one value without commas; the library takes their square, too. */
  static final int MOST_WORDS = 1_000;

  /** Files that are included, each as often as it is. */
  static final int MOST_INCLUDES = 100;

  /** Includes inside one another. */
  static final int DEEPEST_INCLUDE = 10;

  private int bytes;
  private int keys;
  private int substitutions;
  private int includes;

  /**
   * Looks a text over.
   *
   * @return the lines of its include statements, in order
   * @throws UserException naming file and line of what is too much
   */
  List<Integer> check(String document, String text) {
    bytes += text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      throw tooMuch(document, "more than %,d bytes".formatted(MOST_BYTES));
    }
    return new Scan(document, text).run();
  }

  /** All bounds, for a reader of the reference. */
  static String description() {
    return """
        A configuration, with all that it includes, has at most %,d bytes of UTF-8; %,d keys, groups and lists, %d of them
        inside one another; %,d words in a value without quotes; %d substitutions (`${key}`, `+=`), which make at most
        %,d characters of it; and %d includes, at most %d inside one another.
        """
        .formatted(
            MOST_BYTES,
            MOST_KEYS,
            DEEPEST,
            MOST_WORDS,
            MOST_SUBSTITUTIONS,
            Substitutions.MOST_CHARACTERS,
            MOST_INCLUDES,
            DEEPEST_INCLUDE);
  }

  /** Looks over a key that stands alone. */
  static void checkKey(String place, String key) {
    if (key.chars().filter(c -> c == '.').count() > DEEPEST) {
      throw tooDeep(place);
    }
  }

  /** Counts a file that is to be included. */
  void countInclude(String place, int depth) {
    includes++;
    if (includes > MOST_INCLUDES) {
      throw tooMuch(place, "more than %d includes".formatted(MOST_INCLUDES));
    }
    if (depth > DEEPEST_INCLUDE) {
      throw tooMuch(
          place,
          "includes nested more than %d deep; does a file include itself?"
              .formatted(DEEPEST_INCLUDE));
    }
  }

  static UserException tooMuch(String place, String what) {
    return Hocon.error("%s: expected a configuration, found %s".formatted(place, what));
  }

  private static UserException tooDeep(String place) {
    return tooMuch(
        place, "more than %d brackets or parts of a key inside one another".formatted(DEEPEST));
  }

  /** One text, character by character, in the lexical rules of HOCON. */
  private final class Scan {
    private static final String INCLUDE = "include";

    private final String document;
    private final String text;
    private final List<Integer> includeLines = new ArrayList<>();
    private final StringBuilder brackets = new StringBuilder();
    private int at;
    private int line = 1;
    private int dots;
    private int words;
    private boolean atField = true;
    private final SectionKeys sections;

    Scan(String document, String text) {
      this.document = document;
      this.text = text;
      this.sections = new SectionKeys(document, text);
    }

    List<Integer> run() {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '"') {
          countWord();
          skipQuoted();
          atField = false;
        } else if (c == '#' || text.startsWith("//", at)) {
          skipComment();
        } else if (text.startsWith("${", at)) {
          countSubstitution();
          countWord();
          skipReference();
          atField = false;
        } else {
          look(c);
        }
      }
      return includeLines;
    }

    private void look(char c) {
      switch (c) {
        case '\n' -> newLine();
        case '{', '[' -> open(c);
        case '}', ']' -> close();
        case ',' -> separate();
        case '=', ':' -> assign();
        case '.' -> dot();
        default -> word(c);
      }
    }

    private void newLine() {
      line++;
      separate();
    }

    private void separate() {
      dots = 0;
      words = 0;
      atField = brackets.isEmpty() || brackets.charAt(brackets.length() - 1) == '{';
      at++;
      sections.fieldBegins(at);
    }

    private void open(char bracket) {
      countKey();
      sections.open(bracket, at, line);
      brackets.append(bracket);
      checkDepth();
      separate();
    }

    private void close() {
      sections.close();
      brackets.setLength(Math.max(0, brackets.length() - 1));
      separate();
    }

    private void assign() {
      if (at > 0 && text.charAt(at - 1) == '+') {
        countSubstitution();
      }
      countKey();
      sections.assign(at, line);
      dots = 0;
      words = 0;
      at++;
      atField = false;
    }

    private void dot() {
      dots++;
      checkDepth();
      at++;
    }

    private void word(char c) {
      if (atField && text.startsWith(INCLUDE, at) && endsWord(at + INCLUDE.length())) {
        includeLines.add(line);
        at += INCLUDE.length();
        atField = false;
      } else {
        if (!Character.isWhitespace(c) && beginsWord()) {
          countWord();
        }
        atField &= Character.isWhitespace(c);
        at++;
      }
    }

    private boolean beginsWord() {
      return at == 0 || Character.isWhitespace(text.charAt(at - 1));
    }

    private boolean endsWord(int index) {
      return index >= text.length()
          || Character.isWhitespace(text.charAt(index))
          || text.charAt(index) == '"';
    }

    private void skipQuoted() {
      boolean triple = text.startsWith("\"\"\"", at);
      at += triple ? 3 : 1;
      while (at < text.length() && !endsQuoted(triple)) {
        char c = text.charAt(at);
        line += c == '\n' ? 1 : 0;
        at += c == '\\' && !triple ? 2 : 1;
      }
      at += triple ? 3 : 1;
      while (triple && at < text.length() && text.charAt(at) == '"') {
        at++; // quotes before the last three are part of the text
      }
    }

    /** A line's end is an error in quotes; what follows is looked over, too. */
    private boolean endsQuoted(boolean triple) {
      return triple
          ? text.startsWith("\"\"\"", at)
          : text.charAt(at) == '"' || text.charAt(at) == '\n';
    }

    private void skipComment() {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
    }

    private void skipReference() {
      int parts = 0;
      at += 2;
      while (at < text.length() && text.charAt(at) != '}' && text.charAt(at) != '\n') {
        if (text.charAt(at) == '"') {
          skipQuoted();
        } else {
          parts += text.charAt(at) == '.' ? 1 : 0;
          at++;
        }
      }
      if (parts > DEEPEST) {
        throw tooDeep(place());
      }
      if (at < text.length() && text.charAt(at) == '}') {
        at++;
      }
    }

    private void checkDepth() {
      if (brackets.length() + dots > DEEPEST) {
        throw tooDeep(place());
      }
    }

    private void countKey() {
      keys++;
      if (keys > MOST_KEYS) {
        throw tooMuch(place(), "more than %,d keys, groups and lists".formatted(MOST_KEYS));
      }
    }

    private void countWord() {
      words++;
      if (words > MOST_WORDS) {
        throw tooMuch(
            place(), "more than %,d words in one value; put it in quotes".formatted(MOST_WORDS));
      }
    }

    private void countSubstitution() {
      substitutions++;
      if (substitutions > MOST_SUBSTITUTIONS) {
        throw tooMuch(
            place(), "more than %d substitutions ${...} and +=".formatted(MOST_SUBSTITUTIONS));
      }
    }

    private String place() {
      return Place.inDocument(document, line).text();
    }
  }
}

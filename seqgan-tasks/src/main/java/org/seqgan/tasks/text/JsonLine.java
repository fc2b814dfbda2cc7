package org.seqgan.tasks.text;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seqgan.api.UserException;
import org.seqgan.tasks.TextLines;
import org.seqgan.tasks.TextLines.Line;

/**
 * Reads a line that is an object of JSON (RFC 8259), strictly. Of the values of its members only
 * strings are kept; what is nested is checked and passed over.
 */
final class JsonLine {
  private static final int DEEPEST = 100;
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*+)(\\.[0-9]++)?([eE][+-]?[0-9]++)?");
  private static final Pattern WORD = Pattern.compile("true|false|null");
  private static final int HEX = 16;
  private static final int ESCAPE_DIGITS = 4;

  private final Line line;
  private final String text;
  private int at;

  private JsonLine(Line line) {
    this.line = line;
    this.text = line.text();
  }

  /**
   * The value of a member.
   *
   * @param text of a string; empty for any other value
   * @param kind in words: {@code a string}
   */
  record Value(Optional<String> text, String kind) {
    static final String NULL = "null";

    boolean isNull() {
      return kind.equals(NULL);
    }
  }

  /**
   * The members of the object, in order.
   *
   * @throws UserException (data) if the line is none; the message names line and column
   */
  static Map<String, Value> parse(Line line) {
    JsonLine parser = new JsonLine(line);
    parser.skipSpace();
    Map<String, Value> members = parser.object(1);
    parser.skipSpace();
    if (parser.at < parser.text.length()) {
      throw parser.expected("the end of the line behind the object");
    }
    return members;
  }

  private Map<String, Value> object(int depth) {
    take('{', "an object of JSON, which begins with {");
    Map<String, Value> members = new LinkedHashMap<>();
    skipSpace();
    if (isNext('}')) {
      at++;
      return members;
    }
    while (true) {
      skipSpace();
      int place = at;
      String name = string("the name of a member in quotes");
      skipSpace();
      take(':', "a colon");
      if (members.put(name, value(depth)) != null) {
        at = place;
        throw error("the name \"%s\" stands here for the second time".formatted(name));
      }
      if (isLast('}', "a comma or }")) {
        return members;
      }
    }
  }

  private void array(int depth) {
    take('[', "an array");
    skipSpace();
    if (isNext(']')) {
      at++;
      return;
    }
    do {
      value(depth);
    } while (!isLast(']', "a comma or ]"));
  }

  private Value value(int depth) {
    skipSpace();
    if (depth > DEEPEST) {
      throw expected("values that are nested at most %d deep".formatted(DEEPEST));
    }
    if (isNext('"')) {
      return new Value(Optional.of(string("a string")), "a string");
    }
    if (isNext('{')) {
      object(depth + 1);
      return new Value(Optional.empty(), "an object");
    }
    if (isNext('[')) {
      array(depth + 1);
      return new Value(Optional.empty(), "an array");
    }
    if (skip(NUMBER)) {
      return new Value(Optional.empty(), "a number");
    }
    int place = at;
    if (skip(WORD)) {
      return new Value(Optional.empty(), text.substring(place, at));
    }
    throw expected("a value of JSON");
  }

  /** Passes over a comma, or over what closes an object or array. */
  private boolean isLast(char closing, String expected) {
    skipSpace();
    boolean last = isNext(closing);
    if (!last && !isNext(',')) {
      throw expected(expected);
    }
    at++;
    return last;
  }

  private String string(String expected) {
    take('"', expected);
    StringBuilder string = new StringBuilder();
    while (!isNext('"')) {
      if (at == text.length()) {
        throw expected("a quote at the end of a string");
      }
      char next = text.charAt(at);
      if (next < ' ') {
        throw expected("control characters of a string as escapes");
      }
      if (next == '\\') {
        string.append(escape());
      } else {
        string.append(next);
        at++;
      }
    }
    at++;
    return string.toString();
  }

  private String escape() {
    int place = at++;
    char escape = at < text.length() ? text.charAt(at++) : ' ';
    switch (escape) {
      case '"', '\\', '/':
        return String.valueOf(escape);
      case 'b':
        return visible('\b', place);
      case 'f':
        return "\f";
      case 'n':
        return "\n";
      case 'r':
        return "\r";
      case 't':
        return "\t";
      case 'u':
        return unicode(place);
      default:
        at = place;
        throw expected("an escape of JSON behind a backslash");
    }
  }

  private String unicode(int place) {
    char first = unit(place);
    if (!Character.isSurrogate(first)) {
      return visible(first, place);
    }
    if (Character.isHighSurrogate(first) && text.startsWith("\\u", at)) {
      at += 2;
      char second = unit(place);
      if (Character.isLowSurrogate(second)) {
        return new String(new char[] {first, second});
      }
    }
    at = place;
    throw expected("both halves of a character beyond U+FFFF");
  }

  private String visible(char character, int place) {
    if (!TextLines.isText(character)) {
      at = place;
      throw error("U+%04X is a control character, which no text has".formatted((int) character));
    }
    return String.valueOf(character);
  }

  private char unit(int place) {
    int value = 0;
    for (int i = 0; i < ESCAPE_DIGITS; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), HEX) : -1;
      if (digit < 0 || text.charAt(at) > 'f') {
        at = place;
        throw expected("four hex digits behind \\u");
      }
      value = value * HEX + digit;
      at++;
    }
    return (char) value;
  }

  private void take(char character, String expected) {
    if (!isNext(character)) {
      throw expected(expected);
    }
    at++;
  }

  private boolean isNext(char character) {
    return at < text.length() && text.charAt(at) == character;
  }

  private boolean skip(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    boolean found = matcher.lookingAt();
    at = found ? matcher.end() : at;
    return found;
  }

  private void skipSpace() {
    while (isNext(' ') || isNext('\t')) {
      at++;
    }
  }

  private UserException expected(String what) {
    String found =
        at < text.length() ? Character.toString(text.codePointAt(at)) : "the end of the line";
    return error("expected %s, found %s".formatted(what, found));
  }

  private UserException error(String message) {
    return new UserException(
        UserException.Kind.DATA,
        "%s, column %d: %s".formatted(line.place(), text.codePointCount(0, at) + 1, message));
  }
}

package org.seqgan.tasks.music.abc;

import java.util.Optional;
import java.util.function.Predicate;
import org.seqgan.tasks.music.song.MusicException;

/** Reads a line of music from left to right. */
final class AbcScanner {
  private static final char END = '\0';
  private static final int LARGEST = 9999;

  private final AbcLine line;
  private final String text;
  private int at;

  /** The text of a line, without comments. */
  AbcScanner(AbcLine line) {
    this.line = line;
    this.text = line.text();
  }

  boolean done() {
    return at >= text.length();
  }

  /** The next character, or one that occurs in no file where there is none. */
  char peek() {
    return peek(0);
  }

  char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : END;
  }

  char next() {
    return text.charAt(at++);
  }

  boolean take(char expected) {
    if (done() || peek() != expected) {
      return false;
    }
    at++;
    return true;
  }

  /** How often a character comes next; it is passed. */
  int count(char expected) {
    int count = 0;
    while (take(expected)) {
      count++;
    }
    return count;
  }

  /** How many blanks come next. */
  int blanks() {
    int blanks = 0;
    while (peek(blanks) == ' ' || peek(blanks) == '\t') {
      blanks++;
    }
    return blanks;
  }

  /** Passes blanks, if what is looked for comes after them. Returns whether there were any. */
  boolean passBlanksBefore(Predicate<AbcScanner> lookedFor) {
    int start = at;
    at += blanks();
    if (!lookedFor.test(this)) {
      at = start;
    }
    return at > start;
  }

  boolean atDigit() {
    return isDigit(peek());
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** A number from 1 to 9999. */
  int number() {
    int value = 0;
    while (atDigit() && value <= LARGEST) {
      value = 10 * value + (next() - '0');
    }
    if (value < 1 || value > LARGEST) {
      throw error("expected a number from 1 to " + LARGEST);
    }
    return value;
  }

  /** What stands before a closing character, which is passed. */
  String until(char close, String what) {
    int end = text.indexOf(close, at);
    if (end < 0) {
      throw error("this " + what + " has no closing " + close);
    }
    String inside = text.substring(at, end);
    at = end + 1;
    return inside;
  }

  /** Passes a word between two marks such as {@code !trill!}, if that is what comes next. */
  Optional<String> takeMarked(char mark) {
    int end = text.indexOf(mark, at + 1);
    if (peek() != mark || end < 0 || !text.substring(at + 1, end).matches("[\\w.()<>/^~-]+")) {
      return Optional.empty();
    }
    String word = text.substring(at + 1, end);
    at = end + 1;
    return Optional.of(word);
  }

  /** {@code 3}, {@code 3/2}, {@code /}, {@code //4}, or nothing for 1. */
  Fraction length() {
    Fraction length = new Fraction(atDigit() ? number() : 1, 1);
    while (take('/')) {
      length = length.times(new Fraction(1, atDigit() ? number() : 2));
    }
    return length;
  }

  /** An error at the character that comes next. */
  MusicException error(String message) {
    return new MusicException(
        "%s, line %d, column %d".formatted(line.file(), line.number(), at + 1), message);
  }
}

package org.seqgan.tasks.oracle.pickle;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The three ways in which pickles write strings. */
final class PickleStrings {
  private static final int HEX = 16;
  private static final int LONGEST_OCTAL = 3;

  private PickleStrings() {}

  /**
   * A string literal of Python 2, quotes included, as {@code repr} writes it and {@code
   * escape_decode} reads it. Bytes that are not part of an escape stand for themselves.
   */
  static ByteBuffer literal(ByteBuffer quoted) throws PickleException {
    int last = quoted.remaining() - 1;
    if (last < 1
        || quoted.get(0) != quoted.get(last)
        || (quoted.get(0) != '\'' && quoted.get(0) != '"')) {
      throw new PickleException("a string does not stand in quotes");
    }
    ByteBuffer text = quoted.slice(1, last - 1);
    ByteBuffer decoded = ByteBuffer.allocate(text.remaining());
    while (text.hasRemaining()) {
      byte next = text.get();
      if (next == '\\') {
        unescape(text, decoded);
      } else {
        decoded.put(next);
      }
    }
    return decoded.flip();
  }

  /** Decodes what follows a backslash. */
  private static void unescape(ByteBuffer text, ByteBuffer decoded) throws PickleException {
    if (!text.hasRemaining()) {
      throw new PickleException("a string ends with a lone backslash");
    }
    byte escape = text.get();
    switch (escape) {
      case '\n' -> {}
      case '\\', '\'', '"' -> decoded.put(escape);
      case 'a' -> decoded.put((byte) 7);
      case 'b' -> decoded.put((byte) '\b');
      case 'f' -> decoded.put((byte) '\f');
      case 'n' -> decoded.put((byte) '\n');
      case 'r' -> decoded.put((byte) '\r');
      case 't' -> decoded.put((byte) '\t');
      case 'v' -> decoded.put((byte) 11);
      case 'x' -> decoded.put((byte) hex(text, 2));
      case '0', '1', '2', '3', '4', '5', '6', '7' -> decoded.put(octal(escape, text));
      // Python keeps the backslash of an escape that it does not know.
      default -> decoded.put((byte) '\\').put(escape);
    }
  }

  private static byte octal(byte first, ByteBuffer text) {
    int value = first - '0';
    for (int digits = 1; digits < LONGEST_OCTAL && text.hasRemaining(); digits++) {
      int digit = text.get(text.position()) - '0';
      if (digit < 0 || digit > 7) {
        break;
      }
      value = value * 8 + digit;
      text.get();
    }
    return (byte) value;
  }

  private static int hex(ByteBuffer text, int digits) throws PickleException {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = text.hasRemaining() ? Character.digit(text.get(), HEX) : -1;
      if (digit < 0) {
        throw new PickleException("a string has an escape without its " + digits + " hex digits");
      }
      value = value * HEX + digit;
    }
    return value;
  }

  /**
   * Python's encoding "raw-unicode-escape": Latin-1, but for {@code \}{@code uXXXX} and {@code
   * \}{@code UXXXXXXXX}.
   */
  static String rawUnicodeEscape(ByteBuffer line) throws PickleException {
    StringBuilder decoded = new StringBuilder(line.remaining());
    while (line.hasRemaining()) {
      char next = (char) (line.get() & 0xFF);
      if (next != '\\' || !line.hasRemaining()) {
        decoded.append(next);
        continue;
      }
      char escape = (char) (line.get() & 0xFF);
      switch (escape) {
        case 'u' -> decoded.append((char) hex(line, 4));
        case 'U' -> decoded.appendCodePoint(codePoint(hex(line, 8)));
        default -> decoded.append(next).append(escape);
      }
    }
    return decoded.toString();
  }

  private static int codePoint(int value) throws PickleException {
    if (!Character.isValidCodePoint(value)) {
      throw new PickleException("a string has a character beyond Unicode");
    }
    return value;
  }

  /** Text in UTF-8. */
  static String utf8(ByteBuffer bytes) throws PickleException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new PickleException("a string is not UTF-8");
    }
  }
}

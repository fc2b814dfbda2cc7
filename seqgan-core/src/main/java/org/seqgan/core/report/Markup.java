package org.seqgan.core.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes markup that is HTML and well-formed XML at once. Everything that is not a tag is escaped.
 * Not thread-safe.
 */
public final class Markup {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** An empty page. */
  public Markup() {}

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn
   */
  public Markup open(String tag, String... attributes) {
    start(tag, attributes);
    out.append('>');
    open.push(tag);
    return this;
  }

  /** Closes the element that was opened last. */
  public Markup close() {
    out.append("</").append(open.pop()).append(">\n");
    return this;
  }

  /** An element without contents. */
  public Markup empty(String tag, String... attributes) {
    start(tag, attributes);
    out.append("/>");
    return this;
  }

  /** An element that holds text alone. */
  public Markup leaf(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** Text, escaped. */
  public Markup text(String text) {
    escape(text);
    return this;
  }

  /**
   * A script, as it stands.
   *
   * @throws IllegalArgumentException if it has what XML reads and HTML does not: {@code <}, {@code
   *     &} or {@code ]]>}
   */
  public Markup script(String code) {
    if (code.contains("<") || code.contains("&") || code.contains("]]>")) {
      throw new IllegalArgumentException("HTML and XML read this script differently: " + code);
    }
    open("script");
    out.append(code);
    return close();
  }

  private void start(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
  }

  private void escape(String text) {
    text.codePoints()
        .forEach(
            character -> {
              switch (character) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(visible(character));
              }
            });
  }

  /** What stands for a character that XML forbids: a picture of a control, or U+FFFD. */
  private static int visible(int character) {
    if (character < ' ' && character != '\n' && character != '\t') {
      return 0x2400 + character;
    }
    boolean surrogate =
        character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    boolean forbidden = surrogate || character == 0xFFFE || character == 0xFFFF;
    return forbidden ? 0xFFFD : character;
  }

  /** All of it; every element must have been closed. */
  public String finish() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not closed: " + open);
    }
    return out.toString();
  }
}

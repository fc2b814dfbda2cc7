package org.seqgan.core.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What all pages have in common. */
public final class Page {
  private Page() {}

  /** The head, with the style of all pages in it. */
  public static void head(Markup out, String title) {
    head(out, title, "");
  }

  /**
   * The head, with the style of all pages in it.
   *
   * @param style what this page adds, CSS without {@code <}, {@code >}, {@code &} and quotes
   */
  public static void head(Markup out, String title, String style) {
    out.open("head").empty("meta", "charset", "utf-8");
    out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    out.leaf("title", title).leaf("style", resource(Page.class, "report.css") + style).close();
  }

  /** The text of a file that lies beside a class. */
  public static String resource(Class<?> neighbour, String name) {
    try (InputStream in = neighbour.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

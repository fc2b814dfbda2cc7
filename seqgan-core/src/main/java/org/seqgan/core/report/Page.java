package org.seqgan.core.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
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

  /**
   * A table that can be scrolled where a screen is narrow.
   *
   * @param rows as many cells each as there are headings; the first names the row
   */
  public static void table(Markup out, List<String> headings, List<List<String>> rows) {
    out.open("div", "class", "scroll", "tabindex", "0").open("table").open("thead").open("tr");
    headings.forEach(heading -> out.leaf("th", heading, "scope", "col"));
    out.close().close().open("tbody");
    for (List<String> row : rows) {
      out.open("tr").leaf("th", row.get(0), "scope", "row");
      row.subList(1, row.size()).forEach(cell -> out.leaf("td", cell));
      out.close();
    }
    out.close().close().close();
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

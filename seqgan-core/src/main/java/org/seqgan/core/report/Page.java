package org.seqgan.core.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What all pages have in common. */
public final class Page {
  private Page() {}

  /** The head, with the style of all pages in it. */
  static void head(Markup out, String title) {
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

  /** Which line of a chart is which. */
  static void legend(Markup out, List<Curve> curves) {
    out.open("ul", "class", "legend");
    for (Curve curve : curves) {
      out.open("li").open("svg", "viewBox", "0 0 28 10", "aria-hidden", "true");
      out.empty("path", "class", "curve " + curve.cssClass(), "d", "M2,5L26,5").close();
      out.text(curve.name() + (curve.points().isEmpty() ? " (not measured)" : "")).close();
    }
    out.close();
  }

  /** Which dots are which: name to number of style. */
  static void dots(Markup out, Map<String, Integer> styles) {
    out.open("ul", "class", "legend");
    styles.forEach(
        (name, style) -> {
          out.open("li").open("svg", "viewBox", "0 0 28 10", "aria-hidden", "true");
          out.empty("circle", "class", "mark s" + style, "cx", "14", "cy", "5", "r", "4.5").close();
          out.text(name).close();
        });
    out.close();
  }
}

package org.seqgan.cli.ui;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seqgan.cli.http.Answer;
import org.seqgan.cli.http.HttpProblem;
import org.seqgan.core.report.Page;
import org.seqgan.core.report.chart.TuneFigure;

/** The files of the page, which are all in the program. */
final class Assets {
  /** The WebJar's folder has its version in its name, which its pom says. */
  private static final String UPLOT_VERSION = "META-INF/maven/org.webjars.npm/uplot/pom.properties";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  private Assets() {}

  /** A page beside these classes. */
  static Answer page(String name) {
    return own(name);
  }

  /** A file of the folder {@code app}. */
  static Answer app(String name) {
    if (!name.matches("[a-z][a-z0-9-]*\\.(js|css|svg)")) {
      throw new HttpProblem(404, "there is no /app/" + name);
    }
    return own("app/" + name);
  }

  private static Answer own(String name) {
    return answer(
        name,
        read(Assets.class.getResourceAsStream(name))
            .orElseThrow(() -> new HttpProblem(404, "there is no " + name)));
  }

  /** A file of others, or of the reports. */
  static Answer library(String name) {
    return switch (name) {
      case "uplot.js" -> answer(name, uplot("uPlot.esm.js"));
      case "uplot.css" -> answer(name, uplot("uPlot.min.css"));
      case "report.css" -> Answer.text("text/css", Page.resource(Page.class, "report.css"));
      // A report stands in one file and has no modules; the page has nothing else.
      case "note.js" -> Answer.text("text/javascript", TuneFigure.note() + "export {soundNote};\n");
      default -> throw new HttpProblem(404, "there is no /lib/" + name);
    };
  }

  private static byte[] uplot(String name) {
    ClassLoader loader = Assets.class.getClassLoader();
    String properties =
        new String(read(loader.getResourceAsStream(UPLOT_VERSION)).orElseThrow(), ISO_8859_1);
    String version =
        properties
            .lines()
            .filter(line -> line.startsWith("version="))
            .map(line -> line.substring("version=".length()).strip())
            .findFirst()
            .orElseThrow();
    String path = "META-INF/resources/webjars/uplot/%s/dist/%s".formatted(version, name);
    return read(loader.getResourceAsStream(path)).orElseThrow();
  }

  private static Answer answer(String name, byte[] bytes) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    return Answer.bytes(type, bytes).with(Map.of("Cache-Control", "no-cache"));
  }

  private static Optional<byte[]> read(@Nullable InputStream resource) {
    if (resource == null) {
      return Optional.empty();
    }
    try (resource) {
      return Optional.of(resource.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

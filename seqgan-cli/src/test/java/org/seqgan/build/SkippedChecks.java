package org.seqgan.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Lists the tests that a build skipped, by name and with their reasons, from the reports of
 * Surefire. A skipped test looks like one that passed, unless somebody says so at the end.
 */
public final class SkippedChecks {
  private static final String REPORTS = "target/surefire-reports";

  /** A reason and the tests that were skipped for it. */
  private final Map<String, TreeSet<String>> byReason = new LinkedHashMap<>();

  private int count;

  private SkippedChecks() {}

  /** Called at the end of a build: the folder of the checkout, and when the build began. */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    lines(Path.of(args[0]), Instant.parse(args[1])).forEach(out::println);
  }

  /**
   * What to print: nothing where nothing was skipped.
   *
   * @param root the folder whose folders are the modules
   * @param since reports that are older are of another build and do not count
   */
  static List<String> lines(Path root, Instant since) throws IOException {
    SkippedChecks skipped = new SkippedChecks();
    for (Path module : list(root)) {
      for (Path report : list(module.resolve(REPORTS))) {
        if (report.getFileName().toString().matches("TEST-.*\\.xml")
            && !Files.getLastModifiedTime(report).toInstant().isBefore(since)) {
          skipped.add(module.getFileName().toString(), report);
        }
      }
    }
    return skipped.lines();
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private void add(String module, Path report) throws IOException {
    NodeList skipped = parse(report).getElementsByTagName("skipped");
    for (int i = 0; i < skipped.getLength(); i++) {
      Element element = (Element) skipped.item(i);
      byReason
          .computeIfAbsent(reason(element), reason -> new TreeSet<>())
          .add(name(module, element));
      count++;
    }
  }

  private static Element parse(Path report) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      return builder.parse(report.toFile()).getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("the report " + report + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The message that was given, or else the first line of what was thrown, without its type. */
  private static String reason(Element skipped) {
    String message = skipped.getAttribute("message");
    String first =
        (message.isBlank() ? skipped.getTextContent() : message).lines().findFirst().orElse("");
    String plain =
        first
            .replaceFirst("^.* ==> ", "")
            .replaceFirst("^[\\w.]+TestAbortedException(: )?", "")
            .replaceFirst("^Assumption failed(: )?", "")
            .strip();
    return plain.isEmpty() ? "no reason given" : plain;
  }

  private static String name(String module, Element skipped) {
    Element test = (Element) skipped.getParentNode();
    String className = test.getAttribute("classname");
    String method = test.getAttribute("name");
    String simple = className.substring(className.lastIndexOf('.') + 1);
    boolean isClass = method.isEmpty() || method.equals(className);
    return module + " " + simple + (isClass ? "" : "." + method);
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (count > 0) {
      lines.add(count == 1 ? "1 check was skipped:" : count + " checks were skipped:");
    }
    byReason.forEach(
        (reason, tests) -> {
          lines.add("  " + reason);
          tests.forEach(test -> lines.add("    " + test));
        });
    return lines;
  }
}

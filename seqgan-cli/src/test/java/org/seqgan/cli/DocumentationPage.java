package org.seqgan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation, as far as a reader may want to do what it says.
 *
 * @param name its path from the root of the checkout, such as {@code docs/data.md}
 * @param commands the lines of its blocks of {@code sh}, without comments
 * @param mentions the words in its text that begin with {@code seqgan}
 * @param files the blocks that begin with {@code # NAME}: files for its commands
 */
record DocumentationPage(
    String name, List<Line> commands, List<Line> mentions, List<NamedFile> files) {
  private static final Path ROOT = Path.of(System.getProperty("seqgan.root", ".."));
  private static final String SHELL = "sh";

  /** A program of ours at the beginning of a line, in a checkout or in a distribution. */
  private static final Pattern PROGRAM = Pattern.compile("(?:\\S*/)?seqgan(?: .*)?");

  private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
  private static final Pattern FILE_NAME = Pattern.compile("# (\\S+\\.\\w+)");

  /**
   * A line.
   *
   * @param number counted from 1
   */
  record Line(int number, String text) {}

  /** A file that a page shows. */
  record NamedFile(String name, String contents) {}

  /** All pages with something to do, by name. */
  static List<String> names() throws IOException {
    List<String> names = new ArrayList<>(List.of("README.md", "CONTRIBUTING.md"));
    for (String folder : List.of("docs", "examples")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        files
            .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
            .filter(name -> name.endsWith(".md") && !name.contains("/target/"))
            .sorted()
            .forEach(names::add);
      }
    }
    return names;
  }

  static DocumentationPage read(String name) throws IOException {
    List<Line> commands = new ArrayList<>();
    List<Line> mentions = new ArrayList<>();
    List<NamedFile> files = new ArrayList<>();
    Optional<String> language = Optional.empty();
    List<Line> block = new ArrayList<>();
    int number = 0;
    for (String text : Files.readAllLines(ROOT.resolve(name))) {
      number++;
      if (text.startsWith("```")) {
        if (language.isPresent()) {
          end(name, language.get(), block, commands, files);
          language = Optional.empty();
        } else {
          language = Optional.of(text.substring(3).strip());
          block = new ArrayList<>();
        }
      } else if (language.isPresent()) {
        block.add(new Line(number, text));
      } else {
        Matcher span = SPAN.matcher(text);
        while (span.find()) {
          if (PROGRAM.matcher(span.group(1)).matches()) {
            mentions.add(new Line(number, span.group(1)));
          }
        }
      }
    }
    return new DocumentationPage(name, commands, mentions, files);
  }

  private static void end(
      String page, String language, List<Line> block, List<Line> commands, List<NamedFile> files) {
    if (language.equals(SHELL)) {
      String before = "";
      for (Line line : block) {
        String text = (before + line.text()).replaceFirst("(^|\\s+)#.*", "").strip();
        if (text.endsWith("\\")) {
          before = text.substring(0, text.length() - 1);
        } else if (!text.isEmpty()) {
          commands.add(new Line(line.number(), text));
          before = "";
        }
      }
      return;
    }
    for (Line line : block) {
      if (PROGRAM.matcher(line.text()).matches()) {
        throw new AssertionError(
            "%s:%d: a command in a block of '%s', which no test runs; make it a block of sh"
                .formatted(page, line.number(), language));
      }
    }
    Matcher name = FILE_NAME.matcher(block.isEmpty() ? "" : block.get(0).text());
    if (name.matches()) {
      String contents = String.join("\n", block.stream().map(Line::text).toList()) + "\n";
      files.add(new NamedFile(name.group(1), contents));
    }
  }
}

package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("docs/reliability.md")
class ReliabilityPageTest {
  private static final Path ROOT = Path.of(System.getProperty("seqgan.root", ".."));
  private static final Pattern NAMED =
      Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|Contract|Check))\\.([a-zA-Z0-9]+)`");

  private static List<String> page() throws IOException {
    return Files.readAllLines(ROOT.resolve("docs/reliability.md"));
  }

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    assertThat(NAMED.matcher(String.join("\n", page())).results())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            named ->
                assertThat(sources(named.group(1)))
                    .as(named.group())
                    .anyMatch(source -> hasTest(source, named.group(2))));
  }

  @Test
  void everyPromiseNamesATest() throws IOException {
    assertThat(page().stream().filter(line -> line.startsWith("| ") && !isHeading(line)))
        .hasSizeGreaterThan(15)
        .allMatch(row -> NAMED.matcher(row).find());
  }

  private static boolean isHeading(String row) {
    return row.startsWith("| promise ");
  }

  private static boolean hasTest(String source, String method) {
    int at = source.indexOf(" void " + method + "(");
    String before = source.substring(0, Math.max(0, at));
    int annotated = Math.max(before.lastIndexOf("@Test"), before.lastIndexOf("@ParameterizedTest"));
    return annotated >= 0 && !before.substring(annotated).contains(" void ");
  }

  /** The contents of the files of that name among the sources of all modules. */
  private static List<String> sources(String className) {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve("src"))
          .filter(Files::isDirectory)
          .flatMap(ReliabilityPageTest::walk)
          .filter(file -> file.endsWith(className + ".java"))
          .map(ReliabilityPageTest::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> walk(Path folder) {
    try {
      return Files.walk(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

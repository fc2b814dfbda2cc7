package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code examples/embed}, compiled as its own build would, and run in a virtual machine of its own,
 * with and without the options that make it fast.
 */
@DisplayName("The example of a program that has seqgan as a library")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbedExampleTest {
  private static final Path JAVA = Path.of(System.getProperty("java.home"));

  /** The first Java that warns of native libraries. */
  private static final int WARNS = 24;

  @TempDir private Path folder;
  private Path classes = Path.of("");

  @BeforeAll
  void compile(@TempDir Path built) throws IOException {
    classes = built;
    Path project = Path.of(System.getProperty("seqgan.root", ".."), "examples", "embed");
    PluginJar.compile(
        project.resolve("src/main/java"), classes, System.getProperty("java.class.path"));
  }

  @Test
  void runsWithoutAnyOption() throws IOException, InterruptedException {
    boolean warns = Runtime.version().feature() >= WARNS;
    assertThat(logged(JAVA, List.of()))
        .filteredOn(line -> !(warns && line.startsWith("WARNING: ")))
        .isNotEmpty()
        .allMatch(line -> line.matches("WARN +Dl4jBackendProvider: .* runs scalar loops: .*"));
  }

  @Test
  void runsOnTheNewestJavaWithTheOptionsOfThePage() throws IOException, InterruptedException {
    Optional<Path> newest = newestJava();
    Assumptions.assumeTrue(
        newest.isPresent(), "no Java from 24 on is in JAVA_25_HOME, or beside " + JAVA);
    assertThat(
            logged(
                newest.orElseThrow(),
                List.of(
                    "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow")))
        .isEmpty();
  }

  /** A later Java that is installed, as systems do it: in a folder beside this one. */
  private static Optional<Path> newestJava() throws IOException {
    String named = System.getenv("JAVA_25_HOME");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    try (Stream<Path> beside = Files.list(JAVA.toRealPath().resolveSibling(""))) {
      return beside.filter(home -> version(home) >= WARNS).max(Comparator.naturalOrder());
    }
  }

  private static int version(Path home) {
    try {
      String release = Files.readString(home.resolve("release"));
      Matcher version = Pattern.compile("JAVA_VERSION=\"(\\d+)").matcher(release);
      return version.find() && Files.exists(home.resolve("bin/java"))
          ? Integer.parseInt(version.group(1))
          : 0;
    } catch (IOException e) {
      return 0; // it is no Java
    }
  }

  /** Runs it, and tells what is on its standard error: what the log of the tests prints there. */
  private List<String> logged(Path java, List<String> options)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(java.resolve("bin/java").toString());
    words.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    words.addAll(options);
    words.addAll(ProgramProcess.commonNatives());
    words.add("-cp");
    words.add(
        classes + System.getProperty("path.separator") + System.getProperty("java.class.path"));
    words.addAll(List.of("org.example.embed.Haiku", folder.resolve("haiku").toString()));
    Path errors = folder.resolve("errors.txt");
    Process process = new ProcessBuilder(words).redirectError(errors.toFile()).start();
    process.getOutputStream().close();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(errors);
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(lines.get(0)).matches("generator-pretraining 0: [0-9.]+ nats per token");
    assertThat(lines.subList(lines.size() - 5, lines.size() - 3))
        .containsExactly("trained to adversarial-1", "licence of the data: ?");
    assertThat(lines.subList(lines.size() - 3, lines.size()))
        .allMatch(line -> line.startsWith("the birds"));
    return said.lines().toList();
  }
}

package org.seqgan.core.config;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.UserException;

@DisplayName("A configuration that is a bomb ends in one line")
class HoconBoundsTest {
  /** The program promises a second; a machine that does much else gets more here. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir private Path folder;

  static List<Arguments> bombs() {
    return List.of(
        Arguments.of("brackets", "a = " + "[".repeat(100_000), "more than 50 brackets"),
        Arguments.of(
            "closed brackets",
            "a = " + "[".repeat(5_000) + "]".repeat(5_000),
            "more than 50 brackets"),
        Arguments.of("groups", "a = " + "{a = ".repeat(10_000), "more than 50 brackets"),
        Arguments.of("parts of a key", "a.".repeat(100_000) + "a = 1", "more than 50 brackets"),
        Arguments.of(
            "parts of a reference",
            "a = ${" + "a.".repeat(100_000) + "a}",
            "more than 50 brackets"),
        Arguments.of("text", "a = \"" + "x".repeat(50_000_000) + "\"", "more than 262,144 bytes"),
        Arguments.of("comment", "#" + "x".repeat(50_000_000), "more than 262,144 bytes"),
        Arguments.of("words", "a = " + "x ".repeat(100_000), "more than 1,000 words"),
        Arguments.of("lists", "a = " + "[1] ".repeat(50_000), "more than 2,000 keys"),
        Arguments.of("keys", lines(20_000, i -> "a.k" + i + " = 1"), "more than 2,000 keys"),
        Arguments.of("additions", "a += 1\n".repeat(20_000), "more than 100 substitutions"),
        Arguments.of(
            "additions to one key", "a += 1\n".repeat(90), "90 references of a key to itself"),
        Arguments.of("references", "b = 1\na = " + "${b}".repeat(20_000), "more than 100 subst"),
        Arguments.of(
            "chain",
            lines(98, i -> "k" + i + " = [${k" + (i + 1) + "}]") + "\nk98 = 1",
            "more than 100 brackets and substitutions"),
        Arguments.of(
            "chain of brackets",
            lines(40, i -> "k%d = %s${k%d}%s".formatted(i, "[".repeat(45), i + 1, "]".repeat(45))),
            "more than 100 brackets and substitutions"),
        Arguments.of(
            "lists of lists",
            "k0 = [1]\n" + lines(30, i -> "k%d = [${k%d}, ${k%d}]".formatted(i + 1, i, i)),
            "substitutions that could make more than 1,048,576 characters"),
        Arguments.of(
            "groups of groups",
            "k0 = {}\n" + lines(30, i -> "k%d {a = ${k%d}, b = ${k%d}}".formatted(i + 1, i, i)),
            "substitutions that could make more than 1,048,576 characters"),
        Arguments.of(
            "texts of texts",
            "k0 = lol\n" + lines(30, i -> "k%d = ${k%d}${k%d}".formatted(i + 1, i, i)),
            "substitutions that could make more than 1,048,576 characters"),
        Arguments.of(
            "in one group",
            "k { k0 = lol\n"
                + lines(30, i -> "k%d = ${k.k%d}${k.k%d}".formatted(i + 1, i, i))
                + "}",
            "substitutions that could make more than 1,048,576 characters"),
        Arguments.of("texts of themselves", "a = lol\n" + "a = ${a}${a}\n".repeat(30), "to itself"),
        Arguments.of("circle", "a = ${b}\nb = ${a}", "circle"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bombs")
  void inAFile(String name, String text, String found) throws IOException {
    Path file = Files.writeString(folder.resolve("bomb.conf"), text);

    UserException failure =
        failure(() -> ExperimentConfig.load(FakePlugins.registry(), file.toString(), List.of()));

    assertThat(failure.getMessage()).startsWith(file.toString()).contains(found);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bombs")
  void inACell(String name, String text, String found) {
    assertThat(
            failure(() -> ExperimentConfig.loadText(FakePlugins.registry(), text, List.of()))
                .getMessage())
        .startsWith("cell")
        .contains(found);
  }

  @Test
  void onTheCommandLine() throws IOException {
    Path file = Files.writeString(folder.resolve("plain.conf"), "backend = slow");
    for (String override :
        List.of(
            "seed=" + "[".repeat(10_000),
            "seed={" + "a.".repeat(10_000) + "a=1}",
            "a.".repeat(20_000) + "a=1")) {
      assertThat(
              failure(
                      () ->
                          ExperimentConfig.load(
                              FakePlugins.registry(), file.toString(), List.of(override)))
                  .getMessage())
          .startsWith("command line: " + override.substring(0, 20))
          .contains("more than 50 brackets");
    }
  }

  @Test
  void overManyIncludes() throws IOException {
    Files.writeString(folder.resolve("self.conf"), "include \"self.conf\"");
    assertThat(failureOf("self.conf"))
        .contains("includes nested more than 10 deep; does a file include itself?");

    for (int i = 0; i < 9; i++) {
      String next = "include \"wide%d.conf\"\n".formatted(i + 1);
      Files.writeString(folder.resolve("wide%d.conf".formatted(i)), next.repeat(10));
    }
    Files.writeString(folder.resolve("wide9.conf"), "seed = 1");
    assertThat(failureOf("wide0.conf")).contains("more than 100 includes");

    Files.writeString(folder.resolve("large.conf"), "#" + "x".repeat(100_000));
    Files.writeString(folder.resolve("thrice.conf"), "include \"large.conf\"\n".repeat(3));
    assertThat(failureOf("thrice.conf"))
        .startsWith(folder.resolve("large.conf").toString())
        .contains("more than 262,144 bytes");
  }

  @Test
  void theLineOfWhatIsTooMuchIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("bomb.conf"), "seed = 1\n\na = " + "[".repeat(51));

    assertThat(failureOf("bomb.conf")).startsWith(file + ":3: expected a configuration, found ");
  }

  @Test
  void whatAPersonWritesIsFarFromTheBounds() throws IOException {
    String list =
        "seeds = "
            + IntStream.range(0, 10_000)
                .mapToObj(Integer::toString)
                .collect(joining(", ", "[", "]"));
    String keys = lines(900, i -> "group%d.key = \"{[${a}] # // include\"".formatted(i));
    String additions = "list = [0]\n" + "list += 1\n".repeat(12);
    String text =
        "x = 3\n"
            + list
            + "\n"
            + keys
            + "\n"
            + additions
            + "\ny = \"\"\"a\"{\"\"\"\" \n"
            + "z { a = ${x}, b = [${z.a}, ${x}]}";
    Path file = Files.writeString(folder.resolve("much.conf"), text);

    var read = HoconReader.read(file).toConfig();

    assertThat(read.getIntList("seeds")).hasSize(10_000);
    assertThat(read.getString("group899.key")).isEqualTo("{[${a}] # // include");
    assertThat(read.getIntList("list")).hasSize(13);
    assertThat(read.getString("y")).isEqualTo("a\"{\"");
    assertThat(read.getIntList("z.b")).containsExactly(3, 3);
  }

  private String failureOf(String name) {
    return failure(
            () ->
                ExperimentConfig.load(
                    FakePlugins.registry(), folder.resolve(name).toString(), List.of()))
        .getMessage();
  }

  private static UserException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    UserException failure =
        assertTimeoutPreemptively(LIMIT, () -> catchThrowableOfType(UserException.class, call));
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(UserException.Kind.CONFIGURATION);
    assertThat(failure.getMessage()).doesNotContain("\n").hasSizeLessThan(600);
    return failure;
  }

  private static String lines(int count, IntFunction<String> line) {
    return IntStream.range(0, count).mapToObj(line).collect(joining("\n"));
  }
}

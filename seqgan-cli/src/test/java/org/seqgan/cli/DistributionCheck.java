package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seqgan.cli.shipped.Archive;
import org.seqgan.cli.shipped.UnpackedArchive;

/** What {@code package} made; the build runs this after it. */
@DisplayName("The distribution")
class DistributionCheck {
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

  @TempDir private Path elsewhere;

  /** The folder with the contents of the zip. */
  private static Path home() throws IOException, InterruptedException {
    return UnpackedArchive.home(Archive.ALL);
  }

  @Test
  void isCalledFromAnywhereByEitherNameAndSaysItsVersion() throws Exception {
    for (String name : List.of("seqgan", "bin/seqgan")) {
      Program.Result result = run(home().resolve(name).toString(), "--version");
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.out()).startsWith("seqgan 0.").doesNotContain("development");
      assertThat(result.err()).isEmpty();
    }
  }

  @Test
  void hasEveryPluginAndTheFastLoops() throws Exception {
    Program.Result result = run(home().resolve("seqgan").toString(), "doctor");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("backend dl4j: runs here", "plugin folder: " + home());
    assertThat(result.out())
        .containsPattern("backend cuda: (runs here|does not run here: no NVIDIA driver)");
    assertThat(result.out()).doesNotContain("is not there");
    assertThat(result.err()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyLinkOfItsPagesLeadsToAFileThatItHas(Archive archive) throws Exception {
    int links = 0;
    for (Path page : files(archive, ".md")) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        String target = link.group(1).replaceFirst("#.*", "");
        if (!target.isEmpty() && !URI.create(target).isAbsolute()) {
          assertThat(page.resolveSibling(target)).as("a link of %s", page).exists();
          links++;
        }
      }
    }
    assertThat(links).isGreaterThan(30);
  }

  @ParameterizedTest
  @EnumSource
  void hasWhatAPluginIsWrittenWith(Archive archive) throws Exception {
    Path home = UnpackedArchive.home(archive);
    assertThat(home.resolve("examples/dna-task/pom.xml")).exists();
    assertThat(home.resolve("examples/dna-task/target")).doesNotExist();
    Path repository = home.resolve("maven/org/seqgan");
    for (String module : List.of("seqgan-api", "seqgan-testkit")) {
      assertThat(files(archive, ".jar"))
          .filteredOn(file -> file.startsWith(repository.resolve(module)))
          .singleElement()
          .satisfies(
              jar ->
                  assertThat(
                          jar.resolveSibling(
                              jar.getFileName().toString().replaceFirst("jar$", "pom")))
                      .exists());
    }
    assertThat(files(archive, ".pom"))
        .anyMatch(file -> file.getFileName().toString().startsWith("seqgan-0"));
  }

  private static List<Path> files(Archive archive, String ending) throws Exception {
    try (Stream<Path> files = Files.walk(UnpackedArchive.home(archive))) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  private Program.Result run(String... words) throws Exception {
    return OtherProgram.run(elsewhere, Map.of(), words);
  }
}

package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.cli.shipped.Archive;
import org.seqgan.cli.shipped.UnpackedArchive;

/** The classes of the distribution in an archive; the build runs this after {@code package}. */
@DisplayName("The class archive")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClassArchiveCheck {
  private static final Map<String, String> LISTING =
      Map.of("SEQGAN_OPTS", "-Xlog:class+load:file=loaded.txt");

  @TempDir private static Path home;

  @BeforeAll
  static void makeOne() throws Exception {
    Path unpacked = UnpackedArchive.home(Archive.ALL);
    for (String name : List.of("lib", "native")) {
      Files.createSymbolicLink(home.resolve(name), unpacked.resolve(name));
    }
    Files.createDirectory(home.resolve("bin"));
    Files.copy(unpacked.resolve("bin/seqgan"), home.resolve("bin/seqgan"));
    home.resolve("bin/seqgan").toFile().setExecutable(true);
    assertThat(config(Map.of()).out()).as("before").contains("task.name = oracle");
    Program.Result made = run(Map.of(), "doctor", "--class-archive");
    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(made.out()).startsWith("class archive: " + archive() + ", ");
    assertThat(home.resolve("classes")).isDirectoryContaining("glob:**classes.jsa");
    assertThat(home.resolve("classes").toFile().list()).hasSize(2);
  }

  @Test
  @Order(1)
  void givesTheProgramItsClassesWithoutAWord() throws Exception {
    Program.Result result = config(LISTING);
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(Files.readString(home.resolve("loaded.txt")))
        .containsPattern("org.seqgan.core.config.Resolution source: shared objects file");
  }

  @Test
  @Order(2)
  void isNotUsedWhereItIsCutShort() throws Exception {
    try (FileChannel file = FileChannel.open(archive(), StandardOpenOption.WRITE)) {
      file.truncate(3_000_000);
    }
    Program.Result result = config(LISTING);
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(Files.readString(home.resolve("loaded.txt")))
        .doesNotContain("org.seqgan.core.config.Resolution source: shared objects file");
  }

  private static Path archive() {
    return home.resolve("classes/classes.jsa");
  }

  private static Program.Result config(Map<String, String> environment)
      throws IOException, InterruptedException {
    return run(environment, "config", "quickstart");
  }

  private static Program.Result run(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    String[] all = new String[words.length + 1];
    all[0] = home.resolve("bin/seqgan").toString();
    System.arraycopy(words, 0, all, 1, words.length);
    return OtherProgram.run(home, environment, all);
  }
}

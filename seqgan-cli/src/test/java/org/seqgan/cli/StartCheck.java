package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.cli.shipped.Archive;
import org.seqgan.cli.shipped.UnpackedArchive;

/** What a start loads, which is most of the time that it takes; run after {@code package}. */
@DisplayName("A command that only tells loads")
class StartCheck {
  @TempDir private Path folder;

  @Test
  void nothingOfExperimentsForHelp() throws Exception {
    assertThat(classesOf("--help"))
        .contains("[class,load] org.seqgan.cli.Main ")
        .doesNotContain("org.seqgan.core.experiment", "org.seqgan.core.config", "org.seqgan.tasks");
  }

  @Test
  void noLoggingForAConfigurationAndNoNativeLibraryOfTheLastBackendLeft() throws Exception {
    assertThat(classesOf("config", "quickstart"))
        .contains("[class,load] org.seqgan.backend.dl4j.Dl4jBackendProvider ")
        .doesNotContain(
            "[class,load] ch.qos.logback",
            "[class,load] org.nd4j.linalg.factory.Nd4j ",
            "[class,load] org.bytedeco");
  }

  private String classesOf(String... command) throws Exception {
    List<String> words = new ArrayList<>(List.of(command));
    words.add(0, UnpackedArchive.home(Archive.ALL).resolve("bin/seqgan").toString());
    Program.Result result =
        OtherProgram.run(
            folder,
            Map.of("SEQGAN_OPTS", "-Xlog:class+load:file=loaded.txt:tags"),
            words.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
    return Files.readString(folder.resolve("loaded.txt"));
  }
}

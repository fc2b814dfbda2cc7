package org.seqgan.backend.dl4j.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Processes unpack the native libraries into the user's cache")
class UnpackingTest {
  private static final String WARNING = " was changed after it was unpacked";

  private @TempDir Path root;

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LoadingProcess.class.getName())
            .redirectErrorStream(true);
    builder.environment().putAll(Map.of("SEQGAN_CACHE", root.toString(), "OMP_NUM_THREADS", "1"));
    return builder.start();
  }

  private String outputOf(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("native libraries: in " + root.toRealPath().resolve("natives"));
    return output;
  }

  @Test
  void twoAtOnceAndOneAfterAFileWasChanged() throws IOException, InterruptedException {
    List<Process> both = List.of(start(), start());
    for (Process each : both) {
      assertThat(outputOf(each)).doesNotContain(WARNING);
    }
    Path library =
        Contents.paths(root.toRealPath().resolve("natives")).values().stream()
            .filter(path -> path.getFileName().toString().contains("jnijavacpp"))
            .filter(path -> !Files.isSymbolicLink(path))
            .findFirst()
            .orElseThrow();
    byte[] good = Files.readAllBytes(library);
    byte[] evil = good.clone();
    evil[evil.length - 1] ^= 1;
    FileTime time = Files.getLastModifiedTime(library);
    Files.write(library, evil);
    Files.setLastModifiedTime(library, time); // JavaCPP looks at that, and at the length
    assertThat(outputOf(start())).containsOnlyOnce(WARNING).contains(library + WARNING);
    assertThat(library).hasBinaryContent(good);
    assertThat(outputOf(start())).doesNotContain(WARNING);
  }
}

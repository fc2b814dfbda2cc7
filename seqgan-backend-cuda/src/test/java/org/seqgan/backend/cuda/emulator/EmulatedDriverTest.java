package org.seqgan.backend.cuda.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where there is no compiler, tests on the emulated driver are skipped, or fail if they must run.
 */
final class EmulatedDriverTest {
  @TempDir private Path folder;

  /** What a test does where the path has bash and nothing else. */
  private String withoutCompiler(Map<String, String> variables, String... properties)
      throws IOException, InterruptedException {
    Path bash = folder.resolve("bash");
    if (!Files.exists(bash)) {
      Files.copy(Path.of("/bin/bash"), bash);
    }
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-XX:TieredStopAtLevel=1");
    words.addAll(List.of(properties));
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.add(LoadProcess.class.getName());
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().remove("SEQGAN_REQUIRE");
    builder.environment().put("PATH", folder.toString());
    builder.environment().putAll(variables);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip();
  }

  @Test
  void aTestIsSkippedAndSaysWhy() throws IOException, InterruptedException {
    assertThat(withoutCompiler(Map.of()))
        .isEqualTo("is skipped: the emulated driver needs g++, which is not on the path");
  }

  @Test
  void aTestFailsWhereTheDriverIsRequired() throws IOException, InterruptedException {
    String failure =
        "fails: the emulated driver needs g++, which is not on the path; it is required here"
            + " (cuda-emulator)";
    assertThat(withoutCompiler(Map.of("SEQGAN_REQUIRE", "cuda-emulator"))).isEqualTo(failure);
    assertThat(withoutCompiler(Map.of(), "-Dseqgan.require=other,cuda-emulator"))
        .isEqualTo(failure);
  }
}

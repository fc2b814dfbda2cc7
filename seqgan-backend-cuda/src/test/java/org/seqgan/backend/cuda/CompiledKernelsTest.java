package org.seqgan.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The compiled kernels that are checked in")
@Tag("slow")
class CompiledKernelsTest {
  private static final Path SOURCES = Path.of("src/main/cuda").toAbsolutePath();
  private static final Path COMPILED =
      Path.of("src/main/resources/org/seqgan/backend/cuda").toAbsolutePath();
  private static final Path SCRIPT = Path.of("../scripts/build-kernels").toAbsolutePath();
  private static final String HASHES = "kernels.sha256";
  private static final String ADVICE =
      "run scripts/build-kernels with the nvcc that "
          + HASHES
          + " names, and check in what changes";

  /** By file. The first line names the compiler. */
  private static Map<String, String> recordedHashes() throws IOException {
    return Files.readAllLines(SOURCES.resolve(HASHES)).stream()
        .skip(1)
        .map(line -> line.split(" +", 2))
        .collect(Collectors.toMap(words -> words[1], words -> words[0], (a, b) -> a, TreeMap::new));
  }

  private static List<Path> files(Path folder, String pattern) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches(pattern)).sorted().toList();
    }
  }

  private static String hash(Path file) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  @Test
  void areOfTheseSources() throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (Path file : files(SOURCES, ".*\\.cuh?")) {
      hashes.put(file.getFileName().toString(), hash(file));
    }
    for (Path file : files(COMPILED, "kernels-.*")) {
      hashes.put(file.getFileName().toString(), hash(file));
    }
    assertThat(hashes).as(ADVICE).isEqualTo(recordedHashes());
  }

  @ParameterizedTest
  @ValueSource(ints = {75, 80})
  void needOnlyAnOldDriver(int capability) throws IOException {
    assertThat(Files.readString(COMPILED.resolve("kernels-%d.ptx".formatted(capability))))
        .contains("\n.version 7.0\n.target sm_%d\n".formatted(capability));
  }

  @Test
  void areCompiledToTheSameBytesAgain(@TempDir Path folder)
      throws IOException, InterruptedException {
    String compiler = Files.readAllLines(SOURCES.resolve(HASHES)).get(0).replace("# ", "");
    assumeTrue(hasCompiler(compiler), "needs nvcc " + compiler + " and ptxas on the path");
    Path log = folder.resolve("log");
    Process build =
        new ProcessBuilder("bash", SCRIPT.toString(), folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(build.waitFor()).as(Files.readString(log)).isZero();
    for (Path compiled : files(COMPILED, "kernels-.*")) {
      assertThat(folder.resolve(compiled.getFileName()))
          .as(ADVICE)
          .hasSameBinaryContentAs(compiled);
    }
    assertThat(folder.resolve(HASHES)).as(ADVICE).hasSameBinaryContentAs(SOURCES.resolve(HASHES));
  }

  private static boolean hasCompiler(String version) throws InterruptedException {
    try {
      Process nvcc = new ProcessBuilder("nvcc", "--version").redirectErrorStream(true).start();
      String output = new String(nvcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return nvcc.waitFor() == 0 && output.contains(version);
    } catch (IOException e) {
      return false;
    }
  }
}

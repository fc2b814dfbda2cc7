package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/gpu-bundle} of what {@code package} made; the build runs this after it. */
@DisplayName("The archive for a machine with a GPU and nothing else")
class GpuBundleCheck {
  private static final long MOST_BYTES = 60_000_000;

  /** What a CPU computes with has no place in it, nor what only checks this build. */
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "(nd4j|deeplearning4j|javacpp|openblas|opencl|dnnl|guava-1\\.0|jackson-1\\.0"
              + "|protobuf-1\\.0|resources-1\\.0|flatbuffers|archunit|jazzer)[-.].*");

  private static final Pattern LIBRARY = Pattern.compile("(?:=> )?(/\\S+) \\(0x");

  /** What is loaded: each asks for others, of the C library and of C++. */
  private static final List<String> LIBRARIES =
      List.of(
          "libjvm.so",
          "libjava.so",
          "libzip.so",
          "libnio.so",
          "libnet.so",
          "libJCudaDriver-12.6.0-linux-x86_64.so");

  @TempDir private Path folder;

  @Test
  void startsWhereThereIsNothingElse() throws Exception {
    assumeTrue("Linux".equals(System.getProperty("os.name")), "the archive is for Linux");
    Path jmods = Path.of(System.getProperty("java.home"), "jmods");
    assumeTrue(Files.isDirectory(jmods), "no " + jmods + ": this Java cannot make a runtime");
    Path archive = bundle();
    assertThat(archive).isRegularFile();
    assertThat(Files.size(archive)).as("bytes").isLessThan(MOST_BYTES);

    Path root = Files.createDirectories(folder.resolve("root"));
    run(0, "tar", "-xzf", archive.toString(), "-C", root.toString());
    assertThat(root.resolve("seqgan-gpu/gpu-check")).isExecutable();
    assumeTrue(
        "root".equals(System.getProperty("user.name")), "only root may change the root folder");
    Files.createDirectories(root.resolve("tmp"));
    Path java = root.resolve("seqgan-gpu/runtime/bin/java");
    addLibraries(root, java);
    for (String name : LIBRARIES) {
      try (Stream<Path> found = Files.find(root, 9, (p, a) -> p.endsWith(name))) {
        addLibraries(root, found.findFirst().orElseThrow());
      }
    }
    String said =
        run(
            0,
            "chroot",
            root.toString(),
            "/seqgan-gpu/runtime/bin/java",
            "-Djava.library.path=/seqgan-gpu/lib/native",
            "-cp",
            "/seqgan-gpu/lib/*",
            "org.seqgan.cli.Main",
            "doctor");
    assertThat(said)
        .contains("backend reference: runs here")
        .containsPattern("backend cuda: (runs here|does not run here: no NVIDIA driver)")
        .doesNotContain("dl4j");
  }

  private Path bundle() throws Exception {
    Path root = Path.of(System.getProperty("seqgan.root", ".."));
    List<String> words = new ArrayList<>();
    words.add(root.resolve("scripts/gpu-bundle").toString());
    Path archive = folder.resolve("gpu.tar.gz");
    words.add(archive.toString());
    try (Stream<Path> tests = Files.list(root.resolve("seqgan-core/target"))) {
      tests.map(Path::toString).filter(path -> path.endsWith("-tests.jar")).forEach(words::add);
    }
    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> path.endsWith(".jar"))
        .filter(path -> !LEFT_OUT.matcher(Path.of(path).getFileName().toString()).matches())
        .forEach(words::add);
    try (Stream<Path> ours = Files.list(root.resolve("seqgan-cli/target"))) {
      ours.filter(path -> path.getFileName().toString().matches("seqgan-cli-.*\\.jar"))
          .forEach(path -> words.add(path.toString()));
    }
    run(0, words.toArray(String[]::new));
    return archive;
  }

  /** What the machine's linker gives a program, at the same place below another root. */
  private void addLibraries(Path root, Path program) throws Exception {
    Matcher libraries = LIBRARY.matcher(run(0, "ldd", program.toString()));
    while (libraries.find()) {
      Path library = Path.of(libraries.group(1));
      Path copy = root.resolve(library.toString().substring(1));
      if (!library.startsWith(root) && !Files.exists(copy)) {
        Files.createDirectories(copy.getParent());
        Files.copy(library, copy);
      }
    }
  }

  private String run(int expected, String... words) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // Without /proc a program cannot tell where it lies; a container has it.
    String runtime = "/seqgan-gpu/runtime/lib";
    builder.environment().put("LD_LIBRARY_PATH", runtime + ":" + runtime + "/server");
    Process process = builder.redirectOutput(out.toFile()).start();
    assertThat(process.waitFor(180, TimeUnit.SECONDS)).as(String.join(" ", words)).isTrue();
    String said = Files.readString(out);
    assertThat(process.exitValue()).as(said).isEqualTo(expected);
    return said;
  }
}

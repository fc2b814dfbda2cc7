package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/gpu-bundle} of what {@code package} made; the build runs this after it. */
@DisplayName("The archive for a machine with a GPU and nothing else")
@Tag("slow")
class GpuBundleCheck {
  private static final long MOST_BYTES = 60_000_000;

  /** What a CPU computes with has no place in it, nor what only checks this build. */
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "(nd4j|deeplearning4j|javacpp|openblas|opencl|dnnl|guava-1\\.0|jackson-1\\.0"
              + "|protobuf-1\\.0|resources-1\\.0|flatbuffers|archunit|jazzer)[-.].*");

  private static final String LIBRARY_PATH = "LD_LIBRARY_PATH";
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

  /** The tests of a backend that take a second or so, and after them one that takes none. */
  private static final List<String> CONTRACT =
      List.of("contract", "--", "primitivesReadViews", "ContractTest.rejectsWrongShapes");

  @TempDir private static Path folder;
  private static Path root;
  private static Path unpacked;

  @TempDir private Path here;

  @BeforeAll
  static void unpack() throws Exception {
    assumeTrue("Linux".equals(System.getProperty("os.name")), "the archive is for Linux");
    Path jmods = Path.of(System.getProperty("java.home"), "jmods");
    assumeTrue(Files.isDirectory(jmods), "no " + jmods + ": this Java cannot make a runtime");
    Path archive = bundle();
    assertThat(archive).isRegularFile();
    assertThat(Files.size(archive)).as("bytes").isLessThan(MOST_BYTES);
    root = Files.createDirectories(folder.resolve("root"));
    run(0, Map.of(), folder, "tar", "-xzf", archive.toString(), "-C", root.toString());
    unpacked = root.resolve("seqgan-gpu");
  }

  @Test
  void startsWhereThereIsNothingElse() throws Exception {
    assumeTrue(
        "root".equals(System.getProperty("user.name")), "only root may change the root folder");
    Files.createDirectories(root.resolve("tmp"));
    Path java = unpacked.resolve("runtime/bin/java");
    addLibraries(java);
    for (String name : LIBRARIES) {
      try (Stream<Path> found = Files.find(root, 9, (p, a) -> p.endsWith(name))) {
        addLibraries(found.findFirst().orElseThrow());
      }
    }
    // Without /proc a program cannot tell where it lies; a container has it.
    String runtime = "/seqgan-gpu/runtime/lib";
    String said =
        run(
            0,
            Map.of(LIBRARY_PATH, runtime + ":" + runtime + "/server"),
            folder,
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

  @Test
  void saysInOneLineWhatIsWrong() throws Exception {
    assertThat(check(2, Map.of())).contains("quickstart   the preset quickstart");
    assertThat(check(2, Map.of(), "contrat").lines())
        .singleElement()
        .isEqualTo(
            "gpu-check: no check is named 'contrat'; there are doctor, contract, golden, sanitize,"
                + " bench, quickstart, released, table1");
    assertThat(check(2, Map.of(), "contract", "--minutes", "0").lines())
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("gpu-check: --minutes: expected a number above 0");
  }

  @Test
  void aCheckStopsAndGoesOn() throws Exception {
    Path driver =
        Path.of(System.getProperty("seqgan.root", ".."), "seqgan-backend-cuda/target/cuda-emulator")
            .toAbsolutePath();
    assumeTrue(Files.exists(driver.resolve("libcuda.so.1")), "no emulated driver was built");
    Map<String, String> emulated = Map.of(LIBRARY_PATH, driver.toString());
    List<String> brief = new ArrayList<>(CONTRACT);
    brief.addAll(1, List.of("--minutes", "0.001"));
    check(143, emulated, brief.toArray(String[]::new));
    JsonNode first = contract();
    assertThat(first.path("complete").asBoolean()).isFalse();
    assertThat(first.path("remaining")).isNotEmpty();

    check(0, emulated, CONTRACT.toArray(String[]::new));
    JsonNode all = contract();
    assertThat(all.path("complete").asBoolean()).isTrue();
    assertThat(all.path("remaining")).isEmpty();
    assertThat(all.path("passed").asInt()).isGreaterThan(100);
    assertThat(all.path("failed").asInt()).isZero();
    assertThat(all.path("of").path("device 0").asText()).isNotEmpty();
    for (Map.Entry<String, JsonNode> part : first.path("parts").properties()) {
      assertThat(all.path("parts").path(part.getKey()))
          .as("what was done is not done again")
          .isEqualTo(part.getValue());
    }
    assertThat(check(0, emulated, CONTRACT.toArray(String[]::new))).startsWith("complete, see");
    assertThat(check(3, emulated, "contract")).contains("is of something else: arguments is");
  }

  @Test
  void itsScriptForPythonCompiles() throws Exception {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(each -> Files.isExecutable(Path.of(each, "python3"))),
        "no python3");
    run(0, Map.of(), here, "python3", "-m", "py_compile", unpacked + "/bench_torch.py");
  }

  private JsonNode contract() throws IOException {
    return new ObjectMapper().readTree(here.resolve("contract.json").toFile());
  }

  private String check(int expected, Map<String, String> environment, String... words)
      throws Exception {
    String program = unpacked.resolve("gpu-check").toString();
    String[] all = Stream.concat(Stream.of(program), Stream.of(words)).toArray(String[]::new);
    return run(expected, environment, here, all);
  }

  private static Path bundle() throws Exception {
    Path source = Path.of(System.getProperty("seqgan.root", "..")).toAbsolutePath();
    List<String> words = new ArrayList<>();
    words.add(source.resolve("scripts/gpu-bundle").toString());
    Path archive = folder.resolve("gpu.tar.gz");
    words.add(archive.toString());
    try (Stream<Path> tests = Files.list(source.resolve("seqgan-core/target"))) {
      tests.map(Path::toString).filter(path -> path.endsWith("-tests.jar")).forEach(words::add);
    }
    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> path.endsWith(".jar"))
        .filter(path -> !LEFT_OUT.matcher(Path.of(path).getFileName().toString()).matches())
        .forEach(words::add);
    try (Stream<Path> ours = Files.list(source.resolve("seqgan-cli/target"))) {
      ours.filter(path -> path.getFileName().toString().matches("seqgan-cli-.*\\.jar"))
          .forEach(path -> words.add(path.toString()));
    }
    run(0, Map.of(), folder, words.toArray(String[]::new));
    return archive;
  }

  /** What the machine's linker gives a program, at the same place below another root. */
  private static void addLibraries(Path program) throws Exception {
    Matcher libraries = LIBRARY.matcher(run(0, Map.of(), folder, "ldd", program.toString()));
    while (libraries.find()) {
      Path library = Path.of(libraries.group(1));
      Path copy = root.resolve(library.toString().substring(1));
      if (!library.startsWith(root) && !Files.exists(copy)) {
        Files.createDirectories(copy.getParent());
        Files.copy(library, copy);
      }
    }
  }

  private static String run(
      int expected, Map<String, String> environment, Path folder, String... words)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("said", ".txt");
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(600, TimeUnit.SECONDS)).as(String.join(" ", words)).isTrue();
      String said = Files.readString(out);
      assertThat(process.exitValue()).as(said).isEqualTo(expected);
      return said;
    } finally {
      process.destroyForcibly();
      Files.delete(out);
    }
  }
}

package org.seqgan.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.seqgan.backend.cuda.emulator.EmulatedDriver;
import org.seqgan.backend.cuda.emulator.EmulatedDriver.Setting;

@DisplayName("Backend cuda says why it cannot run here")
class AvailabilityTest {
  private static final String JCUDA = "libJCudaDriver-12.6.0-linux-x86_64.so";

  /** What a process says that has these variables and properties, and this driver or none. */
  private static String look(
      Map<String, String> variables, List<String> properties, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    words.addAll(properties);
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.add(AvailabilityProcess.class.getName());
    words.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(variables);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  /** With the emulated driver, as it is set up by one setting. */
  private static String lookAt(Setting setting, long value, int device)
      throws IOException, InterruptedException {
    return lookAt(setting, value, device, Precision.FLOAT32);
  }

  private static String lookAt(Setting setting, long value, int device, Precision precision)
      throws IOException, InterruptedException {
    return look(
        EmulatedDriver.variables(Map.of(setting, value)),
        libraries(),
        List.of(String.valueOf(device), precision.name(), EmulatedDriver.library().toString()));
  }

  private static List<String> libraries() {
    return List.of("-Djava.library.path=" + System.getProperty("java.library.path"));
  }

  /** It may take a driver long to compile them. */
  @Test
  void kernelsAreLoadedByOpeningAlone() throws IOException, InterruptedException {
    assertThat(lookAt(Setting.MODULE, 209, 0))
        .contains("kernels: machine code for 9.0")
        .contains("free of 2.0 GiB")
        .doesNotContain("unavailable")
        .contains(
            "refused: backend cuda cannot run here: cuda: cuModuleLoadData of machine code for 9.0"
                + " failed with CUDA_ERROR_NO_BINARY_FOR_GPU");
  }

  /** Left to itself, JCuda unpacks its library there and leaves it. */
  @Test
  void nothingStaysInTheFolderForTemporaryFiles(@TempDir Path folder)
      throws IOException, InterruptedException {
    String output =
        look(
            Map.of(),
            List.of("-Djava.io.tmpdir=" + folder, libraries().get(0)),
            List.of("0", "FLOAT32", EmulatedDriver.library().toString()));
    assertThat(output).contains("opened cuda");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  private static void assertUnavailable(String output, String reason) {
    assertThat(output)
        .contains("unavailable: " + reason)
        .contains("refused: backend cuda cannot run here: " + reason)
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DRIVER     | 10020 | 0 | the NVIDIA driver is too old: found one for CUDA 10.2, expected 11.0 or newer; update the driver
          INIT       | 100   | 0 | the NVIDIA driver finds no device; CUDA_VISIBLE_DEVICES may hide it
          INIT       | 803   | 0 | the NVIDIA driver's library and its kernel module differ in version; restart the machine after an update of the driver
          INIT       | 999   | 0 | the NVIDIA driver does not start: CUDA_ERROR_UNKNOWN (999); nvidia-smi may say more
          DEVICES    | 0     | 0 | the NVIDIA driver finds no device
          DEVICES    | 2     | 2 | expected a device 2, found 2: emulated device 0, emulated device 1; set backend.device
          CAPABILITY | 61    | 0 | device 0 (emulated device 0) is too old: expected compute capability 7.5 or higher, found 6.1
          CONTEXT    | 2     | 0 | cuda: cuDevicePrimaryCtxRetain failed with CUDA_ERROR_OUT_OF_MEMORY
          """)
  void tellsApartWhatADriverAnswers(Setting setting, long value, int device, String reason)
      throws IOException, InterruptedException {
    assertUnavailable(lookAt(setting, value, device), reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DRIVER     | 13000 | driver: for CUDA 13.0 | machine code for 9.0
          DRIVER     | 11000 | driver: for CUDA 11.0 | PTX for 8.0, compiled by the driver
          CAPABILITY | 120   | compute capability 12.0 | PTX for 8.0, compiled by the driver
          CAPABILITY | 86 | compute capability 8.6 | PTX for 8.0, compiled by the driver
          CAPABILITY | 75 | compute capability 7.5 | PTX for 7.5, compiled by the driver
          """)
  void saysWhatItFoundWhereItCanRun(Setting setting, long value, String found, String kernels)
      throws IOException, InterruptedException {
    assertThat(lookAt(setting, value, 0))
        .contains(found)
        .contains("kernels: " + kernels)
        .containsPattern("memory: \\S+ \\S+ free of 2.0 GiB")
        .contains("opened cuda")
        .doesNotContain("unavailable");
  }

  @ParameterizedTest
  @EnumSource(names = "FLOAT32", mode = EnumSource.Mode.EXCLUDE)
  void tensorCoresNeedADeviceThatHasThem(Precision precision)
      throws IOException, InterruptedException {
    assertUnavailable(
        lookAt(Setting.CAPABILITY, 75, 0, precision),
        "backend.precision = %s needs compute capability 8.0 or higher, found 7.5; set backend.precision = float32"
            .formatted(precision));
    assertThat(lookAt(Setting.CAPABILITY, 80, 0, precision))
        .contains("precision of a discriminator's products: " + precision)
        .contains("opened cuda");
  }

  @Test
  void withoutADriver() throws IOException, InterruptedException {
    String output = look(Map.of(), libraries(), List.of("0", "FLOAT32"));
    assumeFalse(output.contains("driver: for CUDA"), "this machine has a driver");
    assertUnavailable(
        output,
        "no NVIDIA driver: libcuda.so.1 is not on this machine; install the driver, or use another"
            + " backend");
  }

  @Test
  void withALibraryThatDoesNotLoad(@TempDir Path folder) throws IOException, InterruptedException {
    Files.writeString(folder.resolve(JCUDA), "no library");
    String output =
        look(Map.of(), List.of("-Djava.library.path=" + folder), List.of("0", "FLOAT32"));
    assertUnavailable(output, JCUDA + " does not load");
  }

  @Test
  void withALibraryThatNeedsAnother(@TempDir Path folder) throws IOException, InterruptedException {
    EmulatedDriver.load(); // tells whether there is a compiler
    Path needed = folder.resolve("libneeded.so");
    compile("-o", needed.toString());
    compile("-o", folder.resolve(JCUDA).toString(), "-Wl,--no-as-needed", needed.toString());
    Files.delete(needed);
    String output =
        look(Map.of(), List.of("-Djava.library.path=" + folder), List.of("0", "FLOAT32"));
    assertUnavailable(output, JCUDA + " needs ");
    assertThat(output).contains("libneeded.so, which is not on this machine; install it");
  }

  /** A library with nothing in it. */
  private static void compile(String... options) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("g++", "-shared", "-x", "c", "/dev/null"));
    words.addAll(List.of("-x", "none"));
    words.addAll(List.of(options));
    assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
  }
}

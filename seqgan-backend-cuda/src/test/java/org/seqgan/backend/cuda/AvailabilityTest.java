package org.seqgan.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.backend.cuda.emulator.EmulatedDriver;
import org.seqgan.backend.cuda.emulator.EmulatedDriver.Setting;

@DisplayName("Whether cuda can run here")
class AvailabilityTest {
  private static final String NAME = "backend cuda cannot run here: ";

  /** Where {@link EmulatedDriver} builds it. */
  private static final String DRIVER =
      Path.of("target", "cuda-emulator", "libcuda.so.1").toAbsolutePath().toString();

  @TempDir private Path temporary;

  @BeforeAll
  static void buildDriver() {
    EmulatedDriver.load();
  }

  @Test
  void aMachineWithoutADriverIsToldSo() throws IOException, InterruptedException {
    assumeFalse(
        Files.exists(Path.of("/proc/driver/nvidia/version")),
        "this machine has a driver of its own");
    assertThat(doctor(List.of(), Map.of()))
        .containsExactly(
            NAME
                + "no NVIDIA driver: libcuda.so.1 is not on this machine; install the driver, or"
                + " use another backend");
  }

  @Test
  void aDeviceIsDescribed() throws IOException, InterruptedException {
    assertThat(emulated(Map.of(Setting.CAPABILITY, 86L)))
        .anySatisfy(line -> assertThat(line).startsWith("driver: for CUDA "))
        .anySatisfy(line -> assertThat(line).contains("compute capability 8.6"))
        .contains("in use: device 0", "kernels: PTX for 7.5, compiled by the driver")
        .anySatisfy(line -> assertThat(line).matches("memory: .* free of .*"))
        .endsWith("available");
  }

  @Test
  void anOldDriverIsNamed() throws IOException, InterruptedException {
    assertThat(emulated(Map.of(Setting.DRIVER, 10020L)))
        .containsExactly(
            NAME
                + "the NVIDIA driver is too old: found one for CUDA 10.2, expected 11.0 or newer;"
                + " update the driver");
  }

  @Test
  void aDriverWithoutADeviceIsToldApart() throws IOException, InterruptedException {
    String noDevice = NAME + "the NVIDIA driver finds no device; CUDA_VISIBLE_DEVICES may hide it";
    assertThat(emulated(Map.of(Setting.INIT, 100L))).containsExactly(noDevice);
    assertThat(emulated(Map.of(Setting.DEVICES, 0L))).containsExactly(noDevice);
    assertThat(emulated(Map.of(Setting.INIT, 803L)).get(0)).contains("differ in version");
  }

  @Test
  void anOldDeviceIsNamed() throws IOException, InterruptedException {
    assertThat(emulated(Map.of(Setting.CAPABILITY, 70L)))
        .last()
        .asString()
        .contains("is too old: expected compute capability 7.5 or higher, found 7.0");
  }

  @Test
  void nothingStaysInTheFolderForTemporaryFiles() throws IOException, InterruptedException {
    emulated(Map.of());
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.filter(file -> file.toString().contains("cuda"))).isEmpty();
    }
  }

  private List<String> emulated(Map<Setting, Long> settings)
      throws IOException, InterruptedException {
    return doctor(List.of(DRIVER), EmulatedDriver.variables(settings));
  }

  /** What the program prints, logging apart. */
  private List<String> doctor(List<String> arguments, Map<String, String> variables)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(DoctorProgram.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(variables);
    Process process = builder.start();
    try (InputStream in = process.getInputStream()) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertThat(process.waitFor()).as("exit code").isZero();
      return lines;
    }
  }
}

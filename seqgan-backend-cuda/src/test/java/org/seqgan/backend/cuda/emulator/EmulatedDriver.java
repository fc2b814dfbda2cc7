package org.seqgan.backend.cuda.emulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;
import org.seqgan.testkit.Requirement;

/**
 * The driver that tests run on where there is no GPU: {@code src/test/cuda/emulator}, compiled with
 * the kernels of {@code src/main/cuda} and of the tests by g++, once for as long as no source
 * changes. Loaded before JCuda, it is the {@code libcuda.so.1} that JCuda is linked to.
 *
 * <p>Where it cannot be built the tests that need it are skipped, and say why ({@link Requirement}
 * {@code cuda-emulator}). Where {@code seqgan.cuda.driver} is {@code machine}, tests run on the
 * driver of the machine instead, and those that need this one are skipped.
 *
 * <p>For one thread at a time, as it has one device.
 */
public final class EmulatedDriver {
  private static final Requirement REQUIREMENT = new Requirement("cuda-emulator");
  private static final Path MODULE = Path.of("").toAbsolutePath();

  private EmulatedDriver() {}

  /** What can be set: see {@code settings.h}, which has them in this order. */
  public enum Setting {
    /** What {@code cuInit} answers. */
    INIT,
    /** The CUDA version of the driver: 1000 * major + 10 * minor. */
    DRIVER,
    /** How many devices. */
    DEVICES,
    /** Compute capability: 10 * major + minor. */
    CAPABILITY,
    /** Multiprocessors. */
    PROCESSORS,
    /** Memory of the device, in MiB. */
    MEMORY_MIB,
    /** What {@code cuDevicePrimaryCtxRetain} answers. */
    CONTEXT,
    /** What {@code cuModuleLoadData} answers; where it is 0, that depends on the module. */
    MODULE,
    /** Order of threads and blocks: 0 forward, 1 reverse, above that random from this seed. */
    ORDER,
    /** 1: a stream works only when somebody waits for it. */
    LAZY,
    /** 1: kernels run in check mode; for the whole life of a backend. */
    CHECK,
    /** 1: failures of kernels are not written to standard error. */
    QUIET;

    /** The variable that the driver takes its first value from. */
    public String variable() {
      return "SEQGAN_EMULATOR_" + name();
    }
  }

  /** What is counted: see {@code counters.h}, which has them in this order. */
  public enum Counter {
    /** Of kernels, those of a graph not among them. */
    LAUNCHES,
    /** Of graphs. */
    GRAPH_LAUNCHES,
    /** Copies. */
    HOST_TO_DEVICE,
    /** Copies. */
    DEVICE_TO_HOST,
    /** Copies. */
    DEVICE_TO_DEVICE,
    /** Fills of device memory. */
    MEMSETS,
    /** Calls in which the host waits for the device. */
    WAITS,
    /** Of device memory. */
    ALLOCATIONS,
    /** Of device memory. */
    FREES,
    /** Of pinned memory. */
    HOST_ALLOCATIONS,
    /** Of device memory, at this moment. */
    LIVE_BYTES
  }

  /** Builds and loads it, once. */
  private static final class Holder {
    static final Optional<String> MISSING = whyNot();
    static final Optional<Path> LIBRARY =
        MISSING.isEmpty() ? Optional.of(build(kernels())) : Optional.empty();

    static {
      LIBRARY.ifPresent(library -> System.load(library.toString()));
    }
  }

  /**
   * Makes the emulated driver the one of this process. To be called before a test touches the
   * driver.
   *
   * @throws TestAbortedException if it cannot be built here, unless it is required
   */
  public static void load() {
    if (!onMachine()) {
      Holder.MISSING.ifPresent(EmulatedDriver::skip);
    }
  }

  private static boolean onMachine() {
    return System.getProperty("seqgan.cuda.driver", "").equals("machine");
  }

  /** Loads it for a test that can do without a driver, but not without this one. */
  private static void require() {
    if (onMachine()) {
      throw new TestAbortedException("the emulated driver is needed, which is not in use here");
    }
    load();
  }

  /** The library, for a process of its own, which is to load it before it touches JCuda. */
  public static Path library() {
    require();
    return Holder.LIBRARY.orElseThrow();
  }

  private static void skip(String missing) {
    REQUIREMENT.orSkip(false, "the emulated driver needs " + missing);
  }

  private static Optional<String> whyNot() {
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!platform.equals("Linux amd64")) {
      return Optional.of("Linux on x86-64, found " + platform);
    }
    for (String command : List.of("bash", "g++", "nm", "objcopy")) {
      if (!isOnPath(command)) {
        return Optional.of(command + ", which is not on the path");
      }
    }
    return Optional.empty();
  }

  private static boolean isOnPath(String command) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }

  /** The sources of the kernels: the module's own, and those of its tests. */
  private static List<Path> kernels() {
    List<Path> sources = new ArrayList<>();
    for (String folder : List.of("src/main/cuda", "src/test/cuda/planted")) {
      try (Stream<Path> files = Files.list(MODULE.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".cu")).sorted().forEach(sources::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return sources;
  }

  private static Path build(List<Path> kernels) {
    Path folder = MODULE.resolve("target/cuda-emulator");
    List<String> command = new ArrayList<>();
    command.add("bash");
    command.add(MODULE.resolve("src/test/cuda/emulator/build").toString());
    command.add(folder.toString());
    kernels.forEach(source -> command.add(source.toString()));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output;
      try (InputStream in = process.getInputStream()) {
        output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      if (process.waitFor() != 0) {
        throw new AssertionError("the emulated driver does not compile:\n" + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return folder.resolve("libcuda.so.1");
  }

  /** Sets it for what runs in the body, then sets it back. */
  public static void with(Setting setting, long value, Runnable body) {
    require();
    long before = setting(setting.ordinal());
    setSetting(setting.ordinal(), value);
    try {
      body.run();
    } finally {
      setSetting(setting.ordinal(), before);
    }
  }

  /** Counts so far. */
  public static Map<Counter, Long> counts() {
    require();
    Map<Counter, Long> counts = new EnumMap<>(Counter.class);
    for (Counter counter : Counter.values()) {
      counts.put(counter, counted(counter.ordinal()));
    }
    return counts;
  }

  /** What was counted while the body ran; nothing that is zero. */
  public static Map<Counter, Long> counts(Runnable body) {
    Map<Counter, Long> before = counts();
    body.run();
    Map<Counter, Long> after = counts();
    after.replaceAll((counter, count) -> count - before.getOrDefault(counter, 0L));
    after.values().removeIf(count -> count == 0);
    return after;
  }

  /**
   * What the first kernel that failed did wrong, and where; empty if none did. Until then and
   * {@link #recover} the driver answers every call with the error, as a real one does.
   */
  public static String failure() {
    require();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int i = 0; failureByte(i) >= 0; i++) {
      text.write(failureByte(i));
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  /** Makes the driver work again after a kernel failed. */
  public static void recover() {
    require();
    resetFailure();
  }

  /** Settings for a process of its own, as variables of its environment. */
  public static Map<String, String> variables(Map<Setting, Long> settings) {
    Map<String, String> variables = new TreeMap<>();
    settings.forEach((setting, value) -> variables.put(setting.variable(), value.toString()));
    return variables;
  }

  private static native long counted(int counter);

  private static native long setting(int setting);

  private static native void setSetting(int setting, long value);

  private static native int failureByte(int index);

  private static native void resetFailure();
}

package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.seqgan.api.UserCache;

/** The program in a process of its own, which can be stopped and killed. */
final class ProgramProcess implements AutoCloseable {
  /** For a program that hangs; one that works is waited for, however busy the machine is. */
  private static final int LONGEST_SECONDS = 600;

  private static final int GONE_SECONDS = 10;

  /** A virtual machine that is small and starts quickly. */
  private static final List<String> SMALL =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

  private final Process process;
  private final BufferedReader out;
  private final Path errors;

  private ProgramProcess(Process process, Path errors) {
    this.process = process;
    this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    this.errors = errors;
  }

  /**
   * Starts it with this virtual machine's options and a cache of its own. What it prints is to be
   * read.
   *
   * @param errors where its standard error goes
   */
  static ProgramProcess start(Path errors, String... arguments) throws IOException {
    List<String> options =
        new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    options.addAll(commonNatives());
    List<String> words = words(Main.class, options, arguments);
    ProcessBuilder builder = new ProcessBuilder(words).redirectError(errors.toFile());
    builder.environment().put(UserCache.VARIABLE, errors.resolveSibling("cache").toString());
    return new ProgramProcess(builder.start(), errors);
  }

  /** Starts it in a small virtual machine; what it prints goes nowhere. */
  static ProgramProcess startSilent(Path errors, List<String> arguments) throws IOException {
    return startSilent(errors, Map.of(), List.of(), arguments);
  }

  /**
   * The same in surroundings of its own.
   *
   * @param environment further variables
   * @param shell words to put before the command, which run it
   */
  static ProgramProcess startSilent(
      Path errors, Map<String, String> environment, List<String> shell, List<String> arguments)
      throws IOException {
    List<String> words = new ArrayList<>(shell);
    words.addAll(words(Main.class, SMALL, arguments.toArray(String[]::new)));
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile());
    builder.environment().putAll(environment);
    return new ProgramProcess(builder.start(), errors);
  }

  /** For a process with a cache of its own: native libraries are large, so tests share theirs. */
  static List<String> commonNatives() {
    return Stream.ofNullable(System.getenv(UserCache.VARIABLE))
        .map(
            cache ->
                "-Dorg.bytedeco.javacpp.cachedir=" + Path.of(cache, "javacpp").toAbsolutePath())
        .toList();
  }

  /**
   * The words that start a virtual machine.
   *
   * @param main the class that it runs
   * @param options of the virtual machine
   */
  static List<String> words(Class<?> main, List<String> options, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(options);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    words.addAll(List.of(arguments));
    return words;
  }

  /** Where a shell has SIGINT ignored for its background, programs do not get it either. */
  static void requireSignals() throws IOException {
    Path status = Path.of("/proc/self/status");
    assumeTrue(Files.exists(status), "needs Linux to look at its signals");
    long ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .mapToLong(line -> Long.parseLong(line.substring("SigIgn:".length()).strip(), 16))
            .findFirst()
            .orElse(0);
    assumeTrue((ignored & 2) == 0, "SIGINT is ignored in this environment");
  }

  Process process() {
    return process;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Reads what it prints until there is a line of a kind. */
  String awaitLine(Predicate<String> wanted) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (wanted.test(line)) {
        return line;
      }
    }
    throw new AssertionError("it ended before that: " + errors());
  }

  /** Sends it INT or TERM. */
  void send(String signal) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  /** The same for one that may have ended: then there is nobody to send it to. */
  void sendUnlessEnded(String signal) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
    assertThat(kill.waitFor() == 0 || !process.isAlive()).as("it gets %s", signal).isTrue();
  }

  /** Waits until it has written a file. */
  void awaitFile(Path file) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (Files.notExists(file)) {
      assertThat(process.isAlive()).as(errors()).isTrue();
      assertThat(System.nanoTime()).as("it writes %s", file).isLessThan(end);
      Thread.sleep(20);
    }
  }

  /** Reads the rest of what it prints; its exit code. */
  int awaitEnd() throws IOException, InterruptedException {
    while (out.readLine() != null) {
      // It must not wait for a reader.
      continue;
    }
    assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
    return process.exitValue();
  }

  /** Waits for the end of a process that somebody else started: the one that writes a run. */
  static void awaitEndOf(Path run) throws Exception {
    JsonNode status = new ObjectMapper().readTree(run.resolve("status.json").toFile());
    Optional<ProcessHandle> process = ProcessHandle.of(status.get("pid").longValue());
    if (process.isPresent()) {
      process.get().onExit().get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** What it printed as errors. */
  String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL. */
  void kill() throws IOException, InterruptedException {
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGKILL for it and the processes that it started, all at once. */
  void killAll() throws IOException, InterruptedException {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    awaitEnd();
  }

  /** Ends it and what it started, and waits: until then they may write into the test's folder. */
  @Override
  public void close() {
    end(process);
  }

  /** SIGKILL for a process and those that it started. Waits until they are gone. */
  static void end(Process process) {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle one : all) {
      // One whose parent is gone stays in the list where the first process does not clear it.
      one.onExit().completeOnTimeout(one, GONE_SECONDS, TimeUnit.SECONDS).join();
    }
  }
}

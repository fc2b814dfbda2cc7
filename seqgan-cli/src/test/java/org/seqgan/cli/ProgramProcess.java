package org.seqgan.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The program in a process of its own, which can be killed.
 *
 * @param process it
 * @param errors what it prints on its error stream
 */
record ProgramProcess(Process process, Path errors) implements AutoCloseable {
  private static final int LONGEST_SECONDS = 60;

  /** A virtual machine that is small and starts quickly. */
  private static final List<String> SMALL =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

  /**
   * Starts it.
   *
   * @param errors a file for its error stream
   * @param arguments of the program
   */
  static ProgramProcess start(Path errors, List<String> arguments) throws IOException {
    return start(errors, Map.of(), List.of(), arguments);
  }

  /**
   * Starts it in surroundings of its own.
   *
   * @param environment further variables
   * @param shell words to put before the command, which run it
   */
  static ProgramProcess start(
      Path errors, Map<String, String> environment, List<String> shell, List<String> arguments)
      throws IOException {
    List<String> words = new ArrayList<>(shell);
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(SMALL);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    words.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile());
    builder.environment().putAll(environment);
    return new ProgramProcess(builder.start(), errors);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The exit code, once it has ended. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the program did not end within " + LONGEST_SECONDS + " s");
    }
    return process.exitValue();
  }

  /** What it printed on its error stream. */
  String said() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    exitCode();
  }

  /** SIGKILL for it and the processes that it started, all at once. */
  void killAll() throws InterruptedException {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    exitCode();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}

package org.seqgan.cli.ui;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.seqgan.cli.http.HttpProblem;
import org.seqgan.core.run.DurableFiles;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.run.RunStatus;

/** The processes of runs on this machine. */
final class RunProcesses {
  /** The clock of the status and that of the system's list of processes may differ by so much. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  private static final long FIRST_SECONDS = 3;
  private static final int LONGEST_MESSAGE = 4000;

  private final Function<Path, List<String>> resuming;

  /**
   * Processes.
   *
   * @param resuming the words that go on with a run directory
   */
  RunProcesses(Function<Path, List<String>> resuming) {
    this.resuming = resuming;
  }

  /**
   * Asks the process of a run to stop as SIGTERM does: at the end of its batch, having saved.
   *
   * @throws HttpProblem (409) where that process is not certainly one of this program on this
   *     machine, or this system cannot ask
   */
  void stop(RunLayout layout) {
    RunStatus status = RunStatus.read(layout.status());
    ProcessHandle process =
        ProcessHandle.of(status.pid())
            .filter(ProcessHandle::isAlive)
            .orElseThrow(() -> cannot(status, "there is no such process on this machine"));
    if (process.pid() == ProcessHandle.current().pid()) {
      throw cannot(status, "that is this server's own");
    }
    if (!process.supportsNormalTermination()) {
      throw cannot(status, "this system has no polite way to ask it");
    }
    boolean later =
        process
            .info()
            .startInstant()
            .map(start -> start.isAfter(status.updated().plus(SLACK)))
            .orElse(true);
    if (later || !isOurs(process)) {
      throw cannot(status, "the process of that number is another one, or of another user");
    }
    process.destroy();
  }

  private static boolean isOurs(ProcessHandle process) {
    String line = commandLine(process);
    return line.contains("org.seqgan.cli.Main") && line.contains(" train ");
  }

  /** As Linux has it, where that is there: the JDK gives the first 4,096 bytes, a class path. */
  private static String commandLine(ProcessHandle process) {
    try {
      Path words = Path.of("/proc", Long.toString(process.pid()), "cmdline");
      return Files.readString(words, ISO_8859_1).replace('\0', ' ');
    } catch (IOException e) {
      return process.info().commandLine().orElse("");
    }
  }

  private static HttpProblem cannot(RunStatus status, String why) {
    return new HttpProblem(
        409,
        "its process %d cannot be stopped from here: %s; press Ctrl-C where it was started"
            .formatted(status.pid(), why));
  }

  /**
   * Goes on with a run in a process of its own, which does not end with this one.
   *
   * @throws HttpProblem (409) with what it said, where it ends within seconds and not well
   */
  void resume(RunLayout layout) throws IOException {
    Path said = Files.createTempFile("seqgan-resume-", ".log");
    try {
      Process process =
          new ProcessBuilder(resuming.apply(layout.root()))
              .redirectInput(ProcessBuilder.Redirect.from(nothing()))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(said.toFile())
              .start();
      if (process.waitFor(FIRST_SECONDS, TimeUnit.SECONDS) && process.exitValue() != 0) {
        throw new HttpProblem(409, lastLine(said).orElse("it ended with " + process.exitValue()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      DurableFiles.delete(said);
    }
  }

  private static File nothing() {
    return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
  }

  private static Optional<String> lastLine(Path said) throws IOException {
    String text = Files.readString(said);
    return text.substring(Math.max(0, text.length() - LONGEST_MESSAGE))
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((first, second) -> second)
        .map(line -> line.replaceFirst("^seqgan: ", ""));
  }
}

package org.seqgan.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.seqgan.api.UserException;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.core.run.DurableFiles;

/**
 * The classes that a training needs as the virtual machine has them after it has read and checked
 * them: an archive for one Java and one set of jars, which the launcher names to the virtual
 * machine where it is there. Another Java, or another jar, makes the virtual machine ignore it
 * without a word.
 *
 * <p>Beside it stands its size. The launcher uses no archive of another size: one that is cut short
 * ends Java 17 by a signal.
 *
 * @param home of the distribution
 */
record ClassArchive(Path home) {
  /** The classes of a whole training are loaded by a small one. */
  private static final List<String> SMALL_TRAINING =
      List.of(
          "train",
          "quickstart",
          "task.training-sequences=64",
          "task.validation-sequences=64",
          "task.test-sequences=64",
          "training.batch-size=32",
          "training.generator-pretraining.epochs=1",
          "training.discriminator-pretraining.rounds=1",
          "training.adversarial.rounds=1",
          "evaluation.samples=64",
          "--quiet");

  private static final int LONGEST_MINUTES = 5;

  /** Options of this process that say how it runs, which an archive neither has nor needs. */
  private static final List<String> NOT_INHERITED =
      List.of(
          "-XX:SharedArchiveFile", "-Dseqgan.terminal", "-agentlib:", "-javaagent:", "-Xlog:cds");

  private Path file() {
    return home.resolve("classes").resolve("classes.jsa");
  }

  private Path size() {
    return file().resolveSibling("classes.jsa.size");
  }

  /** Whether there is one that the launcher would use; this Java may still ignore it. */
  boolean isThere() {
    try {
      return Files.readString(size()).strip().equals(Long.toString(Files.size(file())));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Makes it anew with this Java, by a small training in a process of its own.
   *
   * @return what was made, in words
   * @throws UserException (environment) where that fails; what was there before stays
   */
  String make() {
    Path unfinished = file().resolveSibling("unfinished-" + ProcessHandle.current().pid());
    try {
      Files.createDirectories(file().getParent());
      Path run = Files.createTempDirectory("seqgan-classes");
      try {
        train(unfinished, run);
        force(unfinished);
        long bytes = Files.size(unfinished);
        Files.deleteIfExists(size()); // no archive is used beside the size of another
        Files.move(unfinished, file(), StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.replace(size(), bytes + "\n");
        return "%s, %s, for Java %s".formatted(file(), new ByteSize(bytes), Runtime.version());
      } finally {
        DurableFiles.delete(run);
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(file().getParent(), e);
    }
  }

  private void train(Path archive, Path run) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> NOT_INHERITED.stream().noneMatch(option::startsWith))
        .forEach(words::add);
    words.addAll(List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds*=off"));
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    words.addAll(SMALL_TRAINING);
    words.addAll(List.of("--run", run.resolve("run").toString()));
    Path log = run.resolve("log.txt");
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        throw notMade("it took more than %d minutes".formatted(LONGEST_MINUTES));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notMade("it was interrupted");
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0 || !Files.isRegularFile(archive)) {
      String said = Files.readString(log).lines().reduce((first, last) -> last).orElse("nothing");
      throw notMade(
          "the process ended with %d and said last: %s".formatted(process.exitValue(), said));
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static UserException notMade(String why) {
    return new UserException(
        UserException.Kind.ENVIRONMENT,
        "the class archive could not be made: %s; the program runs without it".formatted(why));
  }
}

package org.seqgan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;
import org.seqgan.core.matrix.Resources;
import org.seqgan.core.run.PoliteStop;
import picocli.CommandLine.Option;

/** How a matrix is given to Apache Spark: by {@code spark-submit}, with the jar seqgan-spark. */
final class SparkArguments {
  /** What the jar takes of an executor's memory for itself, {@code Share.RESERVED_MEGABYTES}. */
  private static final long RESERVED_MEGABYTES = 384;

  @Option(
      names = "--spark-jar",
      paramLabel = "FILE",
      description =
          "with --on spark://...: the jar seqgan-spark of this version (default: in the folder spark"
              + " of the program)")
  private @Nullable Path jar;

  @Option(
      names = "--spark-conf",
      paramLabel = "KEY=VALUE",
      description = "with --on spark://...: configuration of Spark, as in spark.cores.max=16")
  private List<String> configuration = new ArrayList<>();

  SparkArguments() {}

  boolean isGiven() {
    return jar != null || !configuration.isEmpty();
  }

  /**
   * The command line that has Spark run a matrix.
   *
   * @param name of the matrix
   * @param master the address of Spark's master
   * @param out the directory of the matrix, a folder or a URI of Hadoop's
   * @param parallel cells at a time of each executor
   * @param share of each cell
   * @param words what the application is told besides
   */
  List<String> command(
      String name, String master, String out, int parallel, Resources share, List<String> words) {
    long megabytes = (share.memory().bytes() >> 20) * parallel + RESERVED_MEGABYTES;
    List<String> command = new ArrayList<>(List.of(sparkSubmit()));
    command.addAll(List.of("--master", master, "--name", "seqgan-" + name));
    configure(command, "spark.executor.cores=" + share.threads() * parallel);
    configure(command, "spark.task.cpus=" + share.threads());
    configure(command, "spark.executor.memoryOverhead=" + megabytes + "m");
    configuration.forEach(each -> configure(command, each));
    command.add(jar().toString());
    command.addAll(List.of("--home", home().toString(), "--out", out));
    command.addAll(words);
    return command;
  }

  private static void configure(List<String> command, String setting) {
    command.addAll(List.of("--conf", setting));
  }

  private static String sparkSubmit() {
    String home = System.getenv("SPARK_HOME");
    return home == null ? "spark-submit" : Path.of(home, "bin", "spark-submit").toString();
  }

  private static Path home() {
    return Main.home()
        .orElseThrow(
            () ->
                Misuse.of(
                    "--on spark://...: the program has to be started by its launcher, bin/seqgan"));
  }

  private Path jar() {
    Path file =
        jar != null
            ? jar
            : home().resolve("spark").resolve("seqgan-spark-" + Version.number() + ".jar");
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          UserException.Kind.ENVIRONMENT,
          "expected the jar seqgan-spark at %s, found none; put that of this version there, or name it by --spark-jar"
              .formatted(file));
    }
    return file.toAbsolutePath();
  }

  /**
   * Runs it to its end. When this process is told to stop, so is that.
   *
   * @return its exit code
   * @throws UserException of kind {@code ENVIRONMENT} where Spark is not here
   */
  static int run(List<String> command) {
    try (PoliteStop stop = PoliteStop.install(() -> {}, MatrixCommand.GRACE)) {
      Process process = new ProcessBuilder(command).inheritIO().start();
      boolean told = false;
      while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
        if (stop.getAsBoolean() && !told) {
          told = true;
          process.destroy();
        }
      }
      return told && process.exitValue() != 0
          ? ExitCode.of(stop.signal()).code()
          : process.exitValue();
    } catch (IOException e) {
      throw new UserException(
          UserException.Kind.ENVIRONMENT,
          "cannot start %s (%s): expected Spark on this machine; set SPARK_HOME to where it is"
              .formatted(command.get(0), e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException(
          UserException.Kind.ENVIRONMENT, "interrupted while Spark ran " + command.get(0), e);
    }
  }
}

package org.seqgan.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;
import org.seqgan.core.matrix.Resources;
import org.seqgan.core.run.DurableFiles;
import picocli.CommandLine.Option;

/** How workers are put into the queue of Slurm: as the tasks of one array job. */
final class SlurmArguments {
  /** What Slurm's own options look like; nothing that a shell or another line would make of it. */
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.,:=+/-]{0,200}");

  /** How long before its time is over a worker is told to stop, in seconds. */
  private static final int NOTICE = 60;

  /** For the process that looks after those of the cells. */
  private static final long OVERHEAD = 512L << 20;

  /** The names of them all. */
  static final List<String> OPTIONS =
      List.of("--partition", "--time", "--gres", "--workers", "--at-once");

  @Option(
      names = "--partition",
      paramLabel = "NAME",
      description = "with --on slurm: of the cluster (default: its default)")
  private @Nullable String partition;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description =
          "with --on slurm: limit for each worker, as in 1-12:00:00 (default: the partition's)")
  private @Nullable String time;

  @Option(
      names = "--gres",
      paramLabel = "GRES",
      description = "with --on slurm: what each worker gets besides, as in gpu:1")
  private @Nullable String gres;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "with --on slurm: tasks of the array (default: as many as have a cell to do)")
  private @Nullable Integer workers;

  @Option(
      names = "--at-once",
      paramLabel = "N",
      description = "with --on slurm: most tasks that run at a time (default: no limit)")
  private @Nullable Integer atOnce;

  SlurmArguments() {}

  boolean isGiven() {
    return partition != null || time != null || gres != null || workers != null || atOnce != null;
  }

  /**
   * The script of an array job.
   *
   * @param name of the matrix
   * @param directory of the matrix
   * @param cells that have not ended, at least 1
   * @param parallel cells at a time of each worker
   * @param share of each cell
   * @param command starts a worker
   */
  String script(
      String name, Path directory, int cells, int parallel, Resources share, List<String> command) {
    int tasks = positive("--workers", workers, (cells + parallel - 1) / parallel);
    StringBuilder text = new StringBuilder("#!/bin/sh\n");
    option(text, "job-name", "seqgan-" + name);
    String limit = atOnce == null ? "" : "%" + positive("--at-once", atOnce, 1);
    option(text, "array", "0-" + (tasks - 1) + limit);
    given(text, "partition", "--partition", partition);
    given(text, "time", "--time", time);
    given(text, "gres", "--gres", gres);
    option(text, "ntasks", "1");
    option(text, "cpus-per-task", Integer.toString(share.threads() * parallel));
    option(text, "mem", (share.memory().bytes() * parallel + OVERHEAD >> 20) + "M");
    // A worker that is preempted gives back what it has, and comes again.
    text.append("#SBATCH --requeue\n");
    option(text, "open-mode", "append");
    if (time != null) {
      option(text, "signal", "B:TERM@" + NOTICE);
    }
    option(text, "output", logs(directory) + "/%A_%a.txt");
    // The shell becomes the worker, so that signals are the worker's.
    return text.append("exec ").append(ShellCommand.of(command)).append('\n').toString();
  }

  private static Path logs(Path directory) {
    return directory.toAbsolutePath().normalize().resolve("workers");
  }

  private static int positive(String option, @Nullable Integer value, int otherwise) {
    if (value != null && value < 1) {
      throw Misuse.of(option + ": expected at least 1, found " + value);
    }
    return value == null ? otherwise : value;
  }

  private static void given(StringBuilder text, String key, String option, @Nullable String value) {
    if (value != null) {
      if (!WORD.matcher(value).matches()) {
        throw Misuse.of(
            "%s: expected a word as Slurm has them, found '%s'".formatted(option, value));
      }
      option(text, key, value);
    }
  }

  /** Slurm reads quotes as a shell does. */
  private static void option(StringBuilder text, String key, String value) {
    text.append("#SBATCH --")
        .append(key)
        .append('=')
        .append(ShellCommand.quoted(value))
        .append('\n');
  }

  /**
   * Submits a script.
   *
   * @return the number of the job
   * @throws UserException of kind {@code ENVIRONMENT} where Slurm is not here, or refuses it
   */
  static String submit(Path directory, String script) {
    Path file = directory.resolve("slurm.sh");
    DurableFiles.replace(file, script);
    try {
      Files.createDirectories(logs(directory));
      Process sbatch =
          new ProcessBuilder("sbatch", "--parsable", file.toAbsolutePath().toString())
              .redirectErrorStream(true)
              .start();
      String said =
          new String(sbatch.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (sbatch.waitFor() != 0) {
        throw new UserException(
            UserException.Kind.ENVIRONMENT,
            "sbatch refused %s: %s; correct it and use --resume, or submit that file yourself"
                .formatted(file, String.join(" / ", said.lines().toList())));
      }
      return said.replaceFirst(";.*", "");
    } catch (IOException e) {
      throw new UserException(
          UserException.Kind.ENVIRONMENT,
          "cannot start sbatch (%s): expected the commands of Slurm on this machine; submit %s where they are, or start 'seqgan worker %s' yourself"
              .formatted(e.getMessage(), file, directory),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException(
          UserException.Kind.ENVIRONMENT, "interrupted while sbatch had " + file, e);
    }
  }
}

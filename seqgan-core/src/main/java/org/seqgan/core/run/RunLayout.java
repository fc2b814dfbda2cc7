package org.seqgan.core.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.seqgan.api.UserException;

/**
 * Where things lie in a run directory.
 *
 * @param root the run directory
 */
public record RunLayout(Path root) {
  static final String LOCK = ".lock";
  private static final Set<String> NAMES =
      Set.of(
          LOCK,
          "config.conf",
          "metrics.jsonl",
          "checkpoints",
          "samples",
          "set-aside",
          "tensorboard",
          "mlflow.json",
          "listeners",
          "report.html",
          "status.json",
          "tags.json");

  /**
   * The layout of a run that is there.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} where there is none
   */
  public static RunLayout existing(Path root) {
    RunLayout layout = new RunLayout(root);
    if (!Files.isDirectory(root)) {
      throw notARun(root, Files.exists(root) ? "found a file" : "found nothing there");
    }
    for (Path needed : List.of(layout.config(), layout.status())) {
      if (!Files.isRegularFile(needed)) {
        throw notARun(root, "found no " + needed.getFileName() + " in it");
      }
    }
    return layout;
  }

  private static UserException notARun(Path root, String found) {
    return new UserException(
        UserException.Kind.RUN_DIRECTORY,
        "expected a run directory at "
            + root
            + ", "
            + found
            + "; check the name, or train the run first");
  }

  /** The name of the run: the last part of its path. */
  public String name() {
    return String.valueOf(root.toAbsolutePath().normalize().getFileName());
  }

  /** The configuration with every value resolved; written anew where a run goes on with another. */
  public Path config() {
    return root.resolve("config.conf");
  }

  /** Figures, one JSON object per line; read by {@link MetricsHistory}. */
  public Path metrics() {
    return root.resolve("metrics.jsonl");
  }

  /** The folder of {@link CheckpointStore}. */
  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  /** The folder of {@link SampleFolder}. */
  public Path samples() {
    return root.resolve("samples");
  }

  /**
   * The folder of what a resume put out of the way: figures, samples and warnings of steps after
   * the checkpoint that training went on from.
   */
  public Path setAside() {
    return root.resolve("set-aside");
  }

  /** The report. */
  public Path report() {
    return root.resolve("report.html");
  }

  /** The folder of event files that TensorBoard reads, where somebody asked for them. */
  public Path tensorBoard() {
    return root.resolve("tensorboard");
  }

  /** Which run of an MLflow server this one is, where somebody asked for that. */
  public Path mlflow() {
    return root.resolve("mlflow.json");
  }

  /** How the run stands; read by {@link RunStatus#read}. */
  public Path status() {
    return root.resolve("status.json");
  }

  /** What somebody calls the run, where somebody does; read by {@link RunTags#read}. */
  public Path tags() {
    return root.resolve("tags.json");
  }

  /** Held by the process that writes the run; the file stays, the lock on it goes. */
  Path lock() {
    return root.resolve(LOCK);
  }

  /**
   * Whether a process writes this run now. A status of {@code running} in a run that is not in use
   * means that its process was killed.
   */
  public boolean inUse() {
    if (!Files.exists(lock())) {
      return false;
    }
    Optional<RunLock> lock = RunLock.tryAcquire(this);
    lock.ifPresent(RunLock::close);
    return lock.isEmpty();
  }

  /**
   * Whether there is no folder, or nothing in it but what a process leaves that ended before the
   * run had its configuration: a lock, a status, and what was not written to its end.
   */
  boolean isVacant() throws IOException {
    if (!Files.isDirectory(root)) {
      return !Files.exists(root);
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries.allMatch(this::isLeftBeforeTheConfiguration);
    }
  }

  /**
   * Insists that there is nothing in the folder but what a process leaves that is killed while it
   * makes the directory.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY}, naming what else there is
   */
  public void requireUnused() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      Optional<Path> used =
          entries.filter(entry -> !isLeftBeforeTheConfiguration(entry)).sorted().findFirst();
      if (used.isPresent()) {
        throw notARun(
            root, "found '%s' and no config.conf in it".formatted(used.get().getFileName()));
      }
    }
  }

  private boolean isLeftBeforeTheConfiguration(Path entry) {
    String name = entry.getFileName().toString();
    return entry.equals(lock())
        || name.equals(status().getFileName() + DurableFiles.UNFINISHED)
        || name.equals(config().getFileName() + DurableFiles.UNFINISHED)
        || (entry.equals(status()) && RunStatus.isThatOfARun(entry));
  }

  /** Something in the folder that no run wrote. */
  Optional<Path> stranger() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.filter(entry -> !isOurs(entry)).sorted().findFirst();
    }
  }

  private static boolean isOurs(Path entry) {
    String name = entry.getFileName().toString();
    if (name.endsWith(DurableFiles.UNFINISHED)) {
      name = name.substring(0, name.length() - DurableFiles.UNFINISHED.length());
    }
    return NAMES.contains(name);
  }
}

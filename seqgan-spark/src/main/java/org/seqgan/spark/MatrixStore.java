package org.seqgan.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The directory of a matrix in a file system of Hadoop, as {@code seqgan matrix} has it in one of
 * the machine. Beside that, while a cell has not ended, {@code spark/ID/} has copies of what
 * attempts at it had: {@code NAME} is one, {@code NAME.whole} says that nothing of it is missing.
 *
 * <p>That a folder is renamed as a whole is not expected, because object stores copy its files one
 * by one; only one process, the driver, renames. {@code spark/ID/ending} says that {@code cells/ID}
 * may not be whole.
 */
final class MatrixStore {
  private static final String CELLS = "cells";
  private static final String COPIES = "spark";
  private static final String WHOLE = ".whole";
  private static final String ENDING = "ending";
  private static final String PLAN = "plan.json";

  private static final String CHECKPOINTS = "checkpoints";
  private static final String FIGURES = "run/metrics.jsonl";
  private static final String STATUS = "run/status.json";

  /** The files that say what the matrix is to do; the others are made of its results. */
  static final List<String> DESCRIPTION = List.of("program.json", "matrix.conf", PLAN);

  private final FileSystem files;
  private final Path root;

  private MatrixStore(FileSystem files, Path root) {
    this.files = files;
    this.root = root;
  }

  /**
   * A directory, which need not be there.
   *
   * @param uri such as {@code hdfs://namenode/matrices/table1}
   */
  static MatrixStore open(String uri, Configuration configuration) throws IOException {
    Path path = new Path(uri);
    FileSystem files = path.getFileSystem(configuration);
    // Its checksums would be files beside those of the matrix.
    FileSystem plain = files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
    return new MatrixStore(plain, plain.makeQualified(path));
  }

  // ---- the matrix, for the driver ----

  /** Insists that nothing is there. */
  void requireVacant() throws IOException {
    if (!list(root).isEmpty()) {
      throw new Refusal(
          Refusal.RUN_DIRECTORY,
          "%s exists already: use --resume to go on, or another --out".formatted(root));
    }
  }

  /** Insists that something is there. */
  void requireThere() throws IOException {
    if (!files.exists(root)) {
      throw new Refusal(
          Refusal.RUN_DIRECTORY,
          "expected the directory of a matrix to resume at %s, found none; start it without --resume"
              .formatted(root));
    }
  }

  /** Copies what the report is made of to a folder of this machine: all but checkpoints. */
  void fetch(java.nio.file.Path local) throws IOException {
    for (String name : DESCRIPTION) {
      if (files.exists(new Path(root, name))) {
        get(new Path(root, name), local.resolve(name));
      }
    }
    for (FileStatus cell : list(new Path(root, CELLS))) {
      String id = cell.getPath().getName();
      if (files.exists(new Path(copies(id), ENDING))) {
        files.delete(cell.getPath(), true); // its driver died while it moved it
        files.delete(copies(id), true);
      } else {
        fetchEnded(id, local);
      }
    }
  }

  /** The same of a cell. */
  void fetchEnded(String id, java.nio.file.Path local) throws IOException {
    get(new Path(new Path(root, CELLS), id), local.resolve(CELLS).resolve(id), Set.of(CHECKPOINTS));
  }

  /** Has the directory describe what is to be done, as a folder of this machine does. */
  void describe(java.nio.file.Path local) throws IOException {
    for (String name : DESCRIPTION) {
      if (Files.exists(local.resolve(name))) {
        put(local.resolve(name), new Path(root, name));
      }
    }
  }

  /** What is to be run again although it had ended. Attempts go on with what there is of it. */
  void reopenUnless(List<String> ended) throws IOException {
    for (FileStatus cell : list(new Path(root, CELLS))) {
      String id = cell.getPath().getName();
      if (!ended.contains(id)) {
        Path copy = new Path(copies(id), "reopened");
        files.mkdirs(copies(id));
        rename(cell.getPath(), copy);
        files.create(whole(copy), true).close();
      }
    }
  }

  /** Has a copy count as what the cell came to. */
  void end(String id, String name) throws IOException {
    Path ending = new Path(copies(id), ENDING);
    files.create(ending, true).close();
    files.mkdirs(new Path(root, CELLS));
    rename(new Path(copies(id), name), new Path(new Path(root, CELLS), id));
    files.delete(copies(id), true);
  }

  /** How far those cells are that have not ended and of which there is a copy. */
  List<CellStatus> underWay() throws IOException {
    List<CellStatus> all = new ArrayList<>();
    for (FileStatus cell : list(new Path(root, COPIES))) {
      Optional<Path> copy = best(cell.getPath());
      if (copy.isPresent()) {
        try (InputStream in = files.open(new Path(copy.get(), STATUS))) {
          String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          CellStatus.of(cell.getPath().getName(), json).ifPresent(all::add);
        } catch (FileNotFoundException e) {
          // A newer copy is there, or the cell has ended.
        }
      }
    }
    return all;
  }

  /** Copies what was made of the results in a folder of this machine. */
  void putResults(java.nio.file.Path local) throws IOException {
    for (java.nio.file.Path entry : names(local)) {
      String name = entry.getFileName().toString();
      if (Files.isRegularFile(entry) && !DESCRIPTION.contains(name)) {
        put(entry, new Path(root, name));
      }
    }
  }

  /** To be called when every cell has ended: attempts that were too late left something. */
  void tidy() throws IOException {
    files.delete(new Path(root, COPIES), true);
  }

  // ---- attempts, for executors ----

  /**
   * Copies what an attempt has by now, which goes on meanwhile.
   *
   * @param folder its folder
   * @param name of the copy; no other attempt at the cell may use it
   * @return whether there was something to go on with, and so a copy
   */
  boolean copy(java.nio.file.Path folder, String id, String name) throws IOException {
    Path to = new Path(copies(id), name);
    Path run = new Path(to, "run");
    java.nio.file.Path checkpoints = folder.resolve("run").resolve(CHECKPOINTS);
    // Checkpoints first: figures that are newer are set aside, older ones would be missing.
    for (java.nio.file.Path checkpoint : names(checkpoints)) {
      Path target = new Path(new Path(run, CHECKPOINTS), checkpoint.getFileName().toString());
      if (!putWhole(checkpoint, target)) {
        files.delete(target, true);
      }
    }
    if (list(new Path(run, CHECKPOINTS)).isEmpty()) {
      files.delete(to, true);
      return false;
    }
    putTree(folder, to, Set.of(CHECKPOINTS));
    files.create(whole(to), true).close();
    return true;
  }

  /** The same of an attempt that has ended. */
  void copyEnded(java.nio.file.Path folder, String id, String name) throws IOException {
    Path to = new Path(copies(id), name);
    files.delete(to, true);
    putTree(folder, to, Set.of());
    files.create(whole(to), true).close();
  }

  /** Deletes a copy that a newer one of the same attempt stands for. */
  void forget(String id, String name) throws IOException {
    Path copy = new Path(copies(id), name);
    files.delete(whole(copy), false);
    files.delete(copy, true);
  }

  /**
   * Copies what is worth most of the attempts at a cell, to go on with. Which one it is decides how
   * much is left to do, and nothing else.
   *
   * @param folder is made, where there is something
   */
  void restore(String id, java.nio.file.Path folder) throws IOException {
    Optional<Path> best = best(copies(id));
    if (best.isPresent()) {
      java.nio.file.Path unfinished = folder.resolveSibling(folder.getFileName() + ".tmp");
      get(best.get(), unfinished, Set.of());
      Files.move(unfinished, folder);
    }
  }

  private Optional<Path> best(Path copies) throws IOException {
    Optional<Path> best = Optional.empty();
    long most = -1;
    for (FileStatus entry : list(copies)) {
      Path copy = entry.getPath();
      if (entry.isDirectory() && files.exists(whole(copy))) {
        // Each step of training adds to its figures.
        long length = length(new Path(copy, FIGURES));
        if (length > most) {
          most = length;
          best = Optional.of(copy);
        }
      }
    }
    return best;
  }

  private Path copies(String id) {
    return new Path(new Path(root, COPIES), id);
  }

  private static Path whole(Path copy) {
    return copy.suffix(WHOLE);
  }

  // ---- files ----

  private long length(Path file) throws IOException {
    try {
      return files.getFileStatus(file).getLen();
    } catch (FileNotFoundException e) {
      return 0;
    }
  }

  private List<FileStatus> list(Path folder) throws IOException {
    try {
      return List.of(files.listStatus(folder));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  private void rename(Path from, Path to) throws IOException {
    if (files.exists(to) || !files.rename(from, to)) {
      throw new IOException("cannot rename %s to %s".formatted(from, to));
    }
  }

  private void get(Path from, java.nio.file.Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (InputStream in = files.open(from)) {
      Files.copy(in, to);
    }
  }

  /** A folder, without the folders in it of some names. */
  private void get(Path from, java.nio.file.Path to, Set<String> except) throws IOException {
    Files.createDirectories(to);
    for (FileStatus entry : list(from)) {
      String name = entry.getPath().getName();
      if (!entry.isDirectory()) {
        get(entry.getPath(), to.resolve(name));
      } else if (!except.contains(name)) {
        get(entry.getPath(), to.resolve(name), except);
      }
    }
  }

  private void put(java.nio.file.Path from, Path to) throws IOException {
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = files.create(to, true)) {
      in.transferTo(out);
    }
  }

  /** A folder of files that may be deleted meanwhile; whether it was not. */
  private boolean putWhole(java.nio.file.Path from, Path to) throws IOException {
    try {
      for (java.nio.file.Path file : names(from)) {
        put(file, new Path(to, file.getFileName().toString()));
      }
    } catch (NoSuchFileException e) {
      return false;
    }
    return Files.exists(from);
  }

  /** The same of a folder of this machine, in which something may be deleted meanwhile. */
  private void putTree(java.nio.file.Path from, Path to, Set<String> except) throws IOException {
    files.mkdirs(to);
    for (java.nio.file.Path entry : names(from)) {
      String name = entry.getFileName().toString();
      try {
        if (Files.isRegularFile(entry)) {
          put(entry, new Path(to, name));
        } else if (Files.isDirectory(entry) && !except.contains(name)) {
          putTree(entry, new Path(to, name), except);
        }
      } catch (NoSuchFileException e) {
        // It went meanwhile.
      }
    }
  }

  /** What is in a folder, without locks and files that are being written. */
  static List<java.nio.file.Path> names(java.nio.file.Path folder) throws IOException {
    List<java.nio.file.Path> names = new ArrayList<>();
    try (DirectoryStream<java.nio.file.Path> entries = Files.newDirectoryStream(folder)) {
      for (java.nio.file.Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!name.equals(".lock") && !name.endsWith(".tmp")) {
          names.add(entry);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return names;
  }
}

package org.seqgan.core.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.seqgan.core.queue.Attempt;
import org.seqgan.core.queue.WorkQueue;
import org.seqgan.core.run.DurableFiles;

/**
 * Where things lie in the directory of a matrix, for who looks at it and writes nothing. A process
 * may be running it meanwhile.
 *
 * @param root the directory
 */
public record MatrixLayout(Path root) {
  static final String LOCK = ".lock";
  private static final String PLAN = "plan.json";
  private static final String PROGRAM = "program.json";

  /**
   * The matrix of which a run is that of a cell, or of an attempt at one.
   *
   * @param run a run directory, which is there, called by whatever path
   * @throws org.seqgan.api.UserException of kind {@code ENVIRONMENT} where it cannot be read
   */
  public static Optional<MatrixLayout> around(Path run) {
    try {
      Path real = run.toRealPath();
      for (String kind : List.of(WorkQueue.ENDED, WorkQueue.WORK)) {
        if (real.getNameCount() > 3
            && real.getParent().getParent().endsWith(kind)
            && real.equals(new CellFolder(real.getParent()).run().root())) {
          MatrixLayout matrix = new MatrixLayout(real.getParent().getParent().getParent());
          return Optional.of(matrix).filter(found -> Files.exists(found.planFile()));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw DurableFiles.cannotRead(run, e);
    }
  }

  /** Whether a folder looks like one. */
  public boolean isThere() {
    return Files.isRegularFile(planFile())
        && (Files.isDirectory(cells())
            || Files.exists(programFile())
            || Files.exists(root.resolve(LOCK)));
  }

  /** What the matrix is to do, as a file. */
  public Path planFile() {
    return root.resolve(PLAN);
  }

  /**
   * What the matrix is to do.
   *
   * @throws org.seqgan.api.UserException of kind {@code RUN_DIRECTORY} where the file is no plan
   */
  public Plan plan() {
    return Records.read(planFile(), Plan.class, Plan.ADDED);
  }

  /** Which version of the program the matrix is run with. */
  Path programFile() {
    return root.resolve(PROGRAM);
  }

  /** The matrix file, where the matrix was asked for without one. */
  public Path file() {
    return root.resolve("matrix.conf");
  }

  /** The folder with the folders of the cells that have ended. */
  public Path cells() {
    return root.resolve(WorkQueue.ENDED);
  }

  /** The folder of a cell that has ended. */
  public CellFolder folder(Cell cell) {
    return new CellFolder(cells().resolve(cell.id()));
  }

  /** The folder of an attempt at a cell. */
  public CellFolder folder(Attempt attempt) {
    return new CellFolder(root.resolve(WorkQueue.WORK).resolve(attempt.name()));
  }

  /**
   * The attempts at cells that have begun a run, in any order.
   *
   * @throws org.seqgan.api.UserException of kind {@code ENVIRONMENT} where they cannot be listed
   */
  public List<Attempt> attempts() {
    Path work = root.resolve(WorkQueue.WORK);
    try (Stream<Path> entries = Files.list(work)) {
      return entries
          .flatMap(entry -> Attempt.ofFolder(entry.getFileName().toString()).stream())
          .filter(attempt -> Files.exists(folder(attempt).run().config()))
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw DurableFiles.cannotRead(work, e);
    }
  }

  /**
   * The folders of the last of them, by the id of the cell.
   *
   * @throws org.seqgan.api.UserException as {@link #attempts()}
   */
  public Map<String, CellFolder> underWay() {
    Map<String, Attempt> last = new HashMap<>();
    for (Attempt attempt : attempts()) {
      last.merge(
          attempt.id(), attempt, (one, other) -> one.number() > other.number() ? one : other);
    }
    Map<String, CellFolder> folders = new HashMap<>();
    last.forEach((id, attempt) -> folders.put(id, folder(attempt)));
    return folders;
  }

  /** The table of cells, for other programs. */
  public Path csv() {
    return root.resolve("results.csv");
  }

  /** The table of methods, with statistics over seeds, for other programs. */
  public Path summaryCsv() {
    return root.resolve("summary.csv");
  }

  /** The report. */
  public Path report() {
    return root.resolve("report.html");
  }
}

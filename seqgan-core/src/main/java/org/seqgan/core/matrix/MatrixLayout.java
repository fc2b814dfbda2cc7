package org.seqgan.core.matrix;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where things lie in the directory of a matrix, for who looks at it and writes nothing. A process
 * may be running it meanwhile.
 *
 * @param root the directory
 */
public record MatrixLayout(Path root) {
  static final String LOCK = ".lock";
  private static final String PLAN = "plan.json";

  /** Whether a folder looks like one. */
  public boolean isThere() {
    return Files.isRegularFile(planFile())
        && (Files.isDirectory(cells()) || Files.exists(root.resolve(LOCK)));
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

  /** The matrix file, where the matrix was asked for without one. */
  public Path file() {
    return root.resolve("matrix.conf");
  }

  /** The folder with the folders of the cells. */
  public Path cells() {
    return root.resolve("cells");
  }

  /** The folder of a cell. */
  public CellFolder folder(Cell cell) {
    return new CellFolder(cells().resolve(cell.id()));
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

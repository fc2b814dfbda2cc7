package org.seqgan.core.report.matrix;

import org.seqgan.core.matrix.MatrixDirectory;
import org.seqgan.core.matrix.MatrixResults;
import org.seqgan.core.matrix.ResultsCsv;
import org.seqgan.core.run.DurableFiles;

/** Everything that is made of the results of a matrix, in its directory. */
public final class MatrixPages {
  private MatrixPages() {}

  /**
   * Writes both tables and the report, each whole or not at all. Several processes may do so at a
   * time.
   *
   * @throws org.seqgan.api.UserException if one cannot be written
   */
  public static void write(MatrixDirectory matrix, MatrixResults results) {
    DurableFiles.replaceBesideOthers(matrix.csv(), ResultsCsv.render(results));
    DurableFiles.replaceBesideOthers(matrix.summaryCsv(), MatrixTable.csv(results));
    DurableFiles.replaceBesideOthers(matrix.report(), MatrixReport.render(results));
  }
}

package org.seqgan.core.workbench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seqgan.core.matrix.CellState;
import org.seqgan.core.matrix.FinalScores;
import org.seqgan.core.matrix.MatrixLayout;

/**
 * A matrix as one line of a list, with its cells. Immutable.
 *
 * @param id tells it from all others, and stays the same
 * @param root the folder that was searched, as it was given
 * @param directory of the matrix, below the root
 * @param name as its plan says; its folder's where that cannot be read
 * @param message why it cannot be read, in one line
 * @param cells in the order of the plan
 * @param report whether it has a report
 */
public record MatrixSummary(
    String id,
    Path root,
    Path directory,
    String name,
    Optional<String> message,
    List<CellStatus> cells,
    boolean report) {
  /** Copies the list. */
  public MatrixSummary {
    cells = List.copyOf(cells);
  }

  /**
   * A cell.
   *
   * @param name its id
   * @param method its method
   * @param seed its seed
   * @param state how it stands
   * @param message why it failed, or its run cannot be read
   * @param run the id of its run, where it has been started
   * @param temperatures the finished generator's scores at each of some temperatures
   */
  public record CellStatus(
      String name,
      String method,
      long seed,
      CellState state,
      Optional<String> message,
      Optional<String> run,
      List<FinalScores.AtTemperature> temperatures) {
    /** Copies the list. */
    public CellStatus {
      temperatures = List.copyOf(temperatures);
    }
  }

  /** How many cells stand in some way. */
  public int count(CellState state) {
    return (int) cells.stream().filter(cell -> cell.state == state).count();
  }

  /** Where its files lie. */
  public MatrixLayout layout() {
    return new MatrixLayout(directory);
  }

  /** The directory from the root on; empty where the root is the matrix. */
  public String path() {
    return root.relativize(directory).toString();
  }
}

package org.seqgan.cli.progress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.seqgan.api.Printable;
import org.seqgan.core.matrix.Cell;
import org.seqgan.core.matrix.CellProgress;
import org.seqgan.core.matrix.CellStanding;
import org.seqgan.core.matrix.CellState;
import org.seqgan.core.terminal.Columns;

/**
 * Who runs which cell of a matrix, and how much is left, as lines of text: a line for each cell
 * that runs or has failed, and one for all.
 */
public final class StandingLines {
  private StandingLines() {}

  /**
   * The lines.
   *
   * @param standing every cell of the matrix
   */
  public static List<String> of(List<CellStanding> standing) {
    List<List<String>> rows = new ArrayList<>();
    Map<CellState, Integer> counts = new EnumMap<>(CellState.class);
    MatrixForecast forecast = new MatrixForecast(1);
    List<MatrixForecast.Underway> running = new ArrayList<>();
    List<Cell> waiting = new ArrayList<>();
    for (CellStanding one : standing) {
      Cell cell = one.summary().cell();
      counts.merge(one.summary().state(), 1, Integer::sum);
      switch (one.summary().state()) {
        case DONE -> forecast.done(one.summary());
        case WAITING -> waiting.add(cell);
        case FAILED -> rows.add(List.of(cell.id(), "failed", "", one.summary().failure()));
        case RUNNING -> {
          running.add(new MatrixForecast.Underway(cell, one.summary().seconds()));
          rows.add(List.of(cell.id(), "running", one.holder(), progress(one)));
        }
      }
    }
    List<String> lines = new ArrayList<>(rows.isEmpty() ? List.of() : Columns.align(rows));
    lines.replaceAll(Printable::line);
    lines.add(
        "%d of %d done, %d running, %d waiting, %d failed%s"
            .formatted(
                counts.getOrDefault(CellState.DONE, 0),
                standing.size(),
                counts.getOrDefault(CellState.RUNNING, 0),
                counts.getOrDefault(CellState.WAITING, 0),
                counts.getOrDefault(CellState.FAILED, 0),
                running.isEmpty()
                    ? ""
                    : forecast
                        .remaining(running, waiting)
                        .map(left -> ", left about " + ProgressBar.clock(left))
                        .orElse("")));
    return lines;
  }

  private static String progress(CellStanding one) {
    String time = ProgressBar.clock(Duration.ofMillis(Math.round(1000 * one.summary().seconds())));
    return one.progress()
        .map(
            (CellProgress at) ->
                "%s %d/%d %s".formatted(at.phase().label(), at.step(), at.total(), time))
        .orElse("starting " + time);
  }
}

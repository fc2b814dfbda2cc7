package org.seqgan.cli.progress;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.Printable;
import org.seqgan.core.matrix.Cell;
import org.seqgan.core.matrix.CellListener;
import org.seqgan.core.matrix.CellProgress;
import org.seqgan.core.matrix.CellState;
import org.seqgan.core.matrix.CellSummary;
import org.seqgan.core.terminal.DisplayWidth;

/**
 * Shows a person how the cells of a matrix go on. On a terminal a table of the cells that run and
 * of the next that wait is rewritten in place, below the lines of those that have ended; else there
 * is a line for each start and each end. Not thread-safe.
 */
public final class MatrixProgress implements CellListener {
  private static final int BAR_WIDTH = 16;
  private static final int NAME_WIDTH = 24;
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintWriter out;
  private final ProgressBar.Mode mode;
  private final int columns;
  private final int rows;
  private final LongSupplier nanoTime;
  private final String metric;
  private final int total;
  private final MatrixForecast forecast;
  private final Map<String, Cell> waiting = new LinkedHashMap<>();
  private final Map<String, Row> running = new LinkedHashMap<>();
  private final long startedAt;
  private int done;
  private int failed;
  private int shownRows;

  /** A cell that runs. */
  private static final class Row {
    private final Cell cell;
    private final String holder;
    private final long startedAt;
    private @Nullable CellProgress progress;

    Row(Cell cell, String holder, long startedAt) {
      this.cell = cell;
      this.holder = holder;
      this.startedAt = startedAt;
    }
  }

  /**
   * A listener for one matrix.
   *
   * @param metric the one to show when a cell is done
   * @param standing every cell as it stands before anything is run
   * @param parallel how many run at a time
   * @param columns the width of the terminal; a longer line is cut
   * @param rows its height; the table is smaller
   * @param nanoTime the clock, as {@link System#nanoTime()}
   */
  public MatrixProgress(
      PrintWriter out,
      ProgressBar.Mode mode,
      String metric,
      List<CellSummary> standing,
      int parallel,
      int columns,
      int rows,
      LongSupplier nanoTime) {
    this.out = out;
    this.mode = mode;
    this.columns = columns;
    this.rows = rows;
    this.nanoTime = nanoTime;
    this.metric = metric;
    this.total = standing.size();
    this.forecast = new MatrixForecast(parallel);
    this.startedAt = nanoTime.getAsLong();
    for (CellSummary summary : standing) {
      if (summary.state() == CellState.DONE) {
        done++;
        forecast.done(summary);
      } else {
        waiting.put(summary.cell().id(), summary.cell());
      }
    }
    if (done > 0) {
      say("%d of %d cells are done already".formatted(done, total));
    }
  }

  @Override
  public void started(Cell cell) {
    started(cell, "");
  }

  @Override
  public void startedBy(Cell cell, String holder) {
    started(cell, " by " + holder);
  }

  private void started(Cell cell, String holder) {
    waiting.remove(cell.id());
    running.put(cell.id(), new Row(cell, holder, nanoTime.getAsLong()));
    if (mode == ProgressBar.Mode.LINES) {
      say("started %s%s".formatted(cell.id(), holder));
    }
    redraw();
  }

  @Override
  public void left(Cell cell) {
    running.remove(cell.id());
    waiting.put(cell.id(), cell);
    if (mode == ProgressBar.Mode.LINES) {
      say("left    %s, which has no result yet".formatted(cell.id()));
    }
    redraw();
  }

  @Override
  public void progressed(Cell cell, CellProgress progress) {
    Row row = running.get(cell.id());
    if (row != null) {
      row.progress = progress;
    }
    redraw();
  }

  @Override
  public void ended(CellSummary summary) {
    Cell cell = summary.cell();
    running.remove(cell.id());
    waiting.remove(cell.id());
    if (summary.state() == CellState.DONE) {
      done++;
      forecast.done(summary);
      say("done    %s in %s%s".formatted(cell.id(), time(summary), value(summary)));
    } else {
      failed++;
      say("failed  " + summary.failure());
    }
    if (mode == ProgressBar.Mode.LINES) {
      say(overview());
    }
    redraw();
  }

  private static String time(CellSummary summary) {
    return summary.secondsTakenOver() > 0
        ? "%s and %s taken over"
            .formatted(clock(summary.ownSeconds()), clock(summary.secondsTakenOver()))
        : clock(summary.seconds());
  }

  private String value(CellSummary summary) {
    Double value = summary.metrics().get(metric);
    return value == null ? "" : String.format(Locale.ROOT, ", %s %.4f", metric, value);
  }

  /** Ends the table. */
  public void close() {
    clear();
    out.flush();
  }

  // ---- the table ----

  private void redraw() {
    if (mode != ProgressBar.Mode.TERMINAL) {
      return;
    }
    List<String> lines = table();
    clear();
    lines.forEach(line -> out.print(cut(line) + "\n"));
    out.flush();
    shownRows = lines.size();
  }

  private void clear() {
    if (shownRows > 0) {
      out.print("\u001b[" + shownRows + "A\r" + CLEAR_BELOW);
      shownRows = 0;
    }
  }

  private List<String> table() {
    List<String> lines = new ArrayList<>();
    running.values().forEach(row -> lines.add(line(row)));
    int room = Math.max(0, Math.min(waiting.size(), rows - 4 - lines.size()));
    waiting.values().stream()
        .limit(room)
        .forEach(cell -> lines.add("waiting %s".formatted(cell.id())));
    if (waiting.size() > room) {
      lines.add("waiting and %d more".formatted(waiting.size() - room));
    }
    lines.add(overview());
    return lines;
  }

  private String line(Row row) {
    String name = "running " + DisplayWidth.pad(row.cell.id(), NAME_WIDTH) + " ";
    CellProgress progress = row.progress;
    double seconds = (nanoTime.getAsLong() - row.startedAt) / 1e9;
    if (progress == null) {
      return name + "starting " + clock(seconds) + row.holder;
    }
    Optional<Duration> left = forecast.remaining(new MatrixForecast.Underway(row.cell, seconds));
    int full = (int) (BAR_WIDTH * progress.fraction());
    return name
        + "[%s%s] ".formatted("#".repeat(full), "-".repeat(BAR_WIDTH - full))
        + "%s %d/%d %s"
            .formatted(progress.phase().label(), progress.step(), progress.total(), clock(seconds))
        + row.holder
        + left.map(time -> ", left about " + ProgressBar.clock(time)).orElse("");
  }

  private String overview() {
    List<MatrixForecast.Underway> underway =
        running.values().stream()
            .map(
                row ->
                    new MatrixForecast.Underway(
                        row.cell, (nanoTime.getAsLong() - row.startedAt) / 1e9))
            .toList();
    return "%d of %d done, %d running, %d waiting, %d failed, %s gone%s"
        .formatted(
            done,
            total,
            running.size(),
            waiting.size(),
            failed,
            clock((nanoTime.getAsLong() - startedAt) / 1e9),
            forecast
                .remaining(underway, waiting.values())
                .map(left -> ", left about " + ProgressBar.clock(left))
                .orElse(""));
  }

  /** Writes a line that stays. */
  private void say(String text) {
    if (mode == ProgressBar.Mode.QUIET) {
      return;
    }
    clear();
    out.print(Printable.line(text) + "\n");
    out.flush();
  }

  private static String clock(double seconds) {
    return ProgressBar.clock(Duration.ofMillis(Math.round(1000 * seconds)));
  }

  private String cut(String text) {
    // A line as wide as the terminal would move the cursor to the next.
    return DisplayWidth.cut(Printable.line(text), columns - 1);
  }
}

package org.seqgan.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.core.event.Phase;
import org.seqgan.core.matrix.Cell;
import org.seqgan.core.matrix.CellProgress;
import org.seqgan.core.matrix.CellState;
import org.seqgan.core.matrix.CellSummary;
import org.seqgan.core.matrix.FinalScores;

@DisplayName("What a matrix shows")
final class MatrixProgressTest {
  private final StringWriter out = new StringWriter();
  private long now;

  @Test
  void inAFileItIsALineForEachEvent() {
    MatrixProgress progress = progress(ProgressBar.Mode.LINES, 3);

    progress.started(cell(1));
    now += Duration.ofSeconds(10).toNanos();
    progress.ended(done(cell(1), 10));
    progress.started(cell(2));
    progress.ended(CellSummary.failed(cell(2), "cell c2 failed with exit code 3: why", 1));

    assertThat(out.toString().lines())
        .containsExactly(
            "started c1",
            "done    c1 in 0:10, nll-oracle 4.5000",
            "1 of 3 done, 0 running, 2 waiting, 0 failed, 0:10 gone, left about 0:20",
            "started c2",
            "failed  cell c2 failed with exit code 3: why",
            "1 of 3 done, 0 running, 1 waiting, 1 failed, 0:10 gone, left about 0:10");
    assertThat(out.toString()).doesNotContain("\u001b");
  }

  @Test
  void onATerminalItIsATableThatIsNoHigherThanTheTerminal() {
    MatrixProgress progress = progress(ProgressBar.Mode.TERMINAL, 40);

    progress.started(cell(1));
    progress.progressed(cell(1), new CellProgress(Phase.ADVERSARIAL, 3, 12, 0.5));
    String table = out.toString().substring(out.toString().lastIndexOf("\u001b[J") + 3);

    assertThat(table.lines())
        .hasSizeLessThan(24)
        .startsWith("running c1                       [########--------] adversarial 3/12 0:00")
        .contains("waiting c2")
        .anyMatch(line -> line.matches("waiting and \\d+ more"))
        .allMatch(line -> line.length() < 80);
    progress.close();
    assertThat(out.toString()).endsWith("\u001b[J");
  }

  @Test
  void cellsThatAreDoneAlreadyAreNotWaitedFor() {
    MatrixProgress progress =
        new MatrixProgress(
            new PrintWriter(out),
            ProgressBar.Mode.LINES,
            "nll-oracle",
            List.of(done(cell(1), 60), CellSummary.waiting(cell(2))),
            1,
            80,
            24,
            () -> now);
    progress.started(cell(2));
    progress.ended(done(cell(2), 60));
    assertThat(out.toString())
        .contains("1 of 2 cells are done already", "2 of 2 done, 0 running, 0 waiting");
  }

  /** A cell that begins with the pre-training of another takes no time for that. */
  @Test
  void whatCellsTakeOverIsNotExpectedOfOthers() {
    MatrixProgress progress = progress(ProgressBar.Mode.LINES, 2);
    progress.started(cell(1));
    progress.ended(done(cell(1), 60 + 600, 600));
    assertThat(out.toString())
        .contains("done    c1 in 1:00 and 10:00 taken over", "1 waiting", "left about 1:00");
  }

  private MatrixProgress progress(ProgressBar.Mode mode, int cells) {
    List<CellSummary> standing =
        IntStream.rangeClosed(1, cells)
            .mapToObj(number -> CellSummary.waiting(cell(number)))
            .toList();
    return new MatrixProgress(
        new PrintWriter(out), mode, "nll-oracle", standing, 1, 80, 24, () -> now);
  }

  private static Cell cell(int number) {
    return new Cell(number, "c" + number, "mle", Map.of(), 1, "preset = quickstart", List.of());
  }

  private static CellSummary done(Cell cell, double seconds) {
    return done(cell, seconds, 0);
  }

  private static CellSummary done(Cell cell, double seconds, double takenOver) {
    return new CellSummary(
        cell,
        CellState.DONE,
        "",
        seconds,
        takenOver,
        Map.of("nll-oracle", 4.5),
        List.of(),
        FinalScores.NONE);
  }
}

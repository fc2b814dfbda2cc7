package org.seqgan.core.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.metric.Better;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.Shown;
import org.seqgan.core.io.Json;
import org.seqgan.core.matrix.Cell;
import org.seqgan.core.matrix.CellState;
import org.seqgan.core.matrix.CellSummary;
import org.seqgan.core.matrix.FinalScores;
import org.seqgan.core.matrix.FinalScores.AtTemperature;
import org.seqgan.core.matrix.MatrixDirectory;
import org.seqgan.core.matrix.MatrixLayout;
import org.seqgan.core.matrix.MatrixProgram;
import org.seqgan.core.matrix.PerSequence;
import org.seqgan.core.matrix.Plan;
import org.seqgan.core.queue.Attempt;
import org.seqgan.core.survey.AnswerFolder;
import org.seqgan.core.survey.Survey;

/** {@link Workbench}: matrices and surveys. */
class WorkbenchMatrixTest {
  @TempDir private Path folder;

  private static Cell cell(int number, String id) {
    return new Cell(number, id, "mle", Map.of(), number, "", List.of());
  }

  private MatrixLayout matrix(Cell... cells) {
    Plan plan =
        new Plan(
            "tiny",
            "mle",
            "nll-oracle",
            Better.LOWER,
            List.of(),
            Map.of(),
            Map.of(),
            List.of(cells));
    Path root = folder.resolve("matrix");
    MatrixDirectory.create(root, plan, new MatrixProgram("1", Map.of())).close();
    return new MatrixLayout(root);
  }

  private Snapshot scan() {
    return new Workbench(List.of(folder), RunMaker.CLOCK).scan();
  }

  private static void end(MatrixLayout matrix, CellSummary summary) throws IOException {
    Path cell = Files.createDirectories(matrix.folder(summary.cell()).root());
    Files.writeString(cell.resolve("summary.json"), Json.line(summary));
  }

  @Test
  void saysHowEachCellStands() throws IOException {
    Cell done = cell(1, "a");
    Cell running = cell(2, "b");
    Cell failed = cell(3, "c");
    Cell waiting = cell(4, "d");
    MatrixLayout matrix = matrix(done, running, failed, waiting);
    RunMaker.finished(matrix.folder(done).run().root(), RunMaker.CONFIG);
    PerSequence many = new PerSequence("nll-oracle", new float[] {1, 2});
    end(
        matrix,
        new CellSummary(done, CellState.DONE, "", 1, 0, Map.of(), List.of(many), FinalScores.NONE));
    end(matrix, CellSummary.failed(failed, "it broke", 1));
    RunMaker.finished(matrix.folder(new Attempt("b", 1)).run().root(), RunMaker.CONFIG);
    try (RunMaker run =
        RunMaker.begin(matrix.folder(new Attempt("b", 2)).run().root(), RunMaker.CONFIG)
            .steps(Phase.ADVERSARIAL, 1, 1)) {
      Snapshot snapshot = scan();
      assertThat(snapshot.matrices()).hasSize(1);
      MatrixSummary found = snapshot.matrices().get(0);
      assertThat(found.name()).isEqualTo("tiny");
      assertThat(found.cells())
          .extracting(MatrixSummary.CellStatus::state)
          .containsExactly(CellState.DONE, CellState.RUNNING, CellState.FAILED, CellState.WAITING);
      assertThat(found.cells().get(2).message()).contains("it broke");
      assertThat(snapshot.runs())
          .extracting(each -> each.cell().orElseThrow().name())
          .containsExactly("a", "b", "b");
      assertThat(found.cells().get(1).run())
          .as("of the last attempt")
          .contains(snapshot.runs().get(2).id());
      assertThat(snapshot.runs().get(2).name()).isEqualTo("b");
    }
  }

  @Test
  void aPlanThatCannotBeReadIsSaidAndItsRunsAreFound() throws IOException {
    Cell only = cell(1, "a");
    MatrixLayout matrix = matrix(only);
    RunMaker.finished(matrix.folder(only).run().root(), RunMaker.CONFIG);
    Files.writeString(matrix.planFile(), "{}");
    Snapshot snapshot = scan();
    assertThat(snapshot.matrices().get(0).message().orElseThrow()).contains("plan.json");
    assertThat(snapshot.runs()).extracting(RunSummary::cell).containsExactly(Optional.empty());
  }

  @Test
  void aCellThatLeadsElsewhereIsNoCell() {
    RunMaker.finished(folder.resolve("elsewhere/run"), RunMaker.CONFIG);
    matrix(cell(1, "../../elsewhere"));
    MatrixSummary matrix = scan().matrices().get(0);
    assertThat(matrix.cells()).isEmpty();
    assertThat(matrix.message().orElseThrow()).contains("expected the name of a folder");
  }

  @Test
  void thePlaneHasThePathsOfSweptCellsAndTheLastValuesOfOtherRuns() throws IOException {
    Cell swept = cell(1, "a");
    MatrixLayout matrix = matrix(swept);
    RunMaker.finished(matrix.folder(swept).run().root(), RunMaker.CONFIG);
    FinalScores scores =
        new FinalScores(
            List.of(),
            List.of(),
            List.of(
                new AtTemperature(0.5f, Map.of("bleu-4", 0.5, "self-bleu-4", 0.75)),
                new AtTemperature(1, Map.of("bleu-4", 0.25, "self-bleu-4", Double.NaN))));
    end(matrix, new CellSummary(swept, CellState.DONE, "", 1, 0, Map.of(), List.of(), scores));
    RunMaker.finished(folder.resolve("run"), RunMaker.CONFIG);
    Snapshot snapshot = scan();
    QualityPlane plane = QualityPlane.of(snapshot.runs(), snapshot).orElseThrow();
    assertThat(plane.plane().up()).isEqualTo("bleu-4");
    assertThat(plane.plane().across()).isEqualTo("self-bleu-4");
    assertThat(plane.points())
        .extracting(QualityPlane.Point::diversity, QualityPlane.Point::quality)
        .containsExactly(tuple(0.75, 0.5));
    assertThat(QualityPlane.of(snapshot.runs().subList(1, 2), snapshot)).isEmpty();
  }

  @Test
  void surveysAreFoundWithTheirAnswers() throws IOException {
    List<Survey.Item> items =
        List.of(new Survey.Item("i1", Survey.REAL, new Shown("one", Optional.empty())));
    Survey survey = new Survey("s-1", 1, List.of(Survey.REAL), items, List.of());
    Path page = Files.writeString(folder.resolve("judge.html"), "<p>");
    survey.key().write(folder.resolve("judge.key.json"));
    Files.writeString(folder.resolve("answers-other.json"), "not ours");
    AnswerFolder answers = new AnswerFolder(page, survey.key());
    String sheet =
        "{\"format\":\"seqgan survey answers 1\",\"survey\":\"s-1\",\"judge\":\"ada\",\"answers\":{}}";
    Path first = answers.save(sheet);
    Path second = answers.save(sheet);
    assertThat(List.of(first, second))
        .containsExactly(folder.resolve("answers-ada.json"), folder.resolve("answers-ada-2.json"));
    SurveySummary found = scan().surveys().get(0);
    assertThat(found.name()).isEqualTo("judge");
    assertThat(found.survey()).isEqualTo("s-1");
    assertThat(found.answers()).isEqualTo(2);
  }

  @Test
  void aKeyThatCannotBeReadIsRemarked() throws IOException {
    Files.writeString(folder.resolve("judge.html"), "<p>");
    Files.writeString(folder.resolve("judge.key.json"), "{}");
    Snapshot snapshot = scan();
    assertThat(snapshot.surveys()).isEmpty();
    assertThat(snapshot.remarks()).singleElement().asString().contains("judge.key.json");
  }
}

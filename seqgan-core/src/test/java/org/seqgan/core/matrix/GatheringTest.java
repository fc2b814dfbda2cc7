package org.seqgan.core.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.metric.Better;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.metric.ScoreIdentity;
import org.seqgan.core.matrix.FinalScores.AtTemperature;
import org.seqgan.core.matrix.FinalScores.RealScore;
import org.seqgan.core.statistics.Interval;

@DisplayName("What is gathered from cells")
class GatheringTest {
  private static final Map<String, Double> ORACLE = Map.of("oracle on itself", 5.75);

  @Test
  void whatRealDataScoreStandsBesideTheScoresAndIsAnAnchor() {
    MatrixResults results = gather(Map.of(), cell("mle", 10, 10, 0.8), cell("seqgan", 10, 10, 0.8));

    assertThat(results.real()).containsExactly(entry("bleu-2", 0.8));
    assertThat(results.anchors()).containsExactly(entry("bleu-2: real against real", 0.8));
    assertThat(results.notes()).isEmpty();
  }

  @Test
  void realDataThatWereMeasuredInAnotherWayAreLeftOutAndNamed() {
    MatrixResults results = gather(Map.of(), cell("mle", 10, 9, 0.8));

    assertThat(results.real()).isEmpty();
    assertThat(results.anchors()).isEmpty();
    assertThat(results.notes())
        .singleElement()
        .asString()
        .startsWith("real data do not stand beside the samples: scores of bleu-2")
        .contains("number of references '10' and '9'");
  }

  @Test
  void realDataOfDifferentTasksAreARangeAndNamed() {
    MatrixResults results = gather(ORACLE, cell("mle", 10, 10, 0.8), cell("seqgan", 10, 10, 0.7));

    assertThat(results.real()).isEmpty();
    assertThat(results.anchors()).containsOnlyKeys("nll-oracle: oracle on itself");
    assertThat(results.ranges())
        .containsExactly(entry("bleu-2: real against real", new Interval(0.7, 0.8)));
    assertThat(results.realRange("bleu-2")).contains(new Interval(0.7, 0.8));
    assertThat(results.notes())
        .containsExactly(
            "shown from the least to the largest over cells, because their tasks differ: bleu-2 of"
                + " real data");
  }

  @Test
  void unlikeScoresAreRefusedByTheCellsThatHaveThem() {
    List<CellHistory> cells =
        List.of(cell("mle", 10, 10, 0.8), earlier("old"), cell("seqgan", 20, 20, 0.8));

    assertThat(FinalScores.refusal("bleu-2", cells).orElseThrow())
        .contains("number of references '10' and '20'", "cells mle-seed1 and seqgan-seed1");
    assertThat(FinalScores.refusal("bleu-2 at 0.7", cells)).isPresent();
    assertThat(FinalScores.refusal("bleu-2", cells.subList(0, 2))).isEmpty();
    assertThat(FinalScores.refusal("nll-gen", cells)).as("nobody knows").isEmpty();
  }

  @Test
  void cellsOfAnEarlierVersionAreNamed() {
    MatrixResults results = gather(ORACLE, cell("mle", 10, 10, 0.8), earlier("seqgan"));

    assertThat(results.real()).containsOnlyKeys("bleu-2");
    assertThat(results.notes())
        .singleElement()
        .asString()
        .startsWith("1 of 2 finished cells are of an earlier version")
        .endsWith(": seqgan-seed1");
  }

  @Test
  void scoresAtTemperaturesHaveNamesOfTheirOwn() {
    CellSummary summary = cell("mle", 10, 10, 0.8).summary();

    assertThat(summary.value("bleu-2")).isEqualTo(0.5);
    assertThat(summary.value("bleu-2 at 0.7")).isEqualTo(0.6);
    assertThat(summary.value("bleu-2 at 0.9")).isNaN();
    assertThat(summary.finalScores().description("bleu-2 at 0.7")).isPresent();
    assertThat(ResultsCsv.render(gather(Map.of(), cell("mle", 10, 10, 0.8))))
        .isEqualTo(
            """
            number,id,method,seed,state,seconds,bleu-2,bleu-2 of real data,bleu-2 at 0.7,failure
            1,mle-seed1,mle,1,done,3.5,0.5,0.8,0.6,
            """);
  }

  @Test
  void theTimeOfEarlierProcessesCounts(@TempDir Path root) throws IOException {
    CellFolder folder = new CellFolder(root);
    try (WorkClock clock = new WorkClock(folder)) {
      clock.tick();
      assertThat(root.resolve("time.json")).as("not due").doesNotExist();
    }
    assertThat(folder.seconds()).isPositive().isLessThan(60);
    Files.writeString(root.resolve("time.json"), "{\"seconds\":100.5}");
    try (WorkClock clock = new WorkClock(folder)) {
      assertThat(clock.seconds()).isBetween(100.5, 160.0);
    }
    assertThat(folder.seconds()).isGreaterThan(100.5);
  }

  private static MatrixResults gather(Map<String, Double> anchors, CellHistory... cells) {
    List<CellHistory> all = List.of(cells);
    Plan plan =
        new Plan(
            "test",
            "mle",
            "bleu-2",
            Better.HIGHER,
            List.of(),
            Map.of(),
            Map.of(),
            all.stream().map(cell -> cell.summary().cell()).toList());
    List<Map<String, Double>> ofEach = new ArrayList<>();
    all.forEach(cell -> ofEach.add(anchors));
    return new Gathering(plan, all, ofEach).results();
  }

  /** A cell whose samples and real data were measured against so many references. */
  private static CellHistory cell(String method, int references, int ofReal, double real) {
    FinalScores scores =
        new FinalScores(
            List.of(new ScoreDescription(identity(references), Better.HIGHER, "made up")),
            List.of(new RealScore(identity(ofReal), real)),
            List.of(new AtTemperature(0.7f, Map.of("bleu-2", 0.6))));
    return history(method, scores);
  }

  private static CellHistory earlier(String method) {
    return history(method, FinalScores.NONE);
  }

  private static CellHistory history(String method, FinalScores scores) {
    Cell cell = new Cell(1, method + "-seed1", method, Map.of(), 1, "", List.of());
    return new CellHistory(
        new CellSummary(cell, CellState.DONE, "", 3.5, 0, Map.of("bleu-2", 0.5), List.of(), scores),
        List.of());
  }

  private static ScoreIdentity identity(int references) {
    return new ScoreIdentity("bleu-2", "test sequences", references, "none", "letters", 1);
  }
}

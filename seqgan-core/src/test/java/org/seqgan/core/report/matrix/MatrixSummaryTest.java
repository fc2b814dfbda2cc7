package org.seqgan.core.report.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.core.matrix.MatrixResults;

/** {@link MatrixSummary}, {@link MatrixTable} and {@link MatrixWarnings}. */
class MatrixSummaryTest {
  private static SyntheticMatrix threeSeeds(
      String method, SyntheticMatrix matrix, double... values) {
    for (int i = 0; i < values.length; i++) {
      matrix.exactly(method, i + 1, values[i]);
    }
    return matrix;
  }

  private static MatrixSummary.Row row(MatrixSummary summary, String name) {
    return summary.rows().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<String> warnings(SyntheticMatrix matrix) {
    return MatrixSummary.of(matrix.results()).warnings();
  }

  @Test
  void comparesEveryMethodWithTheBaseline() {
    SyntheticMatrix matrix = new SyntheticMatrix();
    threeSeeds("mle", matrix, 9.0, 9.02, 9.04);
    threeSeeds("seqgan", matrix, 8.7, 8.75, 8.71);
    threeSeeds("worse", matrix, 9.5, 9.52, 9.51);
    threeSeeds("same", matrix, 9.01, 9.03, 9.05);
    MatrixSummary summary = MatrixSummary.of(matrix.results());
    assertThat(summary.rows())
        .extracting(MatrixSummary.Row::verdict)
        .containsExactly("baseline", "better", "worse", "undecided");
    MatrixSummary.Row seqgan = row(summary, "seqgan");
    assertThat(seqgan.figure(Figure.MEAN).getAsDouble()).isCloseTo(8.72, within(1e-12));
    assertThat(seqgan.figure(Figure.DIFFERENCE).getAsDouble()).isCloseTo(-0.3, within(1e-12));
    assertThat(seqgan.figure(Figure.P_HOLM).getAsDouble())
        .isCloseTo(2 * seqgan.figure(Figure.P).getAsDouble(), within(1e-15));
    assertThat(row(summary, "same").explanation()).startsWith("needs about ");
  }

  @Test
  void whereHighIsGoodTheLowerMeanIsWorse() {
    SyntheticMatrix matrix = new SyntheticMatrix();
    threeSeeds("mle", matrix, 9.0, 9.02, 9.04);
    threeSeeds("seqgan", matrix, 8.7, 8.75, 8.71);
    MatrixResults low = matrix.results();
    MatrixResults high =
        new MatrixResults(
            low.name(),
            "mle",
            low.metric(),
            false,
            List.of(),
            low.cells(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of());
    assertThat(row(MatrixSummary.of(high), "seqgan").verdict()).isEqualTo("worse");
  }

  @Test
  void comparesSettingsWithTheBaselineOfTheSameAxes() {
    SyntheticMatrix matrix = new SyntheticMatrix();
    for (int seed = 1; seed <= 3; seed++) {
      for (String layers : List.of("1", "2")) {
        Map<String, String> axes = Map.of("generator.layers", layers);
        double depth = Double.parseDouble(layers);
        matrix.done("mle", axes, seed, 9 - depth, List.of(), Map.of());
        matrix.done("seqgan", axes, seed, 8.5 - depth, List.of(), Map.of());
      }
    }
    MatrixSummary summary = MatrixSummary.of(matrix.results());
    for (String layers : List.of("1", "2")) {
      assertThat(row(summary, "seqgan layers=" + layers).figure(Figure.DIFFERENCE).getAsDouble())
          .isCloseTo(-0.5, within(0.05));
    }
  }

  @Test
  void comparesByFurtherMetricsAndAtTemperatures() {
    MatrixSummary summary = MatrixSummary.of(SyntheticMatrix.swept());
    assertThat(summary.further())
        .extracting(MatrixSummary.Further::metric)
        .startsWith("self-bleu-4", "nll-gen")
        .contains("nll-oracle at 0.7", "self-bleu-4 at 1.3");
    MatrixSummary.Row cold =
        summary.further("nll-oracle at 0.7").orElseThrow().rows().stream()
            .filter(row -> row.name().equals("seqgan"))
            .findFirst()
            .orElseThrow();
    assertThat(cold.verdict()).isEqualTo("better");
    assertThat(cold.figure(Figure.DIFFERENCE).getAsDouble()).isCloseTo(-0.31, within(1e-6));
    // nll-gen says nothing of which end is better.
    assertThat(summary.further("nll-gen").orElseThrow().better()).isEqualTo("neither");
    assertThat(MatrixTable.csv(SyntheticMatrix.swept())).contains("\nseqgan,seqgan,nll-gen,");
    assertThat(MatrixTable.text(SyntheticMatrix.swept()))
        .contains("\nreal data  -      5.7600", "method     seeds  self-bleu-4")
        .doesNotContain("at 0.7");
  }

  @Test
  void realDataThatDifferBetweenCellsAreARange() {
    SyntheticMatrix matrix = new SyntheticMatrix();
    matrix.trained("mle", Map.of(), 1, 9, 0).trained("seqgan", Map.of(), 1, 8.8, 0.1);
    String metric = matrix.results().metric();
    matrix.range(metric + ": real against real", 5.5, 6.25);
    assertThat(MatrixSummary.of(matrix.results()).ranges())
        .containsEntry(metric + ": real against real", List.of(5.5, 6.25));
    assertThat(MatrixTable.text(matrix.results())).contains("\nreal data  -      5.5000 to 6.2500");
  }

  @Test
  void refusesToCompareScoresThatAreNotAlike() {
    SyntheticMatrix matrix = new SyntheticMatrix();
    matrix.scores(9, 100).trained("mle", Map.of(), 1, 9, 0).trained("mle", Map.of(), 2, 9, 0);
    matrix.trained("seqgan", Map.of(), 1, 8.8, 0.1);
    matrix.scores(9, 50).trained("seqgan", Map.of(), 2, 8.8, 0.1);
    matrix.trained("pg-bleu", Map.of(), 1, 8.9, 0).trained("pg-bleu", Map.of(), 2, 8.9, 0);
    MatrixSummary summary = MatrixSummary.of(matrix.results());
    String refusal = "scores of self-bleu-4 cannot be compared: number of references";
    assertThat(summary.warnings()).anyMatch(warning -> warning.startsWith(refusal));
    List<MatrixSummary.Row> rows = summary.further("self-bleu-4 at 1.0").orElseThrow().rows();
    assertThat(rows.get(1).verdict()).isEqualTo("not testable");
    assertThat(rows.get(1).figure(Figure.MEAN)).as("of its own unlike seeds").isEmpty();
    assertThat(rows.get(2).explanation()).startsWith(refusal);
    assertThat(rows.get(2).figure(Figure.MEAN)).isPresent();
    // What is alike is compared all the same.
    assertThat(row(summary, "pg-bleu").figure(Figure.P)).isPresent();
  }

  @Test
  void refusesAMatrixThatRanksTheWrongWayRound() {
    MatrixResults low = SyntheticMatrix.swept();
    MatrixResults high =
        new MatrixResults(
            low.name(),
            "mle",
            low.metric(),
            false,
            List.of(),
            low.cells(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of());
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> MatrixSummary.of(high))
        .withMessageContaining("expected better = lower, because lower nll-oracle is better");
  }

  @Test
  void saysWhyWhatCannotBeTested() {
    SyntheticMatrix matrix = new SyntheticMatrix();
    threeSeeds("mle", matrix, 9.0, 9.02, 9.04);
    matrix.exactly("single", 1, 8.0).exactly("broken", 1, 8.0).exactly("broken", 2, Double.NaN);
    MatrixSummary summary = MatrixSummary.of(matrix.results());
    assertThat(row(summary, "single").explanation()).contains("there are 1 and 3");
    assertThat(row(summary, "broken").explanation()).isEqualTo("a value is not a finite number");
    assertThat(row(summary, "broken").figures())
        .doesNotContainKeys(Figure.P, Figure.SD, Figure.CI_LOW);
    assertThat(summary.warnings())
        .anyMatch(w -> w.contains("no finite nll-oracle in broken-seed2"));
    assertThat(row(MatrixSummary.of(matrix.baseline("nobody").results()), "mle").explanation())
        .isEqualTo("the matrix has no 'nobody'");
  }

  @Test
  void everyFigureIsAFiniteNumberUnderAKnownKey() throws Exception {
    MatrixSummary summary = MatrixSummary.of(SyntheticMatrix.table1());
    for (MatrixSummary.Row row : summary.rows()) {
      assertThat(row.figures().values()).allMatch(Double::isFinite);
    }
    JsonNode json = new ObjectMapper().readTree(new ObjectMapper().writeValueAsString(summary));
    assertThat(json.at("/rows/4/name").asText()).isEqualTo("seqgan");
    assertThat(json.at("/rows/4/figures/published").asDouble()).isEqualTo(8.736);
    assertThat(json.at("/rows/4/figures/seeds").asDouble()).isEqualTo(5);
    assertThat(json.at("/rows/4/metrics/distinct-2/mean").isNumber()).isTrue();
  }

  @Test
  void thePapersTestIsMoreCertainThanTheOneOverSeeds() {
    SyntheticMatrix matrix = new SyntheticMatrix();
    for (int seed = 1; seed <= 3; seed++) {
      matrix.untrained("mle", seed, 9.0).untrained("seqgan", seed, 8.9);
    }
    MatrixSummary.Row row = row(MatrixSummary.of(matrix.results()), "seqgan");
    assertThat(row.figure(Figure.PAPER_P_PER_SEQUENCE).getAsDouble())
        .isLessThan(row.figure(Figure.P).getAsDouble());
  }

  @Test
  void writesCsvWithQuotedFieldsAndAllColumns() {
    SyntheticMatrix matrix = new SyntheticMatrix().publishedValues();
    threeSeeds("mle", matrix, 9.0, 9.5);
    matrix.exactly("a,\"b\"", 1, 8.0);
    List<String> lines = MatrixTable.csv(matrix.results()).lines().toList();
    assertThat(lines.get(0))
        .startsWith("name,method,metric,verdict,explanation,seeds,failed,mean,sd,ci-low");
    assertThat(lines.get(1)).startsWith("mle,mle,nll-oracle,baseline,,2,0,9.25,0.3535");
    assertThat(lines.get(2))
        .startsWith("\"a,\"\"b\"\"\",\"a,\"\"b\"\"\",nll-oracle,not testable,\"it takes 2");
    assertThat(lines).hasSize(3);
  }

  @Test
  void csvHasAColumnForEachAxisAndMetric() {
    List<String> lines = MatrixTable.csv(SyntheticMatrix.figure3()).lines().toList();
    assertThat(lines.get(0))
        .contains(",training.adversarial.g-steps,", ",nll-gen mean,nll-gen sd,");
    assertThat(lines.get(2)).startsWith("seqgan g=100 d=1 k=10,seqgan,100,1,10,nll-oracle,");
    int columns = lines.get(0).split(",", -1).length;
    assertThat(lines).allMatch(line -> line.split(",", -1).length == columns);
  }

  @Test
  void writesATableForATerminal() {
    String text = MatrixTable.text(SyntheticMatrix.table1());
    assertThat(text).startsWith("method ").contains("against mle").doesNotContain("NaN");
    assertThat(text.lines().filter(line -> line.startsWith("seqgan ")).findFirst().orElseThrow())
        .contains("8.736", "better");
    assertThat(text).contains("\nwarning: Cell control-shuffled-seed2 failed");
  }

  @Test
  void warnsOfCellsThatFailedOrWait() {
    List<String> warnings = MatrixSummary.of(SyntheticMatrix.table1()).warnings();
    assertThat(warnings)
        .contains(
            "Cell control-shuffled-seed2 failed and is in no figure: expected 4 GiB of memory, found 1")
        .anyMatch(w -> w.startsWith("The matrix is not finished: 1 of 33 cells"));
  }

  @Test
  void warnsOfControlsThatDoAsWellAsSeqgan() {
    List<String> warnings = MatrixSummary.of(SyntheticMatrix.table1()).warnings();
    assertThat(warnings)
        .anyMatch(w -> w.startsWith("The control control-constant does as well as seqgan"))
        .noneMatch(w -> w.startsWith("The control control-shuffled"));
    SyntheticMatrix matrix = new SyntheticMatrix();
    threeSeeds("mle", matrix, 9.0, 9.02, 9.04);
    threeSeeds("seqgan", matrix, 8.7, 8.75, 8.71);
    threeSeeds("shuffled", matrix, 8.9, 8.95, 8.91);
    assertThat(warnings(matrix)).noneMatch(w -> w.contains("control"));
  }

  @Test
  void comparesAControlWithSeqganOfTheSameAxes() {
    SyntheticMatrix matrix = new SyntheticMatrix();
    threeSeeds("mle", matrix, 9.0, 9.02, 9.04);
    for (int seed = 1; seed <= 3; seed++) {
      for (String baseline : List.of("batch-mean", "none")) {
        Map<String, String> axes = Map.of("training.adversarial.baseline", baseline);
        double seqgan = baseline.equals("none") ? 8.0 : 8.7;
        matrix.done("seqgan", axes, seed, seqgan, List.of(), Map.of());
        matrix.done("constant", axes, seed, 8.3, List.of(), Map.of());
      }
    }
    assertThat(warnings(matrix).stream().filter(w -> w.contains("control")))
        .singleElement()
        .asString()
        .startsWith(
            "The control constant baseline=batch-mean does as well as seqgan baseline=batch-mean");
  }

  @Test
  void warnsOfSaturationSayingWhereAndHowOften() {
    assertThat(MatrixSummary.of(SyntheticMatrix.table1()).warnings())
        .anyMatch(w -> w.startsWith("pg-bleu:") && w.contains("pg-bleu-seed2 (10 of 40 rounds)"));
  }

  @Test
  void warnsOfCollapseByDistinctSequencesAndBySelfBleu() {
    Map<String, Double> collapsed = new HashMap<>();
    collapsed.put("distinct-sequences", 0.03);
    collapsed.put("self-bleu-4", 0.9);
    SyntheticMatrix matrix =
        new SyntheticMatrix()
            .usualAnchors()
            .done("mle", Map.of(), 1, 9, List.of(), Map.of("distinct-sequences", 1.0))
            .done("seqgan", Map.of(), 1, 5, List.of(), collapsed);
    assertThat(warnings(matrix))
        .contains("seqgan has collapsed: only 3.0% of its sequences are different.")
        .contains(
            "seqgan repeats itself: self-bleu-4 is 0.9000, far above real against real (0.2100).")
        .noneMatch(w -> w.startsWith("mle has"));
  }

  @Test
  void warnsOfSingleSeedsAndOfUnequalNumbers() {
    assertThat(MatrixSummary.of(SyntheticMatrix.table1()).warnings())
        .contains("One seed only, which says nothing of the spread: control-shuffled.")
        .anyMatch(w -> w.startsWith("Numbers of seeds differ: random 5"));
  }

  @Test
  void warnsWhereNothingTellsOfDiversity() {
    SyntheticMatrix matrix = new SyntheticMatrix();
    threeSeeds("mle", matrix, 9.0, 9.02, 9.04);
    assertThat(warnings(matrix)).singleElement().asString().contains("measure of diversity");
  }

  @Test
  void hasNothingToSayOfASoundMatrix() {
    assertThat(MatrixSummary.of(SyntheticMatrix.figure3()).warnings()).isEmpty();
  }

  @Test
  void aControlThatNoCellWasRunOfIsNotSaidToBeNone() {
    SyntheticMatrix matrix =
        new SyntheticMatrix().controls(Map.of("seqgan", List.of("constant-reward")));
    threeSeeds("mle", matrix, 9.0, 9.02, 9.04);
    threeSeeds("seqgan", matrix, 8.0, 8.02, 8.04);
    assertThat(MatrixSummary.of(matrix.results()).study())
        .extracting(MatrixSummary.Studied::rewardMatters)
        .containsExactly("no control", "no control with the same settings");
  }

  @Test
  void aRewardMattersWhereTheMethodBeatsEachOfItsControls() {
    SyntheticMatrix matrix =
        new SyntheticMatrix()
            .controls(
                Map.of(
                    "seqgan", List.of("constant-reward", "random-reward"),
                    "maligan", List.of("constant-reward"),
                    "pg-bleu", List.of("random-reward")));
    threeSeeds("mle", matrix, 9.0, 9.02, 9.04);
    threeSeeds("seqgan", matrix, 8.0, 8.02, 8.04);
    threeSeeds("maligan", matrix, 8.50, 8.53, 8.47);
    threeSeeds("pg-bleu", matrix, 9.5, 9.51, 9.52);
    threeSeeds("constant-reward", matrix, 8.5, 8.52, 8.48);
    threeSeeds("random-reward", matrix, 9.0, 9.02, 9.04);
    MatrixSummary summary = MatrixSummary.of(matrix.results());
    assertThat(summary.study())
        .extracting(MatrixSummary.Studied::name, MatrixSummary.Studied::rewardMatters)
        .containsExactly(
            tuple("mle", "no control"),
            tuple("seqgan", "yes"),
            tuple("maligan", "not shown"),
            tuple("pg-bleu", "no"),
            tuple("constant-reward", "no control"),
            tuple("random-reward", "no control"));
    MatrixSummary.Controlled first = summary.study().get(1).controls().get(0);
    assertThat(first.control()).isEqualTo("constant-reward");
    assertThat(first.figures().get(Figure.DIFFERENCE)).isCloseTo(-0.48, within(1e-9));
    assertThat(first.figures().get(Figure.P_HOLM))
        .as("four comparisons are one family")
        .isGreaterThan(first.figures().get(Figure.P));
  }

  @Test
  void aMethodsCostIsBesideThatOfTheBaseline() {
    MatrixSummary summary = MatrixSummary.of(SyntheticMatrix.swept());
    // A cell of the synthetic matrix takes 100 seconds and its seed.
    assertThat(summary.study().get(1).figures())
        .containsEntry("seconds", 101.5)
        .containsEntry("times-the-baseline", 1.0);
  }

  @Test
  void comparesQualityWhereBothAreAsDiverse() {
    MatrixSummary summary = MatrixSummary.of(SyntheticMatrix.swept());
    assertThat(summary.study().get(0).equalDiversity()).as("the baseline").isEmpty();
    MatrixSummary.AtEqualDiversity seqgan = summary.study().get(1).equalDiversity().get(0);
    assertThat(seqgan.quality()).isEqualTo("nll-oracle");
    assertThat(seqgan.diversity()).isEqualTo("self-bleu-4");
    assertThat(seqgan.verdict()).isEqualTo("better");
    assertThat(seqgan.figures().get(Figure.DIFFERENCE)).isCloseTo(-0.31, within(1e-9));
    assertThat(seqgan.range().get(0)).isCloseTo(0.18, within(1e-6));
    assertThat(seqgan.range().get(1)).isCloseTo(0.42, within(1e-6));
  }
}

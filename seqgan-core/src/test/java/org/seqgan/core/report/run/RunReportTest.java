package org.seqgan.core.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.metric.Better;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.WarningKind;
import org.seqgan.core.report.ReportPage;
import org.seqgan.core.run.MetricNote;
import org.seqgan.core.run.MetricsHistory;
import org.seqgan.core.run.Position;
import org.seqgan.core.run.RunContents;
import org.seqgan.core.run.RunDescription;
import org.seqgan.core.run.RunStatus;
import org.seqgan.core.run.SampleFolder;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** {@link RunReport}. */
class RunReportTest {
  private static final String HOSTILE =
      "</pre><script src=\"http://x/\">&'\u0000\u001b\ud800\uffff";
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  private Path samples = Path.of("");

  @BeforeEach
  void chooseFolder(@TempDir Path folder) {
    samples = folder;
  }

  private static MetricsHistory.Row row(Phase phase, int step, Map<String, Double> values) {
    return new MetricsHistory.Row(new Position(phase, step), 2, TIME, values);
  }

  private RunContents run(List<MetricsHistory.Row> rows, RunStatus.State state, String text) {
    Map<Phase, Integer> plan = new TreeMap<>();
    plan.put(Phase.GENERATOR_PRETRAINING, 120);
    plan.put(Phase.DISCRIMINATOR_PRETRAINING, 50);
    plan.put(Phase.ADVERSARIAL, 200);
    Position position =
        rows.isEmpty()
            ? new Position(Phase.GENERATOR_PRETRAINING, 0)
            : rows.get(rows.size() - 1).position();
    RunDescription description =
        new RunDescription(
            "0.1.0 " + text,
            List.of(
                new MetricNote("nll-oracle", Better.LOWER, "9984 samples" + text),
                new MetricNote("nll-gen", Better.LOWER, "test set"),
                new MetricNote("distinct-2", Better.HIGHER, "of 9984 samples")),
            List.of("seed 7" + text));
    RunStatus status =
        new RunStatus(
            state,
            state == RunStatus.State.FAILED ? Optional.of("no memory" + text) : Optional.empty(),
            position,
            0,
            plan,
            TIME,
            TIME.plusSeconds(3661),
            42,
            description,
            List.of(
                new RunStatus.Warning(
                    new Position(Phase.ADVERSARIAL, 3),
                    new Position(Phase.ADVERSARIAL, 7),
                    Optional.of(WarningKind.SATURATED_DISCRIMINATOR),
                    "always right" + text,
                    2,
                    true)));
    return new RunContents(
        "run" + text,
        status,
        "seed = 7 # " + text,
        new MetricsHistory(rows),
        new SampleFolder(samples));
  }

  private RunContents run(MetricsHistory.Row... rows) {
    return run(List.of(rows), RunStatus.State.RUNNING, "");
  }

  private static List<MetricsHistory.Row> wholeRun() {
    List<MetricsHistory.Row> rows = new ArrayList<>();
    for (int epoch = 0; epoch <= 120; epoch += 5) {
      rows.add(
          row(
              Phase.GENERATOR_PRETRAINING,
              epoch,
              values(9.0 + 1.6 * Math.exp(-epoch / 15.0), 6.1 + 2.4 * Math.exp(-epoch / 12.0))));
    }
    for (int round = 1; round <= 50; round++) {
      rows.add(
          row(
              Phase.DISCRIMINATOR_PRETRAINING,
              round,
              Map.of("d-loss", 0.2 + Math.exp(-round / 10.0))));
    }
    for (int round = 1; round <= 200; round++) {
      Map<String, Double> values =
          values(8.73 + 0.3 * Math.exp(-round / 60.0), 6.1 + round / 400.0);
      values.put("d-loss", 0.3 + 0.1 * Math.sin(round));
      values.put("g-loss", 20 + 5 * Math.sin(round / 7.0));
      values.put("mean-reward", 0.2 + round / 1000.0);
      rows.add(row(Phase.ADVERSARIAL, round, values));
    }
    return rows;
  }

  private static Map<String, Double> values(double oracle, double generator) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("nll-oracle", oracle);
    values.put("nll-gen", generator);
    values.put("distinct-2", generator / 10);
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 275})
  void drawsTheLearningCurvesForAnyNumberOfPoints(int count) throws Exception {
    List<MetricsHistory.Row> rows = wholeRun().subList(0, count);
    Document page = ReportPage.parse(RunReport.render(run(rows, RunStatus.State.RUNNING, "")));
    for (String size : List.of("wide", "narrow")) {
      assertThat(ReportPage.inside(page, size, "path", "curve")).hasSize(2);
      assertThat(ReportPage.inside(page, size, "text", "empty")).hasSize(count == 0 ? 1 : 0);
      assertThat(ReportPage.inside(page, size, "text", "y-tick")).hasSizeGreaterThan(2);
      assertThat(ReportPage.inside(page, size, "text", "x-tick")).isNotEmpty();
    }
    int measured = (int) rows.stream().filter(r -> r.values().containsKey("nll-gen")).count();
    assertThat(ReportPage.inside(page, "wide", "circle", "s1")).hasSize(measured);
    assertThat(ReportPage.inside(page, "wide", "circle", "s2")).hasSize(measured);
    String path = ReportPage.inside(page, "narrow", "path", "s1").get(0).getAttribute("d");
    assertThat(path.chars().filter(c -> c == 'L').count()).isEqualTo(measured);
    assertThat(path).doesNotContain("NaN", "Infinity");
  }

  @Test
  void tellsThePhasesApart() throws Exception {
    Document page =
        ReportPage.parse(RunReport.render(run(wholeRun(), RunStatus.State.FINISHED, "")));
    assertThat(ReportPage.inside(page, "wide", "rect", "phase")).hasSize(3);
    assertThat(ReportPage.inside(page, "wide", "line", "game")).hasSize(1);
    assertThat(ReportPage.inside(page, "wide", "text", "phase-name"))
        .extracting(Element::getTextContent)
        .containsExactly("generator pre-training", "D pre-training", "adversarial training");
    Element border = ReportPage.inside(page, "wide", "line", "game").get(0);
    Element adversarial = ReportPage.inside(page, "wide", "rect", "adversarial").get(0);
    assertThat(border.getAttribute("x1")).isEqualTo(adversarial.getAttribute("x"));
  }

  @Test
  void givesEachPointATitleWithItsValueAndStep() throws Exception {
    Document page =
        ReportPage.parse(
            RunReport.render(run(row(Phase.GENERATOR_PRETRAINING, 5, values(9.25, 6.5)))));
    assertThat(ReportPage.inside(page, "wide", "circle", "s1"))
        .singleElement()
        .extracting(circle -> circle.getTextContent().strip())
        .isEqualTo("nll-oracle 9.2500 after generator-pretraining 5");
  }

  @Test
  void leavesAGapWhereAFigureIsNoNumber() throws Exception {
    Document page =
        ReportPage.parse(
            RunReport.render(
                run(
                    row(Phase.GENERATOR_PRETRAINING, 1, values(9, 6)),
                    row(Phase.GENERATOR_PRETRAINING, 2, values(8, 6)),
                    row(Phase.GENERATOR_PRETRAINING, 3, values(Double.NaN, 6)),
                    row(Phase.GENERATOR_PRETRAINING, 4, values(Double.POSITIVE_INFINITY, 6)),
                    row(Phase.GENERATOR_PRETRAINING, 5, values(7, 6)))));
    String path = ReportPage.inside(page, "wide", "path", "s1").get(0).getAttribute("d");
    assertThat(path.chars().filter(c -> c == 'M').count()).isEqualTo(2);
    assertThat(path.chars().filter(c -> c == 'L').count()).isEqualTo(3);
    assertThat(ReportPage.inside(page, "wide", "circle", "s1")).hasSize(3);
  }

  @Test
  void showsNllGenBesideNllOracleEvenWhereItWasNotMeasured() {
    String page =
        RunReport.render(run(row(Phase.GENERATOR_PRETRAINING, 1, Map.of("nll-oracle", 9.0))));
    assertThat(page).contains("nll-gen (not measured)");
  }

  @Test
  void saysNothingOfAnOracleWhereThereIsNone() {
    String page =
        RunReport.render(run(row(Phase.GENERATOR_PRETRAINING, 1, Map.of("nll-gen", 9.0))));
    assertThat(page)
        .contains("<th scope=\"row\">nll-gen</th>")
        .contains("<dt>nll-gen</dt>")
        .doesNotContain("<th scope=\"row\">nll-oracle</th>", "<dt>nll-oracle</dt>", "not measured");
  }

  @Test
  void saysWhatIsToComeWhereNothingIsMeasuredYet() {
    assertThat(RunReport.render(run())).contains("<dt>nll-gen</dt>", "<dt>nll-oracle</dt>");
  }

  @Test
  void drawsLossesAndRewardOfTheirOwn() throws Exception {
    Document page =
        ReportPage.parse(RunReport.render(run(wholeRun(), RunStatus.State.FINISHED, "")));
    assertThat(ReportPage.elements(page, "svg", "small"))
        .extracting(chart -> chart.getAttribute("aria-label"))
        .containsExactly(
            "d-loss over the run",
            "g-loss over the run",
            "mean-reward over the run",
            "distinct-2 over the run");
  }

  @Test
  void breaksALossBetweenPhasesBecauseItMeansAnotherThingThere() throws Exception {
    Document page =
        ReportPage.parse(
            RunReport.render(
                run(
                    row(Phase.GENERATOR_PRETRAINING, 120, Map.of("g-loss", 6.0)),
                    row(Phase.ADVERSARIAL, 1, Map.of("g-loss", 20.0)))));
    String path = ReportPage.inside(page, "small", "path", "curve").get(0).getAttribute("d");
    assertThat(path.chars().filter(c -> c == 'M').count()).isEqualTo(2);
  }

  @Test
  void standsAlone() throws IOException {
    Files.writeString(samples.resolve("adversarial-000001.txt"), HOSTILE.replace("\ud800", ""));
    String page = RunReport.render(run(wholeRun(), RunStatus.State.FINISHED, HOSTILE));
    assertThat(page).doesNotContain("<script", "<link", "<iframe", "<img", "@import", "url(");
    Matcher loading =
        Pattern.compile("\\s(?:src|href|srcset|action)\\s*=")
            .matcher(page.replaceAll(">[^<]*<", "><"));
    assertThat(loading.find()).isFalse();
  }

  @Test
  void escapesHostileTextAndStaysWellFormed() throws Exception {
    Files.writeString(samples.resolve("adversarial-000001.txt"), "<b>bold</b> & \"quoted\"");
    Map<String, Double> values = new LinkedHashMap<>(Map.of("loss<" + HOSTILE, 1.0));
    RunContents run =
        run(List.of(row(Phase.ADVERSARIAL, 1, values)), RunStatus.State.FAILED, HOSTILE);
    String text = RunReport.render(run);
    Document page = ReportPage.parse(text);
    assertThat(page.getElementsByTagName("script").getLength()).isZero();
    assertThat(page.getElementsByTagName("b").getLength()).isZero();
    assertThat(page.getElementsByTagName("pre").item(0).getTextContent())
        .isEqualTo("<b>bold</b> & \"quoted\"");
    assertThat(page.getElementsByTagName("pre").item(1).getTextContent())
        .isEqualTo("seed = 7 # </pre><script src=\"http://x/\">&'\u2400\u241b\ufffd\ufffd");
  }

  @Test
  void showsTheFiguresThatMatterWithTheirSteps() throws Exception {
    Document page =
        ReportPage.parse(
            RunReport.render(
                run(
                    row(Phase.GENERATOR_PRETRAINING, 0, values(11, 8)),
                    row(Phase.GENERATOR_PRETRAINING, 120, values(9.1, 6)),
                    row(Phase.ADVERSARIAL, 1, values(8.7, 6.5)),
                    row(Phase.ADVERSARIAL, 2, values(Double.NaN, 6.7)),
                    row(Phase.ADVERSARIAL, 3, values(8.9, 6.8)))));
    NodeList rows = page.getElementsByTagName("tr");
    assertThat(cells(rows, 0))
        .containsExactly(
            "Metric", "First", "After pre-training", "Best", "At best nll-oracle", "Last");
    assertThat(cells(rows, 1))
        .containsExactly(
            "nll-oracle",
            "11.0000MLE epoch 0",
            "9.1000MLE epoch 120",
            "8.7000round 1",
            "8.7000round 1",
            "8.9000round 3");
    assertThat(cells(rows, 2))
        .containsExactly(
            "nll-gen",
            "8.0000MLE epoch 0",
            "6.0000MLE epoch 120",
            "6.0000MLE epoch 120",
            "6.5000round 1",
            "6.8000round 3");
    assertThat(cells(rows, 3)).element(3).isEqualTo("0.8000MLE epoch 0");
  }

  @Test
  void drawsQuantilesAsTheBandOfTheirMeanAndListsThemNowhere() throws Exception {
    List<MetricsHistory.Row> rows = new ArrayList<>();
    for (int round = 1; round <= 3; round++) {
      Map<String, Double> values = values(9, 6);
      values.put("reward", 0.5);
      values.put("reward-q0", 0.25);
      values.put("reward-q10", 0.375);
      values.put("reward-q90", 0.75);
      rows.add(row(Phase.ADVERSARIAL, round, values));
    }
    String text = RunReport.render(run(rows, RunStatus.State.RUNNING, ""));
    assertThat(text).contains("reward, mean, and 10% to 90%").doesNotContain("reward-q");
    Document page = ReportPage.parse(text);
    assertThat(ReportPage.elements(page, "path", "band")).hasSize(1);
  }

  @Test
  void drawsHowOftenTheDiscriminatorIsRightBesideAGuess() throws Exception {
    Document page =
        ReportPage.parse(
            RunReport.render(
                run(
                    row(Phase.ADVERSARIAL, 1, Map.of("d-accuracy", 0.7)),
                    row(Phase.ADVERSARIAL, 2, Map.of("d-accuracy", 0.6)))));
    assertThat(ReportPage.elements(page, "svg", "chart"))
        .extracting(chart -> chart.getAttribute("aria-label"))
        .filteredOn(label -> label.contains("accuracy"))
        .containsOnly("accuracy of the discriminator over the run");
    assertThat(ReportPage.inside(page, "wide", "text", "anchor-name"))
        .extracting(Element::getTextContent)
        .containsExactly("\u2193 a guess 0.5000");
  }

  @Test
  void drawsHowRewardsAreSpreadOverRoundsWhereAllQuantilesAreKnown() throws Exception {
    List<MetricsHistory.Row> rows = new ArrayList<>();
    for (int round = 1; round <= 3; round++) {
      Map<String, Double> values = values(9, 6);
      values.put("reward", 0.5);
      for (int percent : new int[] {0, 10, 25, 50, 75, 90, 100}) {
        values.put("reward-q" + percent, percent / 100.0);
      }
      rows.add(row(Phase.ADVERSARIAL, round, values));
    }
    String text = RunReport.render(run(rows, RunStatus.State.RUNNING, ""));
    Document page = ReportPage.parse(text);
    List<Element> bands = ReportPage.inside(page, "wide", "path", "band");
    assertThat(bands).hasSize(3);
    // From the least to the largest value first, so that the middle half is the darkest.
    assertThat(bands)
        .extracting(RunReportTest::reach)
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(text).contains("the darkest the middle half", "median");
  }

  /** How far apart the first upper and the last lower place of a band are. */
  private static double reach(Element band) {
    Matcher ys = Pattern.compile(",([0-9.]+)").matcher(band.getAttribute("d"));
    List<Double> all = new ArrayList<>();
    while (ys.find()) {
      all.add(Double.parseDouble(ys.group(1)));
    }
    return all.get(all.size() - 1) - all.get(0);
  }

  private static List<String> cells(NodeList rows, int row) {
    List<String> cells = new ArrayList<>();
    NodeList children = rows.item(row).getChildNodes();
    for (int i = 0; i < children.getLength(); i++) {
      if (children.item(i) instanceof Element cell) {
        cells.add(cell.getTextContent().strip());
      }
    }
    return cells;
  }

  @Test
  void saysHowItStandsAndHowFiguresWereComputed() {
    String page = RunReport.render(run(wholeRun(), RunStatus.State.FAILED, ""));
    assertThat(page)
        .contains("failed", "no memory", "adversarial training 200/200", "1:01:01 later")
        .contains("9984 samples; lower is better", "of 9984 samples; higher is better")
        .contains("seed 7")
        .contains("saturated-discriminator", "2 times, adversarial 3 to adversarial 7, then over");
  }

  @Test
  void showsTheLatestSamplesAndFoldsEarlierOnesSayingHowMany() throws Exception {
    for (int step = 1; step <= 45; step++) {
      Files.writeString(
          samples.resolve(new Position(Phase.ADVERSARIAL, step).label() + ".txt"), "text " + step);
    }
    String text = RunReport.render(run());
    Document page = ReportPage.parse(text);
    assertThat(page.getElementsByTagName("pre").item(0).getTextContent()).isEqualTo("text 45");
    assertThat(text)
        .contains("Earlier samples (20 of 44; all of them are in samples/)")
        .contains("text 1<");
  }

  @Test
  void marksAtMostAFixedNumberOfPointsButDrawsThemAll() throws Exception {
    List<MetricsHistory.Row> rows = new ArrayList<>();
    for (int round = 1; round <= 1000; round++) {
      rows.add(row(Phase.ADVERSARIAL, round, values(round, 1)));
    }
    Document page = ReportPage.parse(RunReport.render(run(rows, RunStatus.State.RUNNING, "")));
    String path = ReportPage.inside(page, "wide", "path", "s1").get(0).getAttribute("d");
    assertThat(path.chars().filter(c -> c == 'L').count()).isEqualTo(1000);
    assertThat(ReportPage.inside(page, "wide", "circle", "s1")).hasSizeBetween(300, 400);
  }
}

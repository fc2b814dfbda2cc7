package org.seqgan.core.report.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;
import org.seqgan.core.matrix.MatrixResults;
import org.seqgan.core.matrix.Point;
import org.seqgan.core.report.Chromium;
import org.seqgan.core.report.ReportPage;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** {@link MatrixReport}. */
@Tag("slow")
class MatrixReportTest {
  private static final String HOSTILE = "</p><script src=\"http://x/\">&'\u0000";

  private static final int VERDICT = 2;
  private static final int PUBLISHED = 3;

  private static Document parse(MatrixResults results) throws Exception {
    return ReportPage.parse(MatrixReport.render(results));
  }

  private static List<String> row(Document page, String method) {
    NodeList rows = page.getElementsByTagName("tr");
    for (int i = 0; i < rows.getLength(); i++) {
      List<String> cells = new ArrayList<>();
      NodeList children = rows.item(i).getChildNodes();
      for (int j = 0; j < children.getLength(); j++) {
        if (children.item(j) instanceof Element cell) {
          cells.add(cell.getTextContent().strip());
        }
      }
      if (cells.get(0).equals(method)) {
        return cells;
      }
    }
    throw new AssertionError("no row " + method);
  }

  @Test
  void showsTableOneBesideThePublishedValues() throws Exception {
    Document page = parse(SyntheticMatrix.table1());
    assertThat(row(page, "Method"))
        .containsExactly(
            "Method",
            "nll-oracle",
            "Verdict",
            "Published",
            "95% interval, seeds",
            "Difference, 95% interval",
            "p (Holm), p (Welch)",
            "Paper\u2019s per-sequence p")
        .hasSameSizeAs(row(page, "seqgan"));
    assertThat(row(page, "seqgan").get(1)).isEqualTo("8.7401sd 0.0170");
    assertThat(row(page, "seqgan").get(4)).contains(" to ").endsWith("5 seeds");
    assertThat(row(page, "seqgan").get(5)).matches("-0\\.3\\d+-0\\.\\d+ to -0\\.\\d+");
    assertThat(row(page, "seqgan").get(6)).contains("p ", "t ", "df ");
    assertThat(row(page, "control-shuffled").get(4)).endsWith("1 seed, 1 failed");
    assertThat(row(page, "seqgan").get(PUBLISHED)).isEqualTo("8.736");
    assertThat(row(page, "seqgan").get(VERDICT)).isEqualTo("better");
    assertThat(row(page, "mle").get(PUBLISHED)).isEqualTo("9.038");
    assertThat(row(page, "mle").get(VERDICT)).isEqualTo("baseline");
    assertThat(row(page, "mle").subList(5, 8)).containsOnly("\u2013");
    assertThat(row(page, "random").get(VERDICT)).isEqualTo("worse");
    assertThat(row(page, "control-constant").get(PUBLISHED)).isEqualTo("\u2013");
    assertThat(row(page, "scheduled-sampling").get(VERDICT))
        .startsWith("undecided")
        .contains("seed");
    assertThat(row(page, "control-shuffled").get(VERDICT)).startsWith("not testable");
  }

  @Test
  void saysWhereTheSettingIsNotThePapers() {
    assertThat(MatrixReport.render(SyntheticMatrix.figure3()))
        .contains("The setting is not the paper\u2019s")
        .doesNotContain("8.736");
  }

  @Test
  void namesPublishedMethodsThatWereNotRun() {
    MatrixResults results = new SyntheticMatrix().publishedValues().exactly("mle", 1, 9).results();
    assertThat(MatrixReport.render(results))
        .contains("Not in this matrix: random 10.310, scheduled-sampling 8.985");
  }

  @Test
  void drawsACurveWithABandForEachMethodThatLearns() throws Exception {
    Document page = parse(SyntheticMatrix.table1());
    for (String size : List.of("wide", "narrow")) {
      // One seed has no band, what does not learn has no curve, and four have an adversarial part.
      assertThat(ReportPage.inside(page, size, "path", "curve")).hasSize(6 + 4);
      assertThat(ReportPage.inside(page, size, "path", "band")).hasSize(5 + 3);
      assertThat(ReportPage.inside(page, size, "line", "game")).hasSize(1);
    }
    assertThat(ReportPage.inside(page, "wide", "path", "band").get(0).getAttribute("d"))
        .endsWith("Z")
        .doesNotContain("NaN");
  }

  @Test
  void drawsAnchorsWhereTheyLieOrAtTheEdgeWithAnArrow() throws Exception {
    Document page = parse(SyntheticMatrix.table1());
    assertThat(ReportPage.inside(page, "wide", "text", "anchor-name"))
        .extracting(Element::getTextContent)
        .contains("unigram 10.2700", "uniform 11.4300", "\u2193 oracle on itself 5.7530")
        .anyMatch(name -> name.startsWith("random 10.3"))
        .anyMatch(name -> name.startsWith("mle 9.05"));
  }

  @Test
  void drawsCurvesByAxesWhereTheyVary() throws Exception {
    Document page = parse(SyntheticMatrix.figure3());
    assertThat(headings(page)).contains("seqgan by g, d, k (the paper\u2019s Figure 3)");
    assertThat(ReportPage.inside(page, "wide", "path", "curve")).hasSize(1 + 5 + 4);
    assertThat(ReportPage.inside(page, "wide", "path", "trail")).hasSize(1);
    assertThat(row(page, "seqgan g=1 d=5 k=3").get(VERDICT)).isEqualTo("better");
  }

  @Test
  void setsQualityAgainstDiversitySeedBySeed() throws Exception {
    Document page = parse(SyntheticMatrix.table1());
    // 31 seeds, of which five of the untrained method are far off.
    assertThat(ReportPage.inside(page, "wide", "circle", "seed")).hasSize(31 - 5);
    assertThat(ReportPage.inside(page, "wide", "text", "mark-name"))
        .extracting(Element::getTextContent)
        .anyMatch(
            name -> name.endsWith("random: 10.3119 at 0.2380") || name.contains(" random: 10.3"));
    assertThat(ReportPage.inside(page, "wide", "text", "x-name"))
        .extracting(Element::getTextContent)
        .containsExactly("self-bleu-4");
  }

  @Test
  void showsATableForEachFurtherMetricAndRealDataBelow() throws Exception {
    Document page = parse(SyntheticMatrix.swept());
    assertThat(headings(page))
        .containsSubsequence(
            "Methods compared (the paper\u2019s Table 1)",
            "What a reviewer would ask",
            "The same by self-bleu-4 (lower is better)",
            "The same by nll-gen (neither end is the better one)",
            "At the same temperature");
    assertThat(row(page, "real data")).hasSize(7).startsWith("real data", "5.7600", "\u2013");
    assertThat(MatrixReport.render(SyntheticMatrix.swept()))
        .contains("made up; references: the samples themselves (100); tokens: ids of");
  }

  @Test
  void drawsACurveOverTemperaturesForEachMethod() throws Exception {
    Document page = parse(SyntheticMatrix.swept());
    // Three curves over training, two over the game, three over temperatures.
    assertThat(ReportPage.inside(page, "wide", "path", "curve")).hasSize(3 + 2 + 3);
    // At the end and at three temperatures: a dot for each of two seeds of three methods.
    assertThat(ReportPage.inside(page, "wide", "circle", "seed")).hasSize(6 + 3 * 6);
    assertThat(MatrixReport.render(SyntheticMatrix.swept()))
        .contains("mle at 0.7, mean: 8.4650 at 0.4200", "temperatures 0.7, 1.0, 1.3");
  }

  private static List<String> headings(Document page) {
    NodeList titles = page.getElementsByTagName("h2");
    List<String> names = new ArrayList<>();
    for (int i = 0; i < titles.getLength(); i++) {
      names.add(titles.item(i).getTextContent());
    }
    return names;
  }

  @Test
  void doesNotDrawScoresThatAreNotAlike() throws Exception {
    MatrixResults results =
        new SyntheticMatrix()
            .scores(9, 100)
            .trained("mle", Map.of(), 1, 9, 0)
            .scores(9, 50)
            .trained("seqgan", Map.of(), 1, 8.8, 0.1)
            .results();
    assertThat(ReportPage.inside(parse(results), "wide", "circle", "seed")).isEmpty();
    assertThat(MatrixReport.render(results))
        .contains("Not drawn: scores of self-bleu-4 cannot be compared: number of references");
  }

  @Test
  void saysHowEveryFigureWasComputed() {
    assertThat(MatrixReport.render(SyntheticMatrix.table1()))
        .contains("Welch&#39;s t-test", "Holm&#39;s step-down", "sample standard deviation")
        .contains("two seeds of the same method can pass it", "power 80%");
  }

  @Test
  void listsAllCellsWithTheirFailures() throws Exception {
    Document page = parse(SyntheticMatrix.table1());
    assertThat(row(page, "control-shuffled-seed2").get(1))
        .isEqualTo("failedexpected 4 GiB of memory, found 1");
    assertThat(row(page, "seqgan-seed3").get(2)).isEqualTo("0:01:43");
  }

  @Test
  void rendersAMatrixOfWhichNothingHasEndedYet() throws Exception {
    for (MatrixResults results :
        List.of(
            new SyntheticMatrix().results(),
            new SyntheticMatrix().usualAnchors().waiting("mle", 1).results(),
            new SyntheticMatrix().exactly("mle", 1, Double.NaN).exactly("x", 1, 3).results())) {
      assertThat(parse(results).getElementsByTagName("h1").getLength()).isEqualTo(1);
      assertThat(MatrixReport.render(results)).doesNotContain("NaN", "Infinity");
    }
  }

  @Test
  void refusesAPhaseThatThereIsNot() {
    MatrixResults results =
        new SyntheticMatrix()
            .done(
                "mle",
                Map.of(),
                1,
                9,
                List.of(new Point("warm-up", 1, Map.of("nll-oracle", 9.0))),
                Map.of())
            .results();
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> MatrixReport.render(results))
        .withMessageContaining("mle-seed1")
        .withMessageContaining("'warm-up'");
  }

  @Test
  void standsAloneWhateverTheNames() throws Exception {
    MatrixResults results =
        new SyntheticMatrix()
            .anchor("anchor" + HOSTILE, 9)
            .note("note " + HOSTILE)
            .trained("mle", Map.of(), 1, 9, 0)
            .trained("x" + HOSTILE, Map.of("a" + HOSTILE, "1"), 1, 9, 0.1)
            .failed("y" + HOSTILE, 1, HOSTILE)
            .results();
    assertThat(parse(results).getElementsByTagName("script").getLength()).isZero();
    assertLoadsNothing(MatrixReport.render(results));
    assertLoadsNothing(MatrixReport.render(SyntheticMatrix.table1()));
  }

  private static void assertLoadsNothing(String page) {
    assertThat(page).doesNotContain("<script", "<link", "<iframe", "<img", "@import", "url(");
    Matcher loading =
        Pattern.compile("\\s(?:src|href|srcset|action)\\s*=")
            .matcher(page.replaceAll(">[^<]*<", "><"));
    assertThat(loading.find()).isFalse();
  }

  @Test
  void opensInABrowserWithoutErrorsAndWithItsCharts(@TempDir Path folder) throws Exception {
    Chromium browser = Chromium.orSkip(folder);
    Path page = folder.resolve("report.html");
    Files.writeString(page, MatrixReport.render(SyntheticMatrix.table1()));
    Chromium.Visit visit = browser.open(page, 390);
    assertThat(visit.log()).doesNotContain("CONSOLE", "net::ERR", "Uncaught");
    long charts = Pattern.compile("<svg class=\"chart ").matcher(visit.dom()).results().count();
    // Differences, three drawings, wide and narrow, and a panel for each of four measurements.
    assertThat(charts).isEqualTo(11);
    assertThat(visit.dom()).contains("name=\"viewport\"");
    assertLoadsNothing(visit.dom());
  }

  @Test
  void withEverythingThereIsItFitsAPhone(@TempDir Path folder) throws Exception {
    Chromium browser = Chromium.orSkip(folder);
    Path page = folder.resolve("report.html");
    String width =
        """
        <script>
          addEventListener("load", () => {
            const root = document.documentElement;
            root.dataset.wider = root.scrollWidth > root.clientWidth;
          });
        </script></body>
        """;
    String report = MatrixReport.render(SyntheticMatrix.swept());
    Files.writeString(page, report.replace("</body>", width));
    Chromium.Visit visit = browser.open(page, 390);
    assertThat(visit.log()).doesNotContain("CONSOLE", "net::ERR", "Uncaught");
    // Tables scroll within themselves, so that the page does not.
    assertThat(visit.dom()).contains("data-wider=\"false\"");
    assertThat(browser.requests(report)).isZero();
  }

  @Test
  void noTableIsCutAt1200Pixels(@TempDir Path folder) throws Exception {
    Chromium browser = Chromium.orSkip(folder);
    Path page = folder.resolve("report.html");
    String widths =
        """
        <script>
          addEventListener("load", () => {
            const tables = [...document.querySelectorAll(".scroll")].filter(t => t.clientWidth);
            const cut = tables.filter(table => table.scrollWidth > table.clientWidth);
            document.documentElement.dataset.tables = tables.length;
            document.documentElement.dataset.cut = cut.length;
            console.log("CUT " + cut.map(table => table.querySelector("tr").textContent).join("; "));
          });
        </script></body>
        """;
    String report = MatrixReport.render(SyntheticMatrix.manyMethods());
    Files.writeString(page, report.replace("</body>", widths));
    // Compared by three metrics, method by method, at temperatures by two, two times eight others,
    // and cells.
    Chromium.Visit visit = browser.open(page, 1200);
    assertThat(visit.log()).contains("CUT \"");
    assertThat(visit.dom()).contains("data-tables=\"9\"", "data-cut=\"0\"");
    // And the count would have told.
    Files.writeString(
        page,
        report.replace("</style>", "td { min-width: 90rem; }</style>").replace("</body>", widths));
    assertThat(browser.open(page, 1200).dom()).contains("data-cut=\"9\"");
  }

  @Test
  void beginsWithDifferencesAndBetterIsRight() throws Exception {
    Document page = parse(SyntheticMatrix.swept());
    assertThat(headings(page))
        .startsWith("Differences to mle", "Methods compared (the paper\u2019s Table 1)");
    assertThat(ReportPage.elements(page, "svg", "forest"))
        .extracting(chart -> chart.getAttribute("aria-label"))
        .containsExactly(
            "nll-oracle: differences to mle with 95% intervals",
            "self-bleu-4: differences to mle with 95% intervals",
            "nll-gen: differences to mle with 95% intervals");
    Document table1 = parse(SyntheticMatrix.table1());
    double none =
        Double.parseDouble(
            ReportPage.inside(table1, "forest", "line", "none").get(0).getAttribute("x1"));
    // Lower is better here, seqgan is lower, and lies right of no difference.
    assertThat(effect(table1, "seqgan")).isGreaterThan(none);
    assertThat(effect(table1, "scheduled-sampling")).isLessThan(effect(table1, "seqgan"));
    assertThat(ReportPage.inside(page, "forest", "text", "side"))
        .extracting(Element::getTextContent)
        .containsExactly(
            "\u2190 worse",
            "better \u2192",
            "\u2190 worse",
            "better \u2192",
            "\u2190 lower",
            "higher \u2192");
  }

  @Test
  void aMethodThatCollapsedDoesNotFlattenTheOthers() throws Exception {
    Document page = parse(SyntheticMatrix.manyMethods());
    String collapsed = "method-without-updates-18";
    // It goes from 6.6 to 4.1, the others from 11.5 to at least 8.69.
    List<Double> scale =
        overTraining(page, "text", "y-tick").stream()
            .map(tick -> Double.parseDouble(tick.getTextContent()))
            .toList();
    assertThat(scale.get(0)).isBetween(8.0, 8.7);
    assertThat(overTraining(page, "text", "anchor-name"))
        .extracting(Element::getTextContent)
        .anyMatch(name -> name.startsWith("\u2193") && name.contains(collapsed + " 4."));
    assertThat(ReportPage.inside(page, "wide", "text", "mark-name"))
        .extracting(Element::getTextContent)
        .anyMatch(name -> name.substring(2).startsWith(collapsed + ": 4."));
    assertThat(MatrixReport.render(SyntheticMatrix.manyMethods()))
        .containsPattern(
            "Tukey\u2019s fences, [^.]*\\. Not reckoned into it, with an arrow at its edge where it"
                + " has no room: "
                + collapsed
                + " 4\\.");
  }

  /** What is in the wide drawing of the metric that ranks over training. */
  private static List<Element> overTraining(Document page, String tag, String cssClass) {
    return ReportPage.inside(page, "wide", tag, cssClass).stream()
        .filter(
            element ->
                element.getParentNode() instanceof Element drawing
                    && drawing
                        .getAttribute("aria-label")
                        .equals("nll-oracle over training, by method"))
        .toList();
  }

  @Test
  void theBaselineIsOnTheScaleWhereverItLies() throws Exception {
    SyntheticMatrix matrix = new SyntheticMatrix();
    for (int method = 0; method < 8; method++) {
      matrix.trained("better-" + method, Map.of(), 1, 8 + method / 100.0, 0.1);
    }
    matrix.trained("mle", Map.of(), 1, 12, 0.1);
    assertThat(overTraining(parse(matrix.results()), "text", "anchor-name")).isEmpty();
    // As no baseline it is at the edge.
    matrix.baseline("better-1");
    assertThat(overTraining(parse(matrix.results()), "text", "anchor-name"))
        .singleElement()
        .extracting(Element::getTextContent)
        .asString()
        .startsWith("\u2191 mle 1");
  }

  @Test
  void noTwoOfNineteenMethodsLookTheSameAndEachIsNamedAtItsEnd() throws Exception {
    Document page = parse(SyntheticMatrix.manyMethods());
    assertThat(overTraining(page, "path", "curve"))
        .as("but the collapsed one, which never was on the scale")
        .hasSize(18)
        .extracting(curve -> curve.getAttribute("class").replace(" cut", ""))
        .doesNotHaveDuplicates();
    // All but the collapsed one, which is named at the edge.
    assertThat(overTraining(page, "text", "curve-name"))
        .hasSize(18)
        .extracting(Element::getTextContent)
        .contains("mle", "method-without-updates-17");
    assertThat(ReportPage.inside(page, "narrow", "text", "curve-name")).isEmpty();
    double last = 0;
    for (Element name : overTraining(page, "text", "curve-name")) {
      double y = Double.parseDouble(name.getAttribute("y"));
      assertThat(y - last).as("lines of text").isGreaterThan(12);
      last = y;
    }
    assertThat(last).isLessThan(380);
  }

  @Test
  void whatDiffersBetweenCellsIsABandFromTheLeastToTheLargest() throws Exception {
    MatrixResults results =
        new SyntheticMatrix()
            .range("real", 8.85, 8.95)
            .range("oracle on itself", 3.28, 3.29)
            .range("self-bleu-4: real against real", 0.2, 0.25)
            .trained("mle", Map.of(), 1, 9, 0)
            .trained("seqgan", Map.of(), 1, 8.8, 0.1)
            .results();
    Document page = parse(results);
    assertThat(ReportPage.inside(page, "wide", "text", "anchor-name"))
        .extracting(Element::getTextContent)
        .contains(
            "real 8.8500 to 8.9500",
            "\u2193 oracle on itself 3.2800 to 3.2900",
            "real against real 0.2000 to 0.2500");
    // Two drawings of curves; quality against diversity has one across and one upwards.
    assertThat(ReportPage.inside(page, "wide", "rect", "anchor-band"))
        .hasSize(4)
        .allMatch(band -> Double.parseDouble(band.getAttribute("height")) > 3);
    assertThat(row(page, "real data")).contains("0.2000 to 0.2500");
  }

  private static double effect(Document page, String method) {
    return ReportPage.inside(page, "forest", "circle", "effect").stream()
        .filter(dot -> dot.getTextContent().strip().startsWith(method + ":"))
        .mapToDouble(dot -> Double.parseDouble(dot.getAttribute("cx")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void saysWhichDifferencesLieBeyondTheScaleAndWhichCannotBeTested() throws Exception {
    Document page = parse(SyntheticMatrix.table1());
    // random is worse by 1.26, the others differ by at most 0.4.
    assertThat(ReportPage.inside(page, "forest", "text", "beyond"))
        .singleElement()
        .extracting(Element::getTextContent)
        .asString()
        .startsWith("\u2190 -1.2");
    assertThat(ReportPage.inside(page, "forest", "text", "absent"))
        .extracting(Element::getTextContent)
        .containsExactly("not testable");
    assertThat(MatrixReport.render(SyntheticMatrix.table1()))
        .contains("Beyond the scale: random", "Not testable: control-shuffled: ")
        .contains("<desc>random: -1.2");
  }

  @Test
  void asksTheNetworkForNothing(@TempDir Path folder) throws Exception {
    Chromium browser = Chromium.orSkip(folder);
    String report = MatrixReport.render(SyntheticMatrix.figure3());
    assertThat(browser.requests(report)).isZero();
    // And the count would have told.
    String image = "<img src=\"http://127.0.0.1:9/x.png\"/></body>";
    assertThat(browser.requests(report.replace("</body>", image))).isEqualTo(1);
  }

  @Test
  void hasALineForEachMethod() throws Exception {
    Document page = parse(SyntheticMatrix.swept());
    assertThat(headings(page)).contains("Method by method");
    assertThat(MatrixReport.render(SyntheticMatrix.swept()))
        .contains("Better than mle at equal diversity?", "over self-bleu-4 0.18");
  }
}

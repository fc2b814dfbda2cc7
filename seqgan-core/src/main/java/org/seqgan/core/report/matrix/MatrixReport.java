package org.seqgan.core.report.matrix;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.seqgan.core.matrix.CellHistory;
import org.seqgan.core.matrix.CellState;
import org.seqgan.core.matrix.CellSummary;
import org.seqgan.core.matrix.FinalScores;
import org.seqgan.core.matrix.MatrixResults;
import org.seqgan.core.report.Markup;
import org.seqgan.core.report.NumberFormats;
import org.seqgan.core.report.Page;
import org.seqgan.core.report.run.KeyFigures;

/**
 * Writes the report of a matrix, finished or not: the paper's Table 1 with statistics over seeds,
 * what a reviewer would ask, learning curves (Figure 2), curves by axes (Figure 3), quality against
 * diversity, and how every figure was computed.
 *
 * <p>The page is one file that loads nothing, has no script, and is well-formed XML besides.
 */
public final class MatrixReport {
  private static final String DASH = "\u2013";

  /** Wider than other pages, because tables that are cut are not read; lines of text are not. */
  private static final String STYLE =
      "main { max-width: 1140px; } p, li, figcaption { max-width: 56rem; }";

  /** So many metrics beside each other fit a page. */
  private static final int METRICS_IN_A_TABLE = 8;

  /** Of what is said of a reward, the verdict whose colour it has. */
  private static final Map<String, String> COLOURS = Map.of("yes", "better", "no", "worse");

  private final MatrixResults results;
  private final Comparison comparison;
  private final MatrixSummary summary;
  private final Markup out = new Markup();
  private final MatrixCharts charts;

  private MatrixReport(MatrixResults results) {
    this.results = results;
    this.comparison = Comparison.of(results);
    this.summary = MatrixSummary.of(comparison);
    this.charts = new MatrixCharts(out, comparison);
  }

  /**
   * The report as HTML.
   *
   * @throws org.seqgan.api.UserException where a measurement is of a phase that there is not
   */
  public static String render(MatrixResults results) {
    return "<!DOCTYPE html>\n" + new MatrixReport(results).page();
  }

  private String page() {
    out.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en");
    Page.head(out, "Matrix " + results.name(), STYLE);
    out.open("body").open("main");
    title();
    new Differences(out, results, summary).draw();
    comparisonTable();
    methodByMethod();
    warnings();
    results.further().forEach(this::furtherTable);
    charts.draw();
    temperatures();
    otherMetrics();
    how();
    cells();
    return out.close().close().close().finish();
  }

  private void title() {
    Map<CellState, Long> states =
        results.cells().stream()
            .collect(Collectors.groupingBy(c -> c.summary().state(), Collectors.counting()));
    long done = states.getOrDefault(CellState.DONE, 0L);
    long failed = states.getOrDefault(CellState.FAILED, 0L);
    boolean open = done + failed < results.cells().size();
    String state = open ? "unfinished" : failed > 0 ? "failures" : "finished";
    out.open("header").open("h1").text(results.name() + " ");
    out.leaf("span", state, "class", "state " + state).close();
    out.leaf(
        "p",
        "%d of %d cells ended well%s. Compared by %s at the end of each run (%s is better), against %s."
            .formatted(
                done,
                results.cells().size(),
                failed > 0 ? ", " + failed + " failed" : "",
                results.metric(),
                results.lowerIsBetter() ? "lower" : "higher",
                results.baseline()));
    results.notes().forEach(note -> out.leaf("p", note, "class", "quiet"));
    out.close();
  }

  private void comparisonTable() {
    boolean published = !results.published().isEmpty();
    String paper = isNllOracle() ? " (the paper\u2019s Table 1)" : "";
    out.open("section").leaf("h2", "Methods compared" + paper);
    rows(results.metric(), summary.rows(), published);
    if (published || isNllOracle()) {
      out.leaf("p", aboutPublished(published), "class", "quiet");
    }
    out.leaf(
        "p",
        "The verdict goes by p (Holm). The paper\u2019s per-sequence p overstates: it takes the"
            + " sequences of one run for independent runs (see below).",
        "class",
        "quiet");
    out.close();
  }

  /** A line for each method, and quality against diversity of all of them. */
  private void methodByMethod() {
    if (summary.study().isEmpty()) {
      return;
    }
    out.open("section", "class", "study").leaf("h2", "Method by method");
    openTable();
    headings(
        "Method",
        "Better than %s at equal diversity?".formatted(results.baseline()),
        "Does its reward matter?",
        "Seconds a run",
        "Times the baseline");
    out.close().close().open("tbody");
    for (MatrixSummary.Studied method : summary.study()) {
      out.open("tr").leaf("th", method.name(), "scope", "row");
      out.open("td");
      if (method.equalDiversity().isEmpty()) {
        out.text(DASH);
      }
      for (MatrixSummary.AtEqualDiversity equal : method.equalDiversity()) {
        verdict(equal.verdict(), equal.verdict());
        small(words(equal));
      }
      out.close();
      out.open("td");
      if (method.controls().isEmpty()) {
        out.text(method.rewardMatters());
      } else {
        verdict(method.rewardMatters(), COLOURS.getOrDefault(method.rewardMatters(), "undecided"));
      }
      method.controls().forEach(control -> small(words(control)));
      out.close();
      cell(
          number(figure(method.figures(), "seconds")),
          spread(figure(method.figures(), "seconds-sd")));
      cell(number(figure(method.figures(), "times-the-baseline")), "");
      out.close();
    }
    closeTable();
    charts.qualityAndDiversity();
    out.close();
  }

  private void verdict(String text, String colour) {
    out.leaf("span", text, "class", "verdict " + colour.replace(' ', '-'));
  }

  private static String words(MatrixSummary.AtEqualDiversity equal) {
    String difference = difference(equal.figures(), equal.explanation());
    return equal.range().isEmpty()
        ? difference
        : "%s, over %s %s"
            .formatted(
                difference,
                equal.diversity(),
                equal.range().stream()
                    .map(NumberFormats::format)
                    .collect(Collectors.joining(" to ")));
  }

  private static String words(MatrixSummary.Controlled control) {
    return "%s against %s: %s"
        .formatted(
            control.verdict(),
            control.control(),
            difference(control.figures(), control.explanation()));
  }

  private static String difference(Map<Figure, Double> figures, String otherwise) {
    return figures.containsKey(Figure.DIFFERENCE)
        ? "%s (%s to %s), p %s"
            .formatted(
                number(figure(figures, Figure.DIFFERENCE)),
                number(figure(figures, Figure.DIFFERENCE_LOW)),
                number(figure(figures, Figure.DIFFERENCE_HIGH)),
                probability(figure(figures, Figure.P_HOLM)))
        : otherwise;
  }

  private boolean isNllOracle() {
    return results.metric().equals(KeyFigures.NLL_ORACLE);
  }

  private void furtherTable(String metric) {
    MatrixSummary.Further further = summary.further(metric).orElseThrow();
    out.open("section")
        .leaf("h2", "The same by %s (%s)".formatted(metric, direction(further.better())));
    rows(metric, further.rows(), false);
    out.leaf("p", "p (Holm) is corrected for the comparisons of this table.", "class", "quiet");
    out.close();
  }

  private static String direction(String better) {
    return better.equals("neither") ? "neither end is the better one" : better + " is better";
  }

  private void rows(String metric, List<MatrixSummary.Row> rows, boolean published) {
    openTable();
    headings("Method", metric, "Verdict");
    if (published) {
      headings("Published");
    }
    headings("95% interval, seeds", "Difference, 95% interval", "p (Holm), p (Welch)");
    headings("Paper\u2019s per-sequence p");
    out.close().close().open("tbody");
    rows.forEach(row -> comparisonRow(row, published));
    realRow(List.of(metric), published ? 6 : 5);
    closeTable();
  }

  /** What real data score, as the last row of a table; none where that is not known. */
  private void realRow(List<String> metrics, int emptyCells) {
    if (metrics.stream().map(this::real).allMatch(DASH::equals)) {
      return;
    }
    out.open("tr").leaf("th", "real data", "scope", "row");
    metrics.forEach(metric -> cell(real(metric), ""));
    for (int i = 0; i < emptyCells; i++) {
      cell(DASH, "");
    }
    out.close();
  }

  /** A value, or where cells differ the least and the largest. */
  private String real(String metric) {
    return results
        .realRange(metric)
        .map(
            range ->
                NumberFormats.format(range.low()) + " to " + NumberFormats.format(range.high()))
        .orElseGet(() -> number(figure(summary.real(), metric)));
  }

  private void temperatures() {
    List<Float> temperatures = comparison.temperatures();
    if (temperatures.isEmpty()) {
      return;
    }
    out.open("section").leaf("h2", "At the same temperature");
    out.leaf(
        "p",
        "The finished generators sampled at each temperature; mean over seeds, and how it compares"
            + " with %s at that temperature by p (Holm).".formatted(results.baseline()),
        "class",
        "quiet");
    for (String metric : comparison.sweptMetrics()) {
      out.leaf("h3", metric);
      openTable();
      headings("Method");
      temperatures.forEach(temperature -> headings("at " + temperature));
      out.close().close().open("tbody");
      for (int row = 0; row < summary.rows().size(); row++) {
        sweptRow(metric, temperatures, row);
      }
      closeTable();
    }
    out.close();
  }

  private void sweptRow(String metric, List<Float> temperatures, int index) {
    out.open("tr").leaf("th", summary.rows().get(index).name(), "scope", "row");
    for (float temperature : temperatures) {
      Optional<MatrixSummary.Row> row =
          summary
              .further(FinalScores.at(metric, temperature))
              .map(further -> further.rows().get(index))
              .filter(found -> found.figure(Figure.MEAN).isPresent());
      cell(
          row.map(found -> number(found.figure(Figure.MEAN))).orElse(DASH),
          row.map(MatrixReport::sweptVerdict).orElse(""));
    }
    out.close();
  }

  private static String sweptVerdict(MatrixSummary.Row row) {
    String spread = spread(row.figure(Figure.SD));
    return spread.isEmpty() ? row.verdict() : spread + ", " + row.verdict();
  }

  private String aboutPublished(boolean published) {
    if (!published) {
      return "The setting is not the paper\u2019s, so that its published values are not shown.";
    }
    Set<String> methods =
        comparison.rows().stream().map(row -> row.variant().method()).collect(Collectors.toSet());
    String missing =
        results.published().entrySet().stream()
            .filter(entry -> !methods.contains(entry.getKey()))
            .map(entry -> entry.getKey() + " " + published(entry.getValue()))
            .collect(Collectors.joining(", "));
    String source =
        isNllOracle()
            ? "Published: Yu et al., AAAI-17, Table 1, NLL per token in nats."
            : "Published: values of %s that the matrix names; whether they were measured in the same way is for its author to know."
                .formatted(results.metric());
    return source + (missing.isEmpty() ? "" : " Not in this matrix: " + missing + ".");
  }

  private void openTable() {
    out.open("div", "class", "scroll", "tabindex", "0").open("table").open("thead").open("tr");
  }

  private void closeTable() {
    out.close().close().close();
  }

  private void headings(String... names) {
    for (String name : names) {
      out.leaf("th", name, "scope", "col");
    }
  }

  private void comparisonRow(MatrixSummary.Row row, boolean published) {
    out.open("tr").leaf("th", row.name(), "scope", "row");
    cell(number(row.figure(Figure.MEAN)), spread(row.figure(Figure.SD)));
    out.open("td");
    verdict(row.verdict(), row.verdict());
    small(row.explanation());
    out.close();
    if (published) {
      OptionalDouble value = row.figure(Figure.PUBLISHED);
      cell(value.isPresent() ? published(value.getAsDouble()) : DASH, "");
    }
    cell(range(row, Figure.CI_LOW, Figure.CI_HIGH), seeds(row));
    boolean tested = row.figure(Figure.DIFFERENCE).isPresent();
    cell(
        number(row.figure(Figure.DIFFERENCE)),
        tested ? range(row, Figure.DIFFERENCE_LOW, Figure.DIFFERENCE_HIGH) : "");
    cell(probability(row.figure(Figure.P_HOLM)), tested ? welch(row) : "");
    cell(probability(row.figure(Figure.PAPER_P_PER_SEQUENCE)), "");
    out.close();
  }

  private static String seeds(MatrixSummary.Row row) {
    long done = Math.round(row.figure(Figure.SEEDS).orElse(0));
    long failed = Math.round(row.figure(Figure.FAILED).orElse(0));
    return done + (done == 1 ? " seed" : " seeds") + (failed == 0 ? "" : ", " + failed + " failed");
  }

  private static String welch(MatrixSummary.Row row) {
    return String.format(
        Locale.ROOT,
        "p %s, t %.2f, df %.1f",
        probability(row.figure(Figure.P)),
        row.figure(Figure.T).orElse(0),
        row.figure(Figure.DF).orElse(0));
  }

  private void cell(String text, String below) {
    out.open("td").text(text);
    small(below);
    out.close();
  }

  private void small(String text) {
    if (!text.isEmpty()) {
      out.leaf("small", text);
    }
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? NumberFormats.format(value.getAsDouble()) : DASH;
  }

  private static String spread(OptionalDouble sd) {
    return sd.isPresent() ? "sd " + NumberFormats.format(sd.getAsDouble()) : "";
  }

  /** With the decimals of the paper: three of a likelihood. */
  private String published(double value) {
    return isNllOracle() ? String.format(Locale.ROOT, "%.3f", value) : NumberFormats.format(value);
  }

  private static String probability(OptionalDouble value) {
    return value.isPresent() ? NumberFormats.probability(value.getAsDouble()) : DASH;
  }

  private static String range(MatrixSummary.Row row, Figure low, Figure high) {
    return row.figure(low).isEmpty()
        ? DASH
        : number(row.figure(low)) + " to " + number(row.figure(high));
  }

  private void warnings() {
    out.open("section").leaf("h2", "What a reviewer would ask");
    if (summary.warnings().isEmpty()) {
      out.leaf("p", "Nothing stands out.");
    } else {
      out.open("ul", "class", "warnings");
      summary.warnings().forEach(warning -> out.leaf("li", warning));
      out.close();
    }
    out.close();
  }

  private void otherMetrics() {
    List<String> metrics = comparison.otherMetrics();
    if (metrics.isEmpty()) {
      return;
    }
    out.open("section").leaf("h2", "Other measurements at the end");
    for (int from = 0; from < metrics.size(); from += METRICS_IN_A_TABLE) {
      others(metrics.subList(from, Math.min(metrics.size(), from + METRICS_IN_A_TABLE)));
    }
    out.leaf("p", "Mean over seeds, and sample standard deviation.", "class", "quiet").close();
  }

  private void others(List<String> metrics) {
    openTable();
    headings("Method");
    metrics.forEach(this::headings);
    out.close().close().open("tbody");
    for (MatrixSummary.Row row : summary.rows()) {
      out.open("tr").leaf("th", row.name(), "scope", "row");
      for (String metric : metrics) {
        Map<Figure, Double> figures = row.metrics().getOrDefault(metric, Map.of());
        cell(number(figure(figures, Figure.MEAN)), spread(figure(figures, Figure.SD)));
      }
      out.close();
    }
    realRow(metrics, 0);
    closeTable();
  }

  private static <K> OptionalDouble figure(Map<K, Double> figures, K key) {
    return figures.containsKey(key) ? OptionalDouble.of(figures.get(key)) : OptionalDouble.empty();
  }

  private void how() {
    out.open("section", "class", "how").leaf("h2", "How the figures were computed").open("dl");
    summary.how().forEach((name, text) -> out.leaf("dt", name).leaf("dd", text));
    out.close().close();
  }

  private void cells() {
    out.open("section").open("details").leaf("summary", "All cells");
    openTable();
    headings("Cell", "State", "Time", results.metric());
    out.close().close().open("tbody");
    for (CellHistory cell : results.cells()) {
      CellSummary of = cell.summary();
      out.open("tr").leaf("th", of.cell().id(), "scope", "row");
      cell(of.state().name().toLowerCase(Locale.ROOT), of.failure());
      cell(NumberFormats.format(Duration.ofSeconds(Math.round(of.seconds()))), "");
      cell(measured(of), "");
      out.close();
    }
    closeTable();
    out.close().close();
  }

  private String measured(CellSummary cell) {
    Double value = cell.metrics().get(results.metric());
    if (value == null) {
      return DASH;
    }
    return Double.isFinite(value) ? NumberFormats.format(value) : "not finite";
  }
}

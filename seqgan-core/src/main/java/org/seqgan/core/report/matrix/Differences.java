package org.seqgan.core.report.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seqgan.core.matrix.MatrixResults;
import org.seqgan.core.report.Markup;
import org.seqgan.core.report.NumberFormats;
import org.seqgan.core.report.chart.Fences;
import org.seqgan.core.report.chart.Forest;

/**
 * The first picture of the report of a matrix: how much better or worse each method is than the
 * baseline, by every metric that is compared, with 95% Welch intervals.
 */
final class Differences {
  private static final String NOT_TESTABLE = Comparison.Verdict.NOT_TESTABLE.label();

  private final Markup out;
  private final MatrixResults results;
  private final MatrixSummary summary;

  Differences(Markup out, MatrixResults results, MatrixSummary summary) {
    this.out = out;
    this.results = results;
    this.summary = summary;
  }

  /** Draws a panel for each metric; nothing where there is nothing beside the baseline. */
  void draw() {
    if (others(summary.rows()).isEmpty()) {
      return;
    }
    out.open("section").leaf("h2", "Differences to " + results.baseline());
    out.leaf(
        "p",
        "Each method against the baseline, with the 95% Welch interval of the difference. A filled"
            + " dot is decided by p (Holm), a hollow one is not. The scale is that of the middle,"
            + " by "
            + Fences.WORDS
            + " of the differences; an arrow at the edge, with the difference, is a method that"
            + " lies beyond it, an arrowhead an interval that goes on.",
        "class",
        "quiet");
    out.open("div", "class", "forests");
    panel(summary.metric(), results.lowerIsBetter() ? "lower" : "higher", summary.rows());
    for (String metric : results.further()) {
      MatrixSummary.Further further = summary.further(metric).orElseThrow();
      panel(metric, further.better(), further.rows());
    }
    out.close().close();
  }

  private static List<MatrixSummary.Row> others(List<MatrixSummary.Row> rows) {
    return rows.stream()
        .filter(row -> !row.verdict().equals(Comparison.Verdict.BASELINE.label()))
        .toList();
  }

  private void panel(String metric, String better, List<MatrixSummary.Row> rows) {
    boolean turned = better.equals("lower");
    boolean judged = !better.equals("neither");
    List<Forest.Line> lines = others(rows).stream().map(row -> line(row, turned)).toList();
    out.open("figure");
    String order = turned ? "%s less the method" : "the method less %s";
    out.open("figcaption").leaf("strong", metric);
    out.text(
        " (%s): %s"
            .formatted(
                judged ? better + " is better" : "neither end is the better one",
                order.formatted(results.baseline())));
    out.text(outside(lines) + notTestable(lines)).close();
    Forest.draw(
        out,
        new Forest.Words(
            "%s: differences to %s with 95%% intervals".formatted(metric, results.baseline()),
            judged ? "worse" : "lower",
            judged ? "better" : "higher",
            NOT_TESTABLE),
        lines);
    out.close();
  }

  private static String outside(List<Forest.Line> lines) {
    return words(". Beyond the scale: ", Forest.outside(lines).stream().map(Forest.Line::name));
  }

  private static String notTestable(List<Forest.Line> lines) {
    return words(
        ". Not testable: ",
        lines.stream().filter(line -> line.effect().isEmpty()).map(Forest.Line::words));
  }

  private static String words(String what, Stream<String> all) {
    String joined = all.collect(Collectors.joining("; "));
    return joined.isEmpty() ? "" : what + joined;
  }

  private static Forest.Line line(MatrixSummary.Row row, boolean turned) {
    if (row.figure(Figure.DIFFERENCE).isEmpty()) {
      String why = row.explanation().isEmpty() ? row.verdict() : row.explanation();
      return new Forest.Line(row.name(), "absent", Optional.empty(), row.name() + ": " + why);
    }
    double difference = row.figures().get(Figure.DIFFERENCE);
    double low = row.figures().get(Figure.DIFFERENCE_LOW);
    double high = row.figures().get(Figure.DIFFERENCE_HIGH);
    Forest.Effect effect =
        turned
            ? new Forest.Effect(-difference, -high, -low)
            : new Forest.Effect(difference, low, high);
    List<String> said = new ArrayList<>();
    said.add(
        "%s: %s (%s to %s)"
            .formatted(
                row.name(),
                NumberFormats.format(effect.value()),
                NumberFormats.format(effect.low()),
                NumberFormats.format(effect.high())));
    row.figure(Figure.P_HOLM).ifPresent(p -> said.add("p (Holm) " + NumberFormats.probability(p)));
    said.add(row.verdict());
    return new Forest.Line(row.name(), row.verdict(), Optional.of(effect), String.join(", ", said));
  }
}

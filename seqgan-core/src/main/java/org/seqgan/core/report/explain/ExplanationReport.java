package org.seqgan.core.report.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seqgan.core.explain.Explanation;
import org.seqgan.core.explain.Judgement;
import org.seqgan.core.report.Markup;
import org.seqgan.core.report.NumberFormats;
import org.seqgan.core.report.Page;
import org.seqgan.core.report.chart.Bars;
import org.seqgan.core.report.chart.Canvas;
import org.seqgan.core.report.chart.Legend;
import org.seqgan.core.report.chart.Style;

/**
 * The page of {@code seqgan explain}: what the discriminator says of real and of generated
 * sequences, the policy gradient by position, and the reward of every token. One file that loads
 * nothing and has no script.
 */
public final class ExplanationReport {
  /** Style 3 is too near to style 1 to be told from it. */
  private static final List<Integer> STYLES = List.of(1, 2, 4);

  private static final Canvas.Size WIDE = new Canvas.Size("wide", 860, 280, 40);
  private static final Canvas.Size NARROW = new Canvas.Size("narrow", 360, 240, 40);

  private final String run;
  private final String checkpoint;
  private final List<String> warnings;
  private final Explanation explanation;
  private final Markup out = new Markup();

  private ExplanationReport(
      String run, String checkpoint, List<String> warnings, Explanation explanation) {
    this.run = run;
    this.checkpoint = checkpoint;
    this.warnings = warnings;
    this.explanation = explanation;
  }

  /**
   * The page as HTML.
   *
   * @param run its name
   * @param checkpoint that was explained
   * @param warnings what is not as a reader would expect, a line each
   */
  public static String render(
      String run, String checkpoint, List<String> warnings, Explanation explanation) {
    return "<!DOCTYPE html>\n"
        + new ExplanationReport(run, checkpoint, warnings, explanation).page();
  }

  private String page() {
    String title = "What the reward of " + run + " did";
    out.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en");
    Page.head(out, title);
    out.open("body").open("main").open("header").leaf("h1", title);
    out.leaf(
            "p",
            "Checkpoint %s, trainer %s, reward %s."
                .formatted(checkpoint, explanation.trainer(), explanation.reward()),
            "class",
            "quiet")
        .close();
    warnings.forEach(warning -> out.leaf("p", "Warning: " + warning + "."));
    explanation.notes().forEach(note -> out.leaf("p", "Note: " + note + ".", "class", "quiet"));
    explanation.judgement().ifPresent(this::judgement);
    gradient();
    for (int i = 0; i < explanation.sequences().size(); i++) {
      sequence(i + 1, explanation.sequences().get(i));
    }
    return out.close().close().close().finish();
  }

  private void judgement(Judgement judgement) {
    out.open("section").leaf("h2", "The discriminator");
    out.leaf(
        "p",
        "Accuracy %s on as many training sequences as generated ones; 0.5 is chance."
            .formatted(NumberFormats.format(judgement.accuracy())));
    Map<String, Judgement.Scores> kinds = judgement.kinds();
    List<List<String>> rows = new ArrayList<>();
    kinds.forEach(
        (kind, scores) ->
            rows.add(
                List.of(
                    kind,
                    Integer.toString(scores.count()),
                    NumberFormats.format(scores.right()),
                    NumberFormats.format(scores.mean()))));
    Page.table(out, List.of("Sequences", "Number", "Share right", "Mean D"), rows);
    List<Bars.Series> series = new ArrayList<>();
    kinds.forEach(
        (kind, scores) ->
            series.add(
                new Bars.Series(
                    kind,
                    STYLES.get(series.size()),
                    scores.histogram().stream()
                        .map(count -> (double) count / scores.count())
                        .toList())));
    bars("Share of the sequences by their probability of being real, D", "D", bins(), series);
    out.close();
  }

  private static List<String> bins() {
    List<String> bins = new ArrayList<>();
    for (int bin = 0; bin < Judgement.BINS; bin++) {
      bins.add(String.format(Locale.ROOT, "%.2f", (bin + 0.5) / Judgement.BINS));
    }
    return bins;
  }

  private void gradient() {
    out.open("section").leaf("h2", "The policy gradient by position");
    out.leaf(
        "p",
        "The norm of the gradient of each position's terms alone, over a batch of %d as a step has, as a share of the sum of the norms. A token that the generator is sure of moves it little, whatever its reward."
            .formatted(explanation.batch()));
    List<Explanation.Position> positions = explanation.gradient();
    bars(
        "Share of the gradient by position",
        "position",
        positions.stream().map(each -> Integer.toString(each.position())).toList(),
        List.of(
            new Bars.Series(
                "share", 1, positions.stream().map(Explanation.Position::share).toList())));
    out.close();
  }

  private void bars(String caption, String across, List<String> places, List<Bars.Series> series) {
    out.open("figure").leaf("figcaption", caption);
    if (series.size() > 1) {
      Map<String, Style> styles = new LinkedHashMap<>();
      series.forEach(each -> styles.put(each.name(), Style.colour(each.style())));
      Legend.dots(out, styles);
    }
    for (Canvas.Size size : List.of(WIDE, NARROW)) {
      Bars.draw(out, size, caption, across, places, series);
    }
    out.close();
  }

  private void sequence(int number, Explanation.Sequence sequence) {
    out.open("section").leaf("h2", "Sequence " + number);
    out.leaf("pre", sequence.text(), "dir", "auto");
    sequence
        .probabilityReal()
        .ifPresent(d -> out.leaf("p", "D of the whole: " + NumberFormats.format(d) + "."));
    List<List<String>> rows = new ArrayList<>();
    for (Explanation.Token token : sequence.tokens()) {
      rows.add(
          List.of(
              Integer.toString(rows.size() + 1),
              token.text(),
              NumberFormats.format(token.q()),
              token.spread().isPresent()
                  ? NumberFormats.format(token.spread().getAsDouble())
                  : "\u2013",
              NumberFormats.format(token.weight())));
    }
    Page.table(out, List.of("Position", "Token", "Q", "Spread of its roll-outs", "Weight"), rows);
    out.close();
  }
}

package org.seqgan.core.report.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.seqgan.api.metric.Better;
import org.seqgan.core.event.Quantile;
import org.seqgan.core.event.Shown;
import org.seqgan.core.report.Markup;
import org.seqgan.core.report.NumberFormats;
import org.seqgan.core.report.Page;
import org.seqgan.core.report.chart.Anchor;
import org.seqgan.core.report.chart.Canvas;
import org.seqgan.core.report.chart.Chart;
import org.seqgan.core.report.chart.Curve;
import org.seqgan.core.report.chart.Legend;
import org.seqgan.core.report.chart.PhaseNames;
import org.seqgan.core.report.chart.Style;
import org.seqgan.core.report.chart.Timeline;
import org.seqgan.core.report.chart.TuneFigure;
import org.seqgan.core.run.MetricNote;
import org.seqgan.core.run.MetricsHistory;
import org.seqgan.core.run.MetricsHistory.Point;
import org.seqgan.core.run.Position;
import org.seqgan.core.run.RunContents;
import org.seqgan.core.run.RunStatus;
import org.seqgan.core.run.SampleFolder;

/**
 * Writes the report of a run, finished or not: how it stands, its key figures, learning curves,
 * warnings, samples, configuration and provenance.
 *
 * <p>The page is one file that loads nothing and is well-formed XML besides. Where there are tunes
 * among the samples it has a script that plays them, and none otherwise.
 */
public final class RunReport {
  private static final int SAMPLES_SHOWN = 20;
  private static final int EARLIER_TUNES = 2;
  private static final String ACCURACY = "d-accuracy";
  private static final Canvas.Size WIDE = new Canvas.Size("wide", 860, 340, 400);
  private static final Canvas.Size LOW = new Canvas.Size("wide", 860, 240, 400);
  private static final Canvas.Size NARROW = new Canvas.Size("narrow", 360, 280, 60);
  private static final Canvas.Size SMALL = new Canvas.Size("small", 360, 200, 100);

  private final RunContents run;
  private final RunStatus status;
  private final Timeline timeline;
  private final Markup out = new Markup();
  private boolean hasTunes;

  private RunReport(RunContents run) {
    this.run = run;
    this.status = run.status();
    this.timeline = Timeline.of(run);
  }

  /**
   * The report as HTML.
   *
   * @throws org.seqgan.api.UserException where the samples cannot be read
   */
  public static String render(RunContents run) {
    return "<!DOCTYPE html>\n" + new RunReport(run).page();
  }

  private String page() {
    out.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en");
    Page.head(out, "Run " + run.name());
    out.open("body").open("main");
    title();
    keyFigures();
    learningCurves();
    discriminator();
    panels("Losses and reward", RunReport::isLossOrReward);
    panels(
        "Other measurements",
        name -> !isLossOrReward(name) && !isNll(name) && !name.equals(ACCURACY));
    warnings();
    samples();
    configuration();
    provenance();
    out.close();
    if (hasTunes) {
      TuneFigure.player(out);
    }
    return out.close().close().finish();
  }

  private void title() {
    out.open("header").open("h1").text(run.name() + " ");
    out.leaf("span", status.state().label(), "class", "state " + status.state().label()).close();
    status.message().ifPresent(message -> out.leaf("p", message, "class", "failure"));
    out.open("ul", "class", "plan");
    status
        .plan()
        .forEach(
            (phase, steps) -> {
              int order = phase.compareTo(status.position().phase());
              int done = order < 0 ? steps : order == 0 ? status.position().step() : 0;
              out.leaf("li", PhaseNames.of(phase).get(0) + " " + done + "/" + steps);
            });
    out.close();
    out.leaf(
        "p",
        "Started %s, last written %s, %s later."
            .formatted(
                NumberFormats.format(status.started()),
                NumberFormats.format(status.updated()),
                NumberFormats.format(Duration.between(status.started(), status.updated()))),
        "class",
        "quiet");
    out.close();
  }

  private void keyFigures() {
    KeyFigures figures = new KeyFigures(run);
    out.open("section").leaf("h2", "Key figures");
    if (figures.lines().isEmpty()) {
      out.leaf("p", "Nothing measured yet.");
    } else {
      table(figures);
    }
    notes(figures);
    out.close();
  }

  private void table(KeyFigures figures) {
    Optional<String> ranking = figures.ranking();
    out.open("div", "class", "scroll", "tabindex", "0").open("table").open("thead").open("tr");
    for (String column : List.of("Metric", "First", "After pre-training", "Best")) {
      out.leaf("th", column, "scope", "col");
    }
    ranking.ifPresent(name -> out.leaf("th", "At best " + name, "scope", "col"));
    out.leaf("th", "Last", "scope", "col").close().close().open("tbody");
    for (KeyFigures.Line line : figures.lines()) {
      out.open("tr").leaf("th", line.name(), "scope", "row");
      cell(line.first());
      cell(line.afterPretraining());
      cell(line.best());
      if (ranking.isPresent()) {
        cell(line.atRankingBest());
      }
      cell(line.last());
      out.close();
    }
    out.close().close().close();
    if (run.history().names().contains(KeyFigures.NLL_ORACLE)) {
      out.leaf(
          "p",
          "A low nll-oracle alone proves little: a generator that repeats a few likely sequences"
              + " has one too. Read it beside nll-gen and a measure of diversity.",
          "class",
          "quiet");
    }
  }

  private void cell(Optional<Point> point) {
    out.open("td");
    if (point.isPresent()) {
      out.text(NumberFormats.format(point.get().value()));
      out.leaf("small", PhaseNames.brief(point.get().position()));
    } else {
      out.text("\u2013");
    }
    out.close();
  }

  /** Of the figures that there are; of all that are to come where there are none yet. */
  private void notes(KeyFigures figures) {
    Set<String> shown =
        figures.lines().stream().map(KeyFigures.Line::name).collect(Collectors.toSet());
    List<MetricNote> notes =
        status.description().metrics().stream()
            .filter(note -> !Quantile.isName(note.name()))
            .filter(note -> shown.isEmpty() || shown.contains(note.name()))
            .toList();
    if (!notes.isEmpty()) {
      out.open("dl");
      for (MetricNote note : notes) {
        out.leaf("dt", note.name());
        out.leaf("dd", note.how() + better(note.better()));
      }
      out.close();
    }
  }

  private static String better(Better better) {
    return switch (better) {
      case LOWER -> "; lower is better";
      case HIGHER -> "; higher is better";
      case NEITHER -> "";
    };
  }

  private void learningCurves() {
    List<Curve> curves = likelihoods();
    out.open("section").leaf("h2", "Learning curves").open("figure");
    out.leaf(
        "figcaption", "Negative log-likelihood in nats per token, over the steps of each phase");
    Legend.lines(out, curves);
    for (Canvas.Size size : List.of(WIDE, NARROW)) {
      new Chart(out, timeline, size, true).draw("likelihoods over the run", curves);
    }
    out.close().close();
  }

  /** NLL_oracle never without NLL_gen; NLL_gen alone where the task has no oracle. */
  private List<Curve> likelihoods() {
    Curve held = curve(KeyFigures.NLL_GEN, 2);
    Curve oracle = curve(KeyFigures.NLL_ORACLE, 1);
    boolean noOracle = oracle.points().isEmpty() && !held.points().isEmpty();
    return noOracle ? List.of(held) : List.of(oracle, held);
  }

  private Curve curve(String name, int colour) {
    return new Curve(name, Style.colour(colour), run.history().series(name), band(name));
  }

  /** From a tenth of what a figure is the mean of to nine tenths, where the run has logged that. */
  private List<Curve.Spread> band(String name) {
    return band(name, 10);
  }

  /** From so many percent to as many from the other end. */
  private List<Curve.Spread> band(String name, int percent) {
    List<Curve.Spread> band = new ArrayList<>();
    for (MetricsHistory.Row row : run.history().rows()) {
      Double low = row.values().get(Quantile.name(name, percent));
      Double high = row.values().get(Quantile.name(name, 100 - percent));
      if (low != null && high != null && Double.isFinite(low) && Double.isFinite(high)) {
        band.add(new Curve.Spread(row.position(), low, high));
      }
    }
    return band;
  }

  private static boolean isNll(String name) {
    return name.equals(KeyFigures.NLL_ORACLE) || name.equals(KeyFigures.NLL_GEN);
  }

  private static boolean isLossOrReward(String name) {
    return name.contains("loss") || name.contains("reward");
  }

  /** How often the discriminator is right, and how the rewards that it gives are spread. */
  private void discriminator() {
    List<String> spread = run.history().names().stream().filter(this::isSpreadKnown).toList();
    Curve accuracy = curve(ACCURACY, 1);
    if (accuracy.points().isEmpty() && spread.isEmpty()) {
      return;
    }
    out.open("section").leaf("h2", "The discriminator and its rewards");
    if (!accuracy.points().isEmpty()) {
      out.open("figure");
      out.leaf(
          "figcaption",
          "d-accuracy: the share of its training batches that the discriminator got right. At 0.5 it"
              + " guesses; at 1 it is always right, and its rewards teach little.");
      for (Canvas.Size size : List.of(LOW, NARROW)) {
        new Chart(out, timeline, size, false)
            .draw(
                "accuracy of the discriminator over the run",
                List.of(accuracy),
                List.of(new Anchor("a guess", 0.5)));
      }
      out.close();
    }
    spread.forEach(this::distribution);
    out.close();
  }

  private boolean isSpreadKnown(String name) {
    return !Quantile.isName(name)
        && IntStream.of(0, 10, 25, 50, 75, 90, 100)
            .allMatch(percent -> run.history().names().contains(Quantile.name(name, percent)));
  }

  /** A histogram over rounds, as far as quantiles tell: the darker, the nearer the median. */
  private void distribution(String name) {
    List<Curve> curves = new ArrayList<>();
    for (int percent : new int[] {0, 10, 25}) {
      curves.add(
          new Curve(
              "%d%% to %d%%".formatted(percent, 100 - percent),
              Style.colour(3),
              List.of(),
              band(name, percent)));
    }
    curves.add(
        new Curve(
            "median", Style.colour(1), run.history().series(Quantile.name(name, 50)), List.of()));
    curves.add(new Curve("mean", Style.colour(2), run.history().series(name), List.of()));
    out.open("figure");
    out.leaf(
        "figcaption",
        name
            + ", how its values are spread over rounds: the palest area reaches from the least"
            + " to the largest, the next holds 80% (10% to 90%), the darkest the middle half.");
    Legend.lines(out, curves.subList(3, curves.size()));
    for (Canvas.Size size : List.of(LOW, NARROW)) {
      new Chart(out, timeline, size, false).draw(name + " and its quantiles over the run", curves);
    }
    out.close();
  }

  private void panels(String title, Predicate<String> shown) {
    List<String> names =
        run.history().names().stream()
            .filter(shown)
            .filter(name -> !Quantile.isName(name))
            .toList();
    if (names.isEmpty()) {
      return;
    }
    out.open("section").leaf("h2", title).open("div", "class", "panels");
    for (String name : names) {
      Curve curve = curve(name, 3);
      boolean spread = !curve.band().isEmpty();
      out.open("figure").leaf("figcaption", name + (spread ? ", mean, and 10% to 90%" : ""));
      new Chart(out, timeline, SMALL, false).draw(name + " over the run", List.of(curve));
      out.close();
    }
    out.close().close();
  }

  private void warnings() {
    if (status.warnings().isEmpty()) {
      return;
    }
    out.open("section").leaf("h2", "Warnings").open("ul", "class", "warnings");
    for (RunStatus.Warning warning : status.warnings()) {
      out.open("li").leaf("strong", warning.label()).text(" " + warning.message() + " ");
      out.leaf("small", warning.when()).close();
    }
    out.close().close();
  }

  private void samples() {
    List<Position> positions = run.samples().positions();
    if (positions.isEmpty()) {
      return;
    }
    Position last = positions.get(positions.size() - 1);
    out.open("section").leaf("h2", "Samples");
    sample(last, Integer.MAX_VALUE);
    List<Position> earlier = positions.subList(0, positions.size() - 1);
    if (!earlier.isEmpty()) {
      List<Position> shown = spread(earlier);
      String some = shown.size() + " of " + earlier.size() + "; all of them are in samples/";
      out.open("details");
      out.leaf(
          "summary",
          "Earlier samples (" + (shown.size() < earlier.size() ? some : shown.size()) + ")");
      shown.forEach(position -> sample(position, EARLIER_TUNES));
      out.close();
    }
    out.close();
  }

  /** At most {@link #SAMPLES_SHOWN}, evenly spread, the first among them. */
  private static List<Position> spread(List<Position> positions) {
    int count = Math.min(SAMPLES_SHOWN, positions.size());
    List<Position> spread = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      spread.add(positions.get((int) ((long) i * positions.size() / count)));
    }
    return spread;
  }

  private void sample(Position position, int most) {
    SampleFolder.Samples samples = run.samples().read(position);
    out.leaf("h3", "After " + position);
    if (samples.tunes().isEmpty()) {
      out.leaf("pre", samples.text(), "dir", "auto");
    } else {
      tunes(samples, most);
    }
  }

  private void tunes(SampleFolder.Samples samples, int most) {
    List<Shown> all = samples.tunes();
    hasTunes = true;
    out.open("div", "class", "tunes");
    for (int i = 0; i < Math.min(most, all.size()); i++) {
      String name = "Tune " + (i + 1);
      all.get(i)
          .tune()
          .ifPresentOrElse(
              tune -> TuneFigure.draw(out, tune, name),
              () -> out.leaf("p", name + " has no notes.", "class", "quiet"));
    }
    out.close().open("details");
    String some = all.size() > most ? " (" + most + " of " + all.size() + " are drawn)" : "";
    out.leaf("summary", "As text" + some).leaf("pre", samples.text(), "dir", "auto").close();
  }

  private void configuration() {
    out.open("section").open("details").leaf("summary", "Configuration");
    out.leaf("pre", run.configText()).close().close();
  }

  private void provenance() {
    out.open("section").leaf("h2", "Provenance").open("ul");
    out.leaf("li", "seqgan " + status.description().version());
    status.description().provenance().forEach(line -> out.leaf("li", line));
    double seconds = run.history().rows().stream().mapToDouble(MetricsHistory.Row::seconds).sum();
    if (Double.isFinite(seconds)) {
      out.leaf(
          "li",
          "training without evaluation took "
              + NumberFormats.format(Duration.ofSeconds(Math.round(seconds)))
              + " in the steps that were measured");
    }
    out.close().close();
  }
}

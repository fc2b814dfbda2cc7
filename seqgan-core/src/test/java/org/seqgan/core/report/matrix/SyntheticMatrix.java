package org.seqgan.core.report.matrix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seqgan.api.metric.Better;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.metric.ScoreIdentity;
import org.seqgan.core.event.Phase;
import org.seqgan.core.matrix.Cell;
import org.seqgan.core.matrix.CellHistory;
import org.seqgan.core.matrix.CellState;
import org.seqgan.core.matrix.CellSummary;
import org.seqgan.core.matrix.FinalScores;
import org.seqgan.core.matrix.MatrixResults;
import org.seqgan.core.matrix.PerSequence;
import org.seqgan.core.matrix.Point;
import org.seqgan.core.statistics.Interval;

/** Builds results that look like those of a matrix, from no randomness at all. */
final class SyntheticMatrix {
  static final Map<String, Double> PUBLISHED = published();

  private final List<CellHistory> cells = new ArrayList<>();
  private final Map<String, Double> anchors = new LinkedHashMap<>();
  private final Map<String, Interval> ranges = new LinkedHashMap<>();
  private Map<String, Double> published = Map.of();
  private Map<String, List<String>> controls = Map.of();
  private final List<String> notes = new ArrayList<>();
  private String baseline = "mle";
  private List<String> further = List.of();
  private Map<String, Double> real = Map.of();
  private FinalScores scores = FinalScores.NONE;

  /** The paper's Table 1, all methods with five seeds and two controls, all well but two cells. */
  static MatrixResults table1() {
    SyntheticMatrix matrix = new SyntheticMatrix().publishedValues().usualAnchors();
    for (int seed = 1; seed <= 5; seed++) {
      matrix
          .untrained("random", seed, 10.31)
          .trained("mle", Map.of(), seed, 9.05, 0)
          .trained("scheduled-sampling", Map.of(), seed, 9.04, 0)
          .trained("pg-bleu", Map.of(), seed, 8.95, 0.08)
          .trained("seqgan", Map.of(), seed, 8.74, 0.3)
          .trained("control-constant", Map.of(), seed, 8.73, 0.31);
    }
    matrix.trained("control-shuffled", Map.of(), 1, 9.1, 0.02);
    matrix.failed("control-shuffled", 2, "expected 4 GiB of memory, found 1");
    matrix.waiting("control-shuffled", 3);
    return matrix.results();
  }

  /** Settings of (g, d, k) beside maximum likelihood, three seeds each. */
  static MatrixResults figure3() {
    SyntheticMatrix matrix = new SyntheticMatrix().usualAnchors();
    for (int seed = 1; seed <= 3; seed++) {
      matrix.trained("mle", Map.of(), seed, 9.05, 0);
      matrix.trained("seqgan", gdk(100, 1, 10), seed, 8.94, 0.1);
      matrix.trained("seqgan", gdk(30, 1, 30), seed, 8.89, 0.15);
      matrix.trained("seqgan", gdk(1, 1, 10), seed, 8.81, 0.2);
      matrix.trained("seqgan", gdk(1, 5, 3), seed, 8.73, 0.3);
    }
    return matrix.results();
  }

  /** Three methods with two seeds each, compared by more than one metric, and swept. */
  static MatrixResults swept() {
    SyntheticMatrix matrix = new SyntheticMatrix().usualAnchors();
    matrix.further = List.of("self-bleu-4", "nll-gen");
    matrix.real = Map.of("nll-oracle", 5.76, "self-bleu-4", 0.21);
    for (int seed = 1; seed <= 2; seed++) {
      matrix.scores(9.05 + seed / 100.0, 100).trained("mle", Map.of(), seed, 9.05, 0);
      matrix.scores(8.74 + seed / 100.0, 100).trained("seqgan", Map.of(), seed, 8.74, 0.3);
      matrix.scores(8.95 + seed / 100.0, 100).trained("pg-bleu", Map.of(), seed, 8.95, 0.08);
    }
    return matrix.results();
  }

  /** Nineteen methods with long names, three seeds each, swept, with many other measurements. */
  static MatrixResults manyMethods() {
    SyntheticMatrix matrix = new SyntheticMatrix().usualAnchors().publishedValues();
    matrix.further = List.of("self-bleu-4", "distinct-sequences");
    matrix.real = Map.of("nll-oracle", 5.76, "self-bleu-4", 0.21);
    for (int method = 0; method < 19; method++) {
      String name = method == 0 ? "mle" : "method-without-updates-" + method;
      for (int seed = 1; seed <= 3; seed++) {
        double end = method == 18 ? 4.1 : 9.05 - method * 0.02;
        Map<String, Double> others = figures(end, 0.2);
        for (int i = 1; i <= 12; i++) {
          others.put("some-other-measurement-" + i, i + method / 7.0);
        }
        matrix
            .scores(end + seed / 100.0, 100)
            .done(name, Map.of(), seed, end, curve(name, seed, end, 0.2), others);
      }
    }
    return matrix.results();
  }

  /**
   * What the cells that follow have beside their evaluation: scores at three temperatures, better
   * and less diverse the lower it is.
   *
   * @param references of Self-BLEU
   */
  SyntheticMatrix scores(double nll, int references) {
    List<FinalScores.AtTemperature> sweep = new ArrayList<>();
    for (float temperature : new float[] {0.7f, 1, 1.3f}) {
      double heat = temperature - 1;
      sweep.add(
          new FinalScores.AtTemperature(
              temperature, Map.of("nll-oracle", nll + 2 * heat, "self-bleu-4", 0.3 - 0.4 * heat)));
    }
    scores =
        new FinalScores(
            List.of(
                description("nll-oracle", "the oracle", 0),
                description("self-bleu-4", "the samples themselves", references)),
            List.of(),
            sweep);
    return this;
  }

  private static ScoreDescription description(String name, String references, int count) {
    return new ScoreDescription(
        new ScoreIdentity(name, references, count, "", "ids of a vocabulary of 9", 1),
        Better.LOWER,
        "made up");
  }

  private static Map<String, String> gdk(int g, int d, int k) {
    Map<String, String> axes = new LinkedHashMap<>();
    axes.put("training.adversarial.g-steps", Integer.toString(g));
    axes.put("training.adversarial.d-steps", Integer.toString(d));
    axes.put("training.adversarial.k", Integer.toString(k));
    return axes;
  }

  private static Map<String, Double> published() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("random", 10.310);
    values.put("mle", 9.038);
    values.put("scheduled-sampling", 8.985);
    values.put("pg-bleu", 8.946);
    values.put("seqgan", 8.736);
    return values;
  }

  SyntheticMatrix publishedValues() {
    published = PUBLISHED;
    return this;
  }

  SyntheticMatrix usualAnchors() {
    return anchor("oracle on itself", 5.753)
        .anchor("unigram", 10.27)
        .anchor("uniform", 11.43)
        .anchor("self-bleu-4: real against real", 0.21);
  }

  SyntheticMatrix anchor(String name, double value) {
    anchors.put(name, value);
    return this;
  }

  /** An anchor in which cells differ. */
  SyntheticMatrix range(String name, double low, double high) {
    ranges.put(name, new Interval(low, high));
    return this;
  }

  SyntheticMatrix controls(Map<String, List<String>> names) {
    controls = names;
    return this;
  }

  SyntheticMatrix baseline(String name) {
    baseline = name;
    return this;
  }

  SyntheticMatrix note(String note) {
    notes.add(note);
    return this;
  }

  MatrixResults results() {
    return new MatrixResults(
        "table1",
        baseline,
        "nll-oracle",
        true,
        further,
        cells,
        anchors,
        ranges,
        real,
        published,
        controls,
        notes);
  }

  private Cell cell(String method, Map<String, String> axes, long seed) {
    String settings = axes.isEmpty() ? "" : "-" + String.join("-", axes.values());
    return new Cell(
        cells.size() + 1,
        method + settings + "-seed" + seed,
        method,
        axes,
        seed,
        "released",
        List.of("seed=" + seed));
  }

  /** A cell with figures but no learning curve. */
  SyntheticMatrix untrained(String method, long seed, double value) {
    return done(method, Map.of(), seed, value, List.of(), figures(noise(seed, value), 0.1));
  }

  /** A cell with the figures given. */
  SyntheticMatrix done(
      String method,
      Map<String, String> axes,
      long seed,
      double value,
      List<Point> points,
      Map<String, Double> others) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("nll-oracle", noise(seed, value));
    metrics.putAll(others);
    CellSummary summary =
        new CellSummary(
            cell(method, axes, seed),
            CellState.DONE,
            "",
            100 + seed,
            0,
            metrics,
            List.of(new PerSequence("nll-oracle", sequences(noise(seed, value)))),
            scores);
    cells.add(new CellHistory(summary, points));
    return this;
  }

  /** A cell with exactly this value and nothing else. */
  SyntheticMatrix exactly(String method, long seed, double value) {
    CellSummary summary =
        new CellSummary(
            cell(method, Map.of(), seed),
            CellState.DONE,
            "",
            1,
            0,
            Map.of("nll-oracle", value),
            List.of(),
            FinalScores.NONE);
    cells.add(new CellHistory(summary, List.of()));
    return this;
  }

  SyntheticMatrix trained(
      String method, Map<String, String> axes, long seed, double end, double gain) {
    Map<String, Double> others = figures(end, gain);
    return done(method, axes, seed, end, curve(method, seed, end, gain), others);
  }

  SyntheticMatrix failed(String method, long seed, String failure) {
    return other(method, seed, CellState.FAILED, failure);
  }

  SyntheticMatrix waiting(String method, long seed) {
    return other(method, seed, CellState.WAITING, "");
  }

  private SyntheticMatrix other(String method, long seed, CellState state, String failure) {
    Cell cell = cell(method, Map.of(), seed);
    cells.add(
        new CellHistory(
            new CellSummary(cell, state, failure, 0, 0, Map.of(), List.of(), FinalScores.NONE),
            List.of()));
    return this;
  }

  private static Map<String, Double> figures(double end, double gain) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("nll-gen", 9.0 + gain / 3);
    figures.put("distinct-sequences", 1.0 - gain / 10);
    figures.put("distinct-2", 0.87 - gain / 2);
    figures.put("self-bleu-4", 0.2 + gain / 4 + (end - 9) / 100);
    return figures;
  }

  private static double noise(long seed, double value) {
    return value + 0.02 * Math.sin(seed * 2.4 + value * 70);
  }

  private static float[] sequences(double mean) {
    float[] values = new float[500];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + Math.sin(i * 1.7) * 0.4);
    }
    return values;
  }

  private static List<Point> curve(String method, long seed, double end, double gain) {
    List<Point> points = new ArrayList<>();
    double plateau = noise(seed, end + gain);
    int epochs = gain == 0 ? 200 : 120;
    for (int epoch = 0; epoch <= epochs; epoch += 5) {
      points.add(
          point(
              Phase.GENERATOR_PRETRAINING,
              epoch,
              plateau + 2.3 * Math.exp(-epoch / 8.0) + wiggle(seed, epoch),
              6.1 + 2.4 * Math.exp(-epoch / 12.0)));
    }
    if (gain > 0) {
      for (int round = 1; round <= 50; round++) {
        points.add(
            new Point(
                Phase.DISCRIMINATOR_PRETRAINING.label(),
                round,
                Map.of("d-loss", 0.2 + Math.exp(-round / 10.0))));
      }
      for (int round = 5; round <= 200; round += 5) {
        double value = plateau - gain * (1 - Math.exp(-round / 40.0)) + 2 * wiggle(seed, round);
        Map<String, Double> values =
            new LinkedHashMap<>(
                point(Phase.ADVERSARIAL, round, value, 6.1 + round / 400.0).values());
        boolean saturated = method.equals("pg-bleu") && seed == 2 && round > 150;
        values.put("reward", saturated ? 0.004 : 0.3 + round / 1000.0);
        points.add(new Point(Phase.ADVERSARIAL.label(), round, values));
      }
    }
    return points;
  }

  private static double wiggle(long seed, int step) {
    return 0.015 * Math.sin(seed * 3.1 + step / 3.0);
  }

  private static Point point(Phase phase, int step, double oracle, double generator) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("nll-oracle", oracle);
    values.put("nll-gen", generator);
    values.put("distinct-2", generator / 10);
    return new Point(phase.label(), step, values);
  }
}

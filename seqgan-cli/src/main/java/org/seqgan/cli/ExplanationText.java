package org.seqgan.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seqgan.core.explain.Explanation;
import org.seqgan.core.explain.Judgement;
import org.seqgan.core.report.NumberFormats;

/** An explanation for people at a terminal, and for programs. */
final class ExplanationText {
  /** The width of the longest bar, in characters. */
  private static final int WIDEST = 30;

  private final TrainedRun trained;
  private final Explanation explanation;

  ExplanationText(TrainedRun trained, Explanation explanation) {
    this.trained = trained;
    this.explanation = explanation;
  }

  // ---- for people ----

  void print(PrintWriter out) {
    out.println(
        "Checkpoint %s, trainer %s, reward %s"
            .formatted(trained.checkpointName(), explanation.trainer(), explanation.reward()));
    explanation.notes().forEach(note -> out.println("Note: " + note));
    explanation.judgement().ifPresent(judgement -> print(judgement, out));
    printGradient(out);
    for (int i = 0; i < explanation.sequences().size(); i++) {
      print(i + 1, explanation.sequences().get(i), out);
    }
  }

  private static void print(Judgement judgement, PrintWriter out) {
    out.println();
    out.println(
        "Discriminator: accuracy %s on as many training sequences as generated ones (0.5 is chance)"
            .formatted(NumberFormats.format(judgement.accuracy())));
    Table table = new Table("sequences", "number", "right", "mean D");
    judgement
        .kinds()
        .forEach(
            (kind, scores) ->
                table.add(
                    kind,
                    Integer.toString(scores.count()),
                    NumberFormats.format(scores.right()),
                    NumberFormats.format(scores.mean())));
    table.print(out);
    out.println();
    printHistogram(judgement, out);
  }

  /** All kinds to one scale: the share of the sequences of each. */
  private static void printHistogram(Judgement judgement, PrintWriter out) {
    List<String> headings = new ArrayList<>(List.of("D"));
    headings.addAll(judgement.kinds().keySet());
    Table table = new Table(headings.toArray(String[]::new));
    double most =
        judgement.kinds().values().stream()
            .flatMap(scores -> scores.histogram().stream().map(n -> (double) n / scores.count()))
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
    for (int bin = 0; bin < Judgement.BINS; bin++) {
      List<String> row = new ArrayList<>();
      row.add(
          String.format(
              Locale.ROOT,
              "%.1f to %.1f",
              (double) bin / Judgement.BINS,
              (bin + 1.0) / Judgement.BINS));
      for (Judgement.Scores scores : judgement.kinds().values()) {
        int count = scores.histogram().get(bin);
        row.add("%4d %s".formatted(count, bar((double) count / scores.count() / most, WIDEST / 2)));
      }
      table.add(row.toArray(String[]::new));
    }
    table.print(out);
  }

  private void printGradient(PrintWriter out) {
    out.println();
    out.println(
        "Policy gradient by position, over a batch of %d: the norm of each position's terms alone"
            .formatted(explanation.batch()));
    double most =
        explanation.gradient().stream().mapToDouble(Explanation.Position::share).max().orElse(0);
    Table table = new Table("position", "norm", "share", "");
    for (Explanation.Position each : explanation.gradient()) {
      table.add(
          Integer.toString(each.position()),
          NumberFormats.format(each.norm()),
          NumberFormats.format(each.share()),
          bar(most == 0 ? 0 : each.share() / most, WIDEST));
    }
    table.print(out);
  }

  /** Of a length from 0 to the widest; what is not 0 is seen. */
  private static String bar(double fraction, int widest) {
    return "#".repeat((int) Math.ceil(fraction * widest - 1e-9));
  }

  private static void print(int number, Explanation.Sequence sequence, PrintWriter out) {
    out.println();
    out.println(
        "Sequence %d%s"
            .formatted(
                number,
                sequence.probabilityReal().isPresent()
                    ? ", D " + NumberFormats.format(sequence.probabilityReal().getAsDouble())
                    : ""));
    out.println(sequence.text());
    Table table = new Table("position", "token", "Q", "spread", "weight");
    int position = 1;
    for (Explanation.Token token : sequence.tokens()) {
      table.add(
          Integer.toString(position++),
          token.text(),
          NumberFormats.format(token.q()),
          token.spread().isPresent() ? NumberFormats.format(token.spread().getAsDouble()) : "-",
          NumberFormats.format(token.weight()));
    }
    table.print(out);
  }

  // ---- for programs ----

  Map<String, Object> json() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("checkpoint", trained.checkpointName());
    object.put("warnings", trained.warnings());
    object.put("trainer", explanation.trainer());
    object.put("reward", explanation.reward());
    object.put("notes", explanation.notes());
    explanation.judgement().ifPresent(each -> object.put("discriminator", json(each)));
    object.put("batch", explanation.batch());
    object.put("gradient", explanation.gradient());
    object.put("sequences", explanation.sequences().stream().map(ExplanationText::json).toList());
    return object;
  }

  private static Map<String, Object> json(Judgement judgement) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("accuracy", judgement.accuracy());
    object.putAll(judgement.kinds());
    return object;
  }

  private static Map<String, Object> json(Explanation.Sequence sequence) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("text", sequence.text());
    sequence.probabilityReal().ifPresent(d -> object.put("probability-real", d));
    object.put("tokens", sequence.tokens().stream().map(ExplanationText::json).toList());
    return object;
  }

  private static Map<String, Object> json(Explanation.Token token) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("token", token.id());
    object.put("text", token.text());
    object.put("q", token.q());
    token.spread().ifPresent(spread -> object.put("spread", spread));
    object.put("weight", token.weight());
    return object;
  }
}

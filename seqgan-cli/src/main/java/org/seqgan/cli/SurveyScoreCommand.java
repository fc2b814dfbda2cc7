package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seqgan.core.io.Json;
import org.seqgan.core.statistics.FleissKappa;
import org.seqgan.core.statistics.Interval;
import org.seqgan.core.statistics.RatingsComparison;
import org.seqgan.core.survey.AnswerSheet;
import org.seqgan.core.survey.SurveyKey;
import org.seqgan.core.survey.SurveyScores;
import org.seqgan.core.survey.SurveyScores.Comparison;
import org.seqgan.core.survey.SurveyScores.SourceScore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seqgan survey score}: what judges said. */
@Command(
    name = "score",
    description = "Score the answers to a survey: means, intervals, p-values and agreement.")
final class SurveyScoreCommand implements Callable<Integer> {
  private static final String UNDEFINED = "\u2013";

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "KEY", description = "the key of the survey")
  private Path key;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "ANSWERS",
      description = "what the page saved, a file of each judge")
  private List<Path> answers = new ArrayList<>();

  @Option(names = "--format", paramLabel = "text|json", description = "tables, or a JSON object")
  private OutputFormat format = OutputFormat.TEXT;

  SurveyScoreCommand() {}

  @Override
  public Integer call() {
    SurveyScores scores =
        SurveyScores.of(SurveyKey.read(key), answers.stream().map(AnswerSheet::read).toList());
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case JSON -> out.println(Json.line(json(scores)));
      case TEXT -> print(scores, out);
    }
    return 0;
  }

  // ---- for people ----

  private static void print(SurveyScores scores, PrintWriter out) {
    out.println(
        "Survey %s, %d judges, %d answers, %d missing"
            .formatted(
                scores.survey(),
                scores.judges().size(),
                scores.sources().stream().mapToInt(SourceScore::answers).sum(),
                scores.missing()));
    out.println();
    Table sources = new Table("source", "items", "answers", "mean score", "95% interval");
    for (SourceScore score : scores.sources()) {
      sources.add(
          score.source(),
          Integer.toString(score.items()),
          Integer.toString(score.answers()),
          score.mean().map(SurveyScoreCommand::number).orElse(UNDEFINED),
          score.interval().map(SurveyScoreCommand::text).orElse(UNDEFINED));
    }
    sources.print(out);
    out.println();
    Table comparisons = new Table("comparison", "difference", "p", "p (Holm)", "test");
    scores.comparisons().forEach(comparison -> add(comparisons, comparison));
    comparisons.print(out);
    out.println();
    out.println("Agreement: " + text(scores.agreement()));
    out.println();
    notes(scores).forEach(out::println);
  }

  private static void add(Table table, Comparison comparison) {
    String pair = comparison.first() + " - " + comparison.second();
    if (comparison.test() instanceof RatingsComparison.Tested tested) {
      table.add(
          pair,
          number(tested.difference()),
          probability(tested.p()),
          probability(comparison.adjustedP().orElseThrow()),
          name(tested));
    } else {
      table.add(pair, UNDEFINED, UNDEFINED, UNDEFINED, name(comparison.test()));
    }
  }

  private static String name(RatingsComparison test) {
    if (test instanceof RatingsComparison.MinF minF) {
      return String.format(Locale.ROOT, "min F' t(%.1f) = %.2f", minF.degreesOfFreedom(), minF.t());
    }
    return test instanceof RatingsComparison.Untestable untestable
        ? "not testable: " + untestable.reason()
        : "Fisher's exact, over items";
  }

  private static String text(FleissKappa agreement) {
    if (agreement instanceof FleissKappa.Defined kappa) {
      return String.format(
          Locale.ROOT,
          "Fleiss' kappa %.3f over %d items (judges agree on %.1f%% of pairs, chance would give %.1f%%)",
          kappa.kappa(),
          kappa.subjects(),
          100 * kappa.observed(),
          100 * kappa.expected());
    }
    return "Fleiss' kappa undefined: " + ((FleissKappa.Undefined) agreement).reason();
  }

  private static List<String> notes(SurveyScores scores) {
    List<String> notes = new ArrayList<>();
    notes.add("An answer scores 1 for \"a person wrote this\", 0 otherwise.");
    if (scores.judges().size() == 1) {
      notes.add("There is one judge: intervals and tests are over items, and speak of this judge.");
    }
    if (scores.missing() > 0) {
      notes.add(
          "%d answers are missing; means and tests are of those that are there."
              .formatted(scores.missing()));
    }
    notes.addAll(scores.remarks());
    return notes;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String probability(double value) {
    return String.format(Locale.ROOT, value < 1e-3 ? "%.1e" : "%.4f", value);
  }

  private static String text(Interval interval) {
    return number(interval.low()) + " to " + number(interval.high());
  }

  // ---- for programs ----

  private static Map<String, Object> json(SurveyScores scores) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("survey", scores.survey());
    object.put("judges", scores.judges());
    object.put("missing", scores.missing());
    object.put("sources", scores.sources().stream().map(SurveyScoreCommand::json).toList());
    object.put("comparisons", scores.comparisons().stream().map(SurveyScoreCommand::json).toList());
    object.put("agreement", json(scores.agreement()));
    object.put("remarks", scores.remarks());
    return object;
  }

  private static Map<String, Object> json(SourceScore score) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("source", score.source());
    object.put("items", score.items());
    object.put("answers", score.answers());
    score.mean().ifPresent(mean -> object.put("mean", mean));
    score
        .interval()
        .ifPresent(interval -> object.put("interval", List.of(interval.low(), interval.high())));
    return object;
  }

  private static Map<String, Object> json(Comparison comparison) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("first", comparison.first());
    object.put("second", comparison.second());
    object.put("test", name(comparison.test()));
    if (comparison.test() instanceof RatingsComparison.Tested tested) {
      object.put("difference", tested.difference());
      object.put("p", tested.p());
    }
    comparison.adjustedP().ifPresent(value -> object.put("p-holm", value));
    return object;
  }

  private static Map<String, Object> json(FleissKappa agreement) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (agreement instanceof FleissKappa.Defined kappa) {
      object.put("fleiss-kappa", kappa.kappa());
      object.put("observed", kappa.observed());
      object.put("expected", kappa.expected());
      object.put("items", kappa.subjects());
    } else if (agreement instanceof FleissKappa.Undefined undefined) {
      object.put("undefined", undefined.reason());
    }
    return object;
  }
}

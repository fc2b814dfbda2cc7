package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;
import org.seqgan.api.metric.Score;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.io.Json;
import org.seqgan.core.matrix.FinalScores;
import org.seqgan.core.metric.SweptArea;
import org.seqgan.core.metric.TemperatureSweep;
import org.seqgan.core.portable.OpenModel;
import org.seqgan.core.training.Evaluator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan evaluate}: measures a trained generator on fresh samples. */
@Command(name = "evaluate", description = "Measure a trained generator on fresh samples.")
final class EvaluateCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "RUN|MODEL",
      description = "a run directory, or the file of a model (NAME.seqgan)")
  private Path run;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "TASK.KEY=VALUE",
      description = "of the file of a model: where its data are, such as task.data=FILE")
  private List<String> dataOptions = new ArrayList<>();

  @Option(
      names = "--with-data",
      description =
          "of the file of a model: open its data too, where its configuration or TASK.KEY=VALUE say"
              + " that they are; without it only metrics that need none are measured")
  private boolean withData;

  @Option(names = "--seed", description = "of the samples (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Mixin private CheckpointArguments checkpoint;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "how many samples to measure (default: evaluation.samples of the run)")
  private @Nullable Integer samples;

  @Option(
      names = "--metrics",
      paramLabel = "SCORE",
      split = ",",
      description = "such as bleu-2,self-bleu,distinct (default: evaluation.metrics of the run)")
  private @Nullable List<String> metrics;

  @Option(
      names = "--temperatures",
      paramLabel = "T",
      split = ",",
      description = "measure the samples at each of these too, such as 0.7,1.0,1.3")
  private List<Float> temperatures = new ArrayList<>();

  @Option(
      names = "--diversity",
      paramLabel = "SCORE",
      description =
          "with several --temperatures: the score over which the area under each quality is taken"
              + " (default: the first of distinct and self-bleu that is measured)")
  private @Nullable String diversity;

  @Option(names = "--format", paramLabel = "text|json", description = "a table, or a JSON object")
  private OutputFormat format = OutputFormat.TEXT;

  EvaluateCommand() {}

  /** Everything that was measured. */
  private record Results(
      String checkpoint,
      List<String> warnings,
      List<Score> scores,
      List<String> notMeasured,
      Map<String, Double> real,
      Optional<String> unlike,
      List<TemperatureSweep.Point> sweep,
      List<SweptArea> areas) {}

  private static final String NO_AREAS =
      "No areas of quality over diversity: that takes a score of diversity, such as distinct-2, that"
          + " differs between two temperatures, and one of quality beside it";

  @Override
  public Integer call() {
    for (float temperature : temperatures) {
      if (!(temperature >= 0.01 && temperature <= 100)) {
        throw new UserException(
            UserException.Kind.CONFIGURATION,
            "--temperatures takes numbers from 0.01 to 100, found " + temperature);
      }
    }
    if (samples != null && samples < 1) {
      throw Misuse.of("--samples: expected at least 1, found " + samples);
    }
    if (diversity != null && temperatures.size() < 2) {
      throw Misuse.of(
          "--diversity is for several --temperatures, found %d; give more, or leave it out"
              .formatted(temperatures.size()));
    }
    PrintWriter err = spec.commandLine().getErr();
    try (OpenModel trained = open(new ModelOpening(main.registry(), err))) {
      Results results = measure(trained);
      results.unlike.ifPresent(line -> err.println("seqgan: " + line));
      if (!results.notMeasured.isEmpty()) {
        err.println("seqgan: " + notMeasured(results.notMeasured));
      }
      PrintWriter out = spec.commandLine().getOut();
      switch (format) {
        case JSON -> out.println(Json.line(json(results)));
        case TEXT -> print(results, out);
      }
    }
    return 0;
  }

  private OpenModel open(ModelOpening opening) {
    if (!withData && dataOptions.isEmpty()) {
      return opening.open(run, checkpoint);
    }
    if (checkpoint.isGiven()) {
      ModelOpening.requireRun(run, checkpoint.choice().words());
    }
    return opening.openWithData(run, dataOptions);
  }

  private static String notMeasured(List<String> names) {
    return "not measured, because they compare with data that the file of a model does not have: %s; add --with-data, or task.data=FILE"
        .formatted(String.join(", ", names));
  }

  private Results measure(OpenModel trained) {
    Experiment experiment = trained.experiment();
    Evaluator asked = metrics == null ? experiment.evaluator() : experiment.evaluatorOf(metrics);
    Evaluator chosen = samples == null ? asked : asked.onSamples(samples);
    Evaluator evaluator = trained.hasData() ? chosen : chosen.withoutData();
    List<String> left = trained.hasData() ? List.of() : chosen.needingData();
    if (metrics != null) {
      evaluator.requireAll(experiment.task());
    }
    if (!left.isEmpty() && evaluator.describe(experiment.task()).isEmpty()) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          notMeasured(left) + ", or measure others, such as --metrics distinct,self-bleu");
    }
    if (diversity != null) {
      SweptArea.requireMeasured(diversity, evaluator.describeSwept(experiment.task()));
    }
    RandomStream stream = RandomStream.of(seed).split("evaluate");
    List<FinalScores.RealScore> ofReal =
        trained.hasData()
            ? evaluator
                .evaluateReal(experiment.generator(), experiment.task(), stream.split("real"))
                .stream()
                .map(FinalScores.RealScore::of)
                .toList()
            : List.of();
    List<Score> scores =
        evaluator.evaluate(experiment.generator(), experiment.task(), stream).scores();
    List<TemperatureSweep.Point> sweep =
        evaluator.sweep(experiment.generator(), experiment.task(), temperatures, stream);
    Map<String, Double> real =
        new FinalScores(scores.stream().map(Score::description).toList(), ofReal, List.of())
            .comparableReal();
    return new Results(
        trained.checkpointName(),
        trained.warnings(),
        scores,
        left,
        real,
        unlike(ofReal, real, experiment.task()),
        sweep,
        SweptArea.of(sweep, experiment.config().metrics(), Optional.ofNullable(diversity), real));
  }

  /** Which scores real data have, but of another number of sequences than there are samples. */
  private static Optional<String> unlike(
      List<FinalScores.RealScore> all, Map<String, Double> comparable, Task task) {
    List<String> names =
        all.stream()
            .map(score -> score.identity().metric())
            .filter(name -> !comparable.containsKey(name))
            .toList();
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "no value of real data beside %s, which depend on how many sequences there are; --samples %d measures as many as there are real ones"
                .formatted(String.join(", ", names), task.data().training().count()));
  }

  private static Map<String, Object> json(Results results) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("checkpoint", results.checkpoint);
    object.put("warnings", results.warnings);
    results.scores.forEach(score -> object.put(score.name(), score.value()));
    if (!results.notMeasured.isEmpty()) {
      object.put("not-measured", results.notMeasured);
    }
    object.put("real", results.real);
    Map<String, Object> identities = new LinkedHashMap<>();
    results.scores.forEach(score -> identities.put(score.name(), score.description().identity()));
    object.put("identities", identities);
    if (!results.sweep.isEmpty()) {
      object.put("temperatures", results.sweep.stream().map(EvaluateCommand::json).toList());
      object.put("areas", results.areas.stream().map(EvaluateCommand::json).toList());
    }
    return object;
  }

  private static Map<String, Object> json(TemperatureSweep.Point point) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("temperature", point.temperature());
    point.scores().forEach(score -> object.put(score.name(), score.value()));
    return object;
  }

  private static Map<String, Object> json(SweptArea area) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("quality", area.quality());
    object.put("diversity", area.diversity());
    object.put("from", area.range().low());
    object.put("to", area.range().high());
    object.put("area", area.area());
    object.put("mean", area.mean());
    area.atReal().ifPresent(value -> object.put("at-real-diversity", value));
    return object;
  }

  private static void print(Results results, PrintWriter out) {
    out.println("Checkpoint " + results.checkpoint);
    Table table = new Table("metric", "value", "real data", "how");
    for (Score score : results.scores) {
      String real =
          Optional.ofNullable(results.real.get(score.name())).map(v -> number(v)).orElse("");
      table.add(score.name(), number(score.value()), real, score.description().how());
    }
    table.print(out);
    if (!results.sweep.isEmpty()) {
      printSweep(results.sweep, out);
    }
    if (!results.areas.isEmpty()) {
      printAreas(results, out);
    } else if (results.sweep.size() > 1) {
      out.println();
      out.println(NO_AREAS);
    }
  }

  private static void printSweep(List<TemperatureSweep.Point> sweep, PrintWriter out) {
    List<String> header = new ArrayList<>(List.of("temperature"));
    sweep.get(0).scores().forEach(score -> header.add(score.name()));
    Table table = new Table(header.toArray(String[]::new));
    for (TemperatureSweep.Point point : sweep) {
      List<String> row = new ArrayList<>(List.of(Float.toString(point.temperature())));
      point.scores().forEach(score -> row.add(number(score.value())));
      table.add(row.toArray(String[]::new));
    }
    out.println();
    table.print(out);
  }

  private static void printAreas(Results results, PrintWriter out) {
    String diversity = results.areas.get(0).diversity();
    Table table =
        new Table(
            "quality",
            "over " + diversity,
            "area",
            "mean",
            "at real data's " + diversity,
            "real data");
    for (SweptArea area : results.areas) {
      table.add(
          area.quality(),
          number(area.range().low()) + " to " + number(area.range().high()),
          number(area.area()),
          number(area.mean()),
          area.atReal().isPresent() ? number(area.atReal().getAsDouble()) : "not reached",
          Optional.ofNullable(results.real.get(area.quality())).map(v -> number(v)).orElse(""));
    }
    out.println();
    table.print(out);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}

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
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.io.Json;
import org.seqgan.core.metric.TemperatureSweep;
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

  @Parameters(paramLabel = "RUN", description = "a run directory")
  private Path run;

  @Option(names = "--seed", description = "of the samples (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Mixin private CheckpointArguments checkpoint;

  @Option(
      names = "--metrics",
      paramLabel = "NAME",
      split = ",",
      description = "such as bleu-2,self-bleu,distinct (default: evaluation.metrics of the run)")
  private @Nullable List<String> metrics;

  @Option(
      names = "--temperatures",
      paramLabel = "T",
      split = ",",
      description = "measure the samples at each of these too, such as 0.7,1.0,1.3")
  private List<Float> temperatures = new ArrayList<>();

  @Option(names = "--format", paramLabel = "text|json", description = "a table, or a JSON object")
  private OutputFormat format = OutputFormat.TEXT;

  EvaluateCommand() {}

  /** Everything that was measured. */
  private record Results(
      String checkpoint,
      List<String> warnings,
      List<Score> scores,
      Map<String, Double> real,
      List<TemperatureSweep.Point> sweep) {}

  @Override
  public Integer call() {
    for (float temperature : temperatures) {
      if (!(temperature >= 0.01 && temperature <= 100)) {
        throw new UserException(
            UserException.Kind.CONFIGURATION,
            "--temperatures takes numbers from 0.01 to 100, found " + temperature);
      }
    }
    PrintWriter err = spec.commandLine().getErr();
    try (TrainedRun trained = TrainedRun.open(run, checkpoint.choice(), main.registry(), err)) {
      Results results = measure(trained);
      PrintWriter out = spec.commandLine().getOut();
      switch (format) {
        case JSON -> out.println(Json.line(json(results)));
        case TEXT -> print(results, out);
      }
    }
    return 0;
  }

  private Results measure(TrainedRun trained) {
    Experiment experiment = trained.experiment();
    Evaluator evaluator =
        metrics == null ? experiment.evaluator() : experiment.chosenEvaluator(metrics);
    RandomStream stream = RandomStream.of(seed).split("evaluate");
    Map<String, Double> real = new LinkedHashMap<>();
    evaluator
        .evaluateReal(experiment.generator(), experiment.task(), stream.split("real"))
        .forEach(score -> real.put(score.name(), score.value()));
    return new Results(
        trained.checkpointName(),
        trained.warnings(),
        evaluator.evaluate(experiment.generator(), experiment.task(), stream).scores(),
        real,
        evaluator.sweep(experiment.generator(), experiment.task(), temperatures, stream));
  }

  private static Map<String, Object> json(Results results) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("checkpoint", results.checkpoint);
    object.put("warnings", results.warnings);
    results.scores.forEach(score -> object.put(score.name(), score.value()));
    object.put("real", results.real);
    Map<String, Object> identities = new LinkedHashMap<>();
    results.scores.forEach(score -> identities.put(score.name(), score.description().identity()));
    object.put("identities", identities);
    if (!results.sweep.isEmpty()) {
      object.put("temperatures", results.sweep.stream().map(EvaluateCommand::json).toList());
    }
    return object;
  }

  private static Map<String, Object> json(TemperatureSweep.Point point) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("temperature", point.temperature());
    point.scores().forEach(score -> object.put(score.name(), score.value()));
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

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}

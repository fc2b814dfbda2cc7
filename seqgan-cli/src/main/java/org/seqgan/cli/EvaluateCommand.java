package org.seqgan.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.experiment.RunDescriptions;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description = "such as generator-pretraining-20 (default: the latest)")
  private @Nullable String checkpoint;

  @Option(names = "--format", paramLabel = "text|json", description = "a table, or a JSON object")
  private OutputFormat format = OutputFormat.TEXT;

  EvaluateCommand() {}

  @Override
  public Integer call() throws JsonProcessingException {
    try (TrainedRun trained =
        TrainedRun.open(run, Optional.ofNullable(checkpoint), main.registry())) {
      RandomStream stream = RandomStream.of(seed).split("evaluate");
      Map<String, Double> metrics = trained.experiment().evaluate(stream).metrics();
      PrintWriter out = spec.commandLine().getOut();
      String where = trained.checkpoint().position().label();
      switch (format) {
        case JSON -> {
          Map<String, Object> object = new LinkedHashMap<>();
          object.put("checkpoint", where);
          object.putAll(metrics);
          out.println(new ObjectMapper().writeValueAsString(object));
        }
        case TEXT -> {
          out.println("Checkpoint " + where);
          Table table = new Table("metric", "value", "how");
          Map<String, String> how = RunDescriptions.how(trained.config(), trained.experiment());
          metrics.forEach(
              (name, value) ->
                  table.add(
                      name, String.format(Locale.ROOT, "%.4f", value), how.getOrDefault(name, "")));
          table.print(out);
        }
      }
    }
    return 0;
  }
}

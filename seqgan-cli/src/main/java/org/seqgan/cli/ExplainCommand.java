package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.data.ArraySize;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.explain.Explainer;
import org.seqgan.core.explain.Explanation;
import org.seqgan.core.io.Json;
import org.seqgan.core.report.explain.ExplanationReport;
import org.seqgan.core.run.DurableFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan explain}: what a run's reward says of what its generator writes. */
@Command(
    name = "explain",
    description =
        "Show what a run's reward and discriminator say of what its generator writes, token by token.")
final class ExplainCommand implements Callable<Integer> {
  private static final String PAGE = ".html";

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "a run directory")
  private Path run;

  @Option(
      names = {"-n", "--number"},
      paramLabel = "N",
      description = "how many sequences (default: ${DEFAULT-VALUE})")
  private int number = 3;

  @Option(
      names = "--seed",
      description = "of the sequences and their roll-outs (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Mixin private CheckpointArguments checkpoint;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "tables, or a JSON object on a line")
  private OutputFormat format = OutputFormat.TEXT;

  @Option(
      names = "--out",
      paramLabel = "FILE.html",
      description = "write a page with charts, too; a file that is there is replaced")
  private @Nullable Path page;

  ExplainCommand() {}

  @Override
  public Integer call() {
    if (number < 1) {
      throw Misuse.of("-n must be at least 1, found " + number);
    }
    if (page != null && !String.valueOf(page.getFileName()).endsWith(PAGE)) {
      throw Misuse.of("--out takes a file that ends in %s, found %s".formatted(PAGE, page));
    }
    PrintWriter err = spec.commandLine().getErr();
    try (TrainedRun trained =
        TrainedRun.openWhole(run, checkpoint.choice(), main.registry(), err)) {
      ArraySize.of(
          "-n", number, trained.experiment().task().data().sequenceLength(), Integer.BYTES);
      Explanation explanation =
          Explainer.explain(trained.experiment(), number, RandomStream.of(seed).split("explain"));
      ExplanationText text = new ExplanationText(trained, explanation);
      PrintWriter out = spec.commandLine().getOut();
      switch (format) {
        case JSON -> out.println(Json.line(text.json()));
        case TEXT -> text.print(out);
      }
      if (page != null) {
        String name = String.valueOf(run.toAbsolutePath().normalize().getFileName());
        DurableFiles.replace(
            page,
            ExplanationReport.render(
                name, trained.checkpointName(), trained.warnings(), explanation));
        if (format == OutputFormat.TEXT) {
          out.println();
          out.println("Wrote " + page);
        }
      }
    }
    return 0;
  }
}

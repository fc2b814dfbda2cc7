package org.seqgan.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.random.RandomStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan sample}: prints sequences from a trained generator. */
@Command(name = "sample", description = "Print sequences that a trained generator writes.")
final class SampleCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "a run directory")
  private Path run;

  @Option(
      names = {"-n", "--count"},
      description = "how many sequences (default: ${DEFAULT-VALUE})")
  private int count = 10;

  @Option(names = "--seed", description = "of the samples (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(names = "--temperature", description = "divides the logits (default: ${DEFAULT-VALUE})")
  private float temperature = 1f;

  @Option(
      names = "--top-k",
      description = "draw from the k likeliest tokens; 0 for all (default: 0)")
  private int topK;

  @Option(
      names = "--top-p",
      description = "draw from the likeliest tokens of this mass (default: 1)")
  private float topP = 1f;

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description = "such as generator-pretraining-20 (default: the latest)")
  private @Nullable String checkpoint;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "one sequence a line, as text or as JSON")
  private OutputFormat format = OutputFormat.TEXT;

  SampleCommand() {}

  @Override
  public Integer call() throws JsonProcessingException {
    if (count < 1) {
      throw Misuse.of("-n must be at least 1, found " + count);
    }
    Decoding decoding = decoding();
    try (TrainedRun trained =
        TrainedRun.open(run, Optional.ofNullable(checkpoint), main.registry())) {
      RandomStream stream = RandomStream.of(seed).split("sample");
      Sequences samples = trained.experiment().generator().sample(count, decoding, stream);
      PrintWriter out = spec.commandLine().getOut();
      for (int i = 0; i < samples.count(); i++) {
        String text = trained.experiment().task().show(samples.row(i));
        out.println(format == OutputFormat.TEXT ? apart(text) : json(samples.row(i), text));
      }
    }
    return 0;
  }

  private Decoding decoding() {
    try {
      return new Decoding(temperature, topK, topP);
    } catch (IllegalArgumentException e) {
      throw Misuse.of(e.getMessage());
    }
  }

  /** An empty line follows what has several lines itself, as a poem has. */
  private static String apart(String text) {
    return text.indexOf('\n') >= 0 ? text + "\n" : text;
  }

  private static String json(int[] tokens, String text) throws JsonProcessingException {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("tokens", tokens);
    object.put("text", text);
    return new ObjectMapper().writeValueAsString(object);
  }
}

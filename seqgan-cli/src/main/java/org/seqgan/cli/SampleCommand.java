package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.ArraySize;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.core.io.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan sample}: prints sequences from a trained generator, or writes them as files. */
@Command(
    name = "sample",
    description = "Print sequences that a trained generator writes, or write them as files.")
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

  @Mixin private CheckpointArguments checkpoint;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "one sequence a line, as text or as JSON")
  private OutputFormat format = OutputFormat.TEXT;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "write each sequence there as files of its task, such as 0001.mid, or 0001.txt"
              + " (default: print)")
  private @Nullable Path folder;

  @Option(
      names = "--force",
      description = "write into a folder that is not empty; files of the same name are replaced")
  private boolean force;

  SampleCommand() {}

  @Override
  public Integer call() {
    if (count < 1) {
      throw Misuse.of("-n must be at least 1, found " + count);
    }
    Decoding decoding = decoding();
    if (folder != null) {
      SampleFiles.requireRoom(folder, force);
    } else if (force) {
      throw Misuse.of("--force is for --out");
    }
    PrintWriter err = spec.commandLine().getErr();
    try (TrainedRun trained = TrainedRun.open(run, checkpoint.choice(), main.registry(), err)) {
      ArraySize.of("-n", count, trained.experiment().task().data().sequenceLength(), Integer.BYTES);
      RandomStream stream = RandomStream.of(seed).split("sample");
      Sequences samples = trained.experiment().generator().sample(count, decoding, stream);
      if (folder == null) {
        print(samples, trained);
      } else {
        write(samples, trained, folder);
      }
    }
    return 0;
  }

  private void print(Sequences samples, TrainedRun trained) {
    Task task = trained.experiment().task();
    PrintWriter out = spec.commandLine().getOut();
    for (int i = 0; i < samples.count(); i++) {
      int[] tokens = samples.row(i);
      String text = task.show(tokens);
      out.println(format == OutputFormat.TEXT ? apart(text) : json(object(tokens, text, trained)));
    }
  }

  private void write(Sequences samples, TrainedRun trained, Path target) {
    Task task = trained.experiment().task();
    PrintWriter out = spec.commandLine().getOut();
    SampleFiles files = SampleFiles.into(target, samples.count());
    for (int i = 0; i < samples.count(); i++) {
      int[] tokens = samples.row(i);
      List<String> names = files.write(i + 1, task, tokens);
      if (format == OutputFormat.JSON) {
        Map<String, Object> object = object(tokens, task.show(tokens), trained);
        object.put("files", names);
        out.println(json(object));
      }
    }
    if (format == OutputFormat.TEXT) {
      out.println(files);
    }
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

  /** Every object says where it comes from: each is a line of its own. */
  private static Map<String, Object> object(int[] tokens, String text, TrainedRun trained) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("tokens", tokens);
    object.put("text", text);
    object.put("checkpoint", trained.checkpointName());
    if (!trained.warnings().isEmpty()) {
      object.put("warnings", trained.warnings());
    }
    return object;
  }

  private static String json(Map<String, Object> object) {
    return Json.line(object);
  }
}

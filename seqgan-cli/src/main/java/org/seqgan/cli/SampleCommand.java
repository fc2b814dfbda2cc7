package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.ArraySize;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.model.Continuations;
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
      names = {"-n", "--number", "--count"},
      paramLabel = "N",
      description = "how many sequences (default: ${DEFAULT-VALUE})")
  private int number = 10;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      description =
          "what every sequence begins with, as the task writes it: the generator reads it and goes"
              + " on")
  private @Nullable String prefix;

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
      paramLabel = "text|json|csv|midi|abc",
      description =
          "one sequence a line, as text or as JSON, or a table (CSV); midi and abc: a file of each,"
              + " for --out (default: text)")
  private SampleFormat format = SampleFormat.TEXT;

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
    if (number < 1) {
      throw Misuse.of("-n must be at least 1, found " + number);
    }
    Decoding decoding = decoding();
    requirePlace();
    PrintWriter err = spec.commandLine().getErr();
    try (TrainedRun trained = TrainedRun.open(run, checkpoint.choice(), main.registry(), err)) {
      Experiment experiment = trained.experiment();
      ArraySize.of("-n", number, experiment.task().data().sequenceLength(), Integer.BYTES);
      format.ending().ifPresent(ending -> requireFiles(experiment.task(), ending));
      give(draw(experiment, decoding, RandomStream.of(seed).split("sample")), trained);
    }
    return 0;
  }

  /** To be asked before long work. */
  private void requirePlace() {
    if (folder != null) {
      SampleFiles.requireRoom(folder, force);
    } else if (force) {
      throw Misuse.of("--force is for --out");
    } else if (format.ending().isPresent()) {
      throw Misuse.of(
          "--format %s makes files; name a folder for them with --out".formatted(formatName()));
    }
  }

  private void requireFiles(Task task, String ending) {
    if (!task.files(task.data().training().row(0)).containsKey(ending)) {
      throw Misuse.of(
          "--format %s is for tasks of tunes, the task of %s makes no .%s of its sequences; take text, json or csv"
              .formatted(formatName(), run, ending));
    }
  }

  private String formatName() {
    return format.name().toLowerCase(Locale.ROOT);
  }

  private Sequences draw(Experiment experiment, Decoding decoding, RandomStream stream) {
    if (prefix == null) {
      return experiment.generator().sample(number, decoding, stream);
    }
    Task task = experiment.task();
    Continuations continuations =
        new Continuations(
            experiment.generator(), task.data().vocabulary(), task.data().sequenceLength());
    return continuations.draw(beginning(task, prefix), number, decoding, stream);
  }

  /** The tokens of the prefix, which leave at least one to draw. */
  private int[] beginning(Task task, String text) {
    int[] tokens = read(task, text);
    int most = task.data().sequenceLength() - 1;
    if (tokens.length == 0) {
      throw Misuse.of("--prefix has no token; leave it out to draw whole sequences");
    }
    if (tokens.length > most) {
      throw Misuse.of(
          "--prefix has %d tokens, expected at most %d: sequences of %s have up to %d, and one is left to draw; shorten it"
              .formatted(tokens.length, most, run, most + 1));
    }
    return tokens;
  }

  private int[] read(Task task, String text) {
    Optional<int[]> tokens;
    try {
      tokens = task.read(text);
    } catch (UserException e) {
      throw new UserException(e.kind(), "--prefix: " + e.getMessage(), e);
    }
    return tokens.orElseThrow(
        () ->
            Misuse.of(
                "--prefix is for tasks that read text, which the task of %s does not; leave it out to draw whole sequences"
                    .formatted(run)));
  }

  private void give(Sequences samples, TrainedRun trained) {
    PrintWriter out = spec.commandLine().getOut();
    Optional<SampleFiles> files =
        Optional.ofNullable(folder)
            .map(target -> SampleFiles.into(target, samples.count(), format.ending()));
    SampleLines lines = new SampleLines(format, trained, files.isPresent());
    lines.heading().ifPresent(out::println);
    for (int i = 0; i < samples.count(); i++) {
      int[] tokens = samples.row(i);
      int ordinal = i + 1;
      List<String> names =
          files
              .map(writer -> writer.write(ordinal, trained.experiment().task(), tokens))
              .orElse(List.of());
      lines.line(ordinal, tokens, names).ifPresent(out::println);
    }
    if (lines.areForPeople()) {
      files.ifPresent(out::println);
    }
  }

  private Decoding decoding() {
    try {
      return new Decoding(temperature, topK, topP);
    } catch (IllegalArgumentException e) {
      throw Misuse.of(e.getMessage());
    }
  }
}

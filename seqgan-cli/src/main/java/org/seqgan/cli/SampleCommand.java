package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.ArraySize;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.task.Task;
import org.seqgan.cli.sample.SampleFormat;
import org.seqgan.cli.sample.SampleLines;
import org.seqgan.core.portable.OpenModel;
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

  @Parameters(
      paramLabel = "RUN|MODEL",
      description = "a run directory, or the file of a model (NAME.seqgan)")
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

  @Mixin private DecodingArguments decoding;
  @Mixin private CheckpointArguments checkpoint;

  @Option(
      names = "--format",
      paramLabel = "text|json|csv|tokens|midi|abc",
      description =
          "one sequence a line, as text, as JSON or as ids of tokens, or a table (CSV); midi and"
              + " abc: a file of each, for --out (default: text)")
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
    decoding.over(Decoding.SAMPLE); // wrong numbers are told before anything is opened
    requirePlace();
    PrintWriter err = spec.commandLine().getErr();
    try (OpenModel model = new ModelOpening(main.registry(), err).open(run, checkpoint)) {
      ArraySize.of("-n", number, model.task().data().sequenceLength(), Integer.BYTES);
      format.ending().ifPresent(ending -> requireFiles(model.task(), ending));
      give(draw(model, decoding.over(model.decoding())), model);
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
    int[] any = {task.data().vocabulary().startToken()};
    if (!task.files(any).containsKey(ending)) {
      throw Misuse.of(
          "--format %s is for tasks of tunes, the task of %s makes no .%s of its sequences; take text, json, csv or tokens"
              .formatted(formatName(), run, ending));
    }
  }

  private String formatName() {
    return format.name().toLowerCase(Locale.ROOT);
  }

  private Sequences draw(OpenModel model, Decoding chosen) {
    return prefix == null
        ? model.sample(number, chosen, seed)
        : model.continueFrom(model.beginning("--prefix", prefix), number, chosen, seed);
  }

  private void give(Sequences samples, OpenModel trained) {
    PrintWriter out = spec.commandLine().getOut();
    Optional<SampleFiles> files =
        Optional.ofNullable(folder)
            .map(target -> SampleFiles.into(target, samples.count(), format.ending()));
    SampleLines lines =
        new SampleLines(
            format,
            trained.task(),
            trained.checkpointName(),
            trained.warnings(),
            files.isPresent());
    lines.heading().ifPresent(out::println);
    for (int i = 0; i < samples.count(); i++) {
      int[] tokens = samples.row(i);
      int ordinal = i + 1;
      List<String> names =
          files.map(writer -> writer.write(ordinal, trained.task(), tokens)).orElse(List.of());
      lines.line(ordinal, tokens, names).ifPresent(out::println);
    }
    if (lines.areForPeople()) {
      files.ifPresent(out::println);
    }
  }
}

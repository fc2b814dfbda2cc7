package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.task.Proposal;
import org.seqgan.core.io.Json;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.DurableFiles;
import org.seqgan.core.setup.Setup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan init}: from a user's own data to a configuration that trains. */
@Command(
    name = "init",
    description = {
      "Look at your own data and write a configuration that trains on them.",
      "Example: seqgan init haiku.txt, then: seqgan train haiku.conf"
    })
final class InitCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE_OR_FOLDER", description = "the data, such as a file of lines")
  private Path data;

  @Option(
      names = "--task",
      paramLabel = "NAME",
      description = "the task, where several could be trained on the data")
  private @Nullable String task;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "the file to write (default: the data's name with .conf, in this folder)")
  private @Nullable Path output;

  @Option(names = "--force", description = "replace the file if it exists")
  private boolean force;

  @Option(names = "--dry-run", description = "say what would be written, and write nothing")
  private boolean dryRun;

  @Option(names = "--format", paramLabel = "text|json", description = "lines, or a JSON object")
  private OutputFormat format = OutputFormat.TEXT;

  InitCommand() {}

  @Override
  public Integer call() {
    Path file = output != null ? output : Path.of(name(data) + ".conf");
    if (!dryRun) {
      requireFree(file);
    }
    PluginRegistry registry = main.registry();
    PrintWriter out = spec.commandLine().getOut();
    if (format == OutputFormat.TEXT) {
      out.println("Looking at " + data); // a large file takes a while
    }
    Setup setup = Setup.of(registry, data, Optional.ofNullable(task));
    String advice = "Train: seqgan train " + word(file);
    String configuration = setup.configuration(registry, advice);
    if (format == OutputFormat.JSON) {
      out.println(Json.line(json(setup, file, configuration)));
    } else {
      print(setup, out);
    }
    if (!dryRun) {
      DurableFiles.replace(file, configuration);
    }
    if (format == OutputFormat.TEXT) {
      out.println(dryRun ? "\n" + configuration : "Wrote " + file + "\n" + advice);
    }
    return 0;
  }

  /** The name of a file without its ending, or of a folder. */
  private static String name(Path data) {
    Path name = data.toAbsolutePath().normalize().getFileName();
    if (name == null) {
      throw Misuse.of("expected a file or a folder below the root, found " + data);
    }
    return Files.isDirectory(data)
        ? name.toString()
        : name.toString().replaceFirst("(?<=.)\\.[^.]*$", "");
  }

  private void requireFree(Path file) {
    if (Files.isDirectory(file)) {
      throw Misuse.of("%s is a folder; name a file with --out".formatted(file));
    }
    if (Files.exists(file) && !force) {
      throw Misuse.of(
          "%s exists already; replace it with --force, or name another file with --out"
              .formatted(file));
    }
    if (file.toAbsolutePath().normalize().startsWith(data.toAbsolutePath().normalize())) {
      throw Misuse.of(
          "%s would lie among the data; name a file elsewhere with --out".formatted(file));
    }
  }

  private static void print(Setup setup, PrintWriter out) {
    out.println("Found in " + setup.data() + ":");
    setup.proposal().findings().forEach(finding -> out.println("  " + finding));
    out.println("Chosen: task " + setup.task());
    for (Proposal.Choice choice : setup.proposal().choices()) {
      String reason = choice.reason().isEmpty() ? "" : ": " + choice.reason();
      out.println("  %s = %s%s".formatted(choice.key(), choice.value(), reason));
    }
    out.println("  sizes: " + setup.sizes());
  }

  private static Map<String, Object> json(Setup setup, Path file, String configuration) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("data", setup.data().toString());
    object.put("task", setup.task());
    object.put("findings", setup.proposal().findings());
    object.put("choices", setup.proposal().choices());
    object.put("training-sequences", setup.proposal().trainingSequences());
    object.put("sequence-length", setup.proposal().sequenceLength());
    object.put("vocabulary-size", setup.proposal().vocabularySize());
    object.put("file", file.toString());
    object.put("configuration", configuration);
    return object;
  }

  /** A path as a shell takes it. */
  private static String word(Path file) {
    String text = file.toString();
    return text.matches("[\\p{L}\\p{N}._/+@%=:-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}

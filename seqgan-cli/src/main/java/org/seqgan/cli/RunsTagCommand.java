package org.seqgan.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seqgan.core.run.RunTags;
import org.seqgan.core.workbench.RunSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seqgan runs tag}: words to find runs by. */
@Command(
    name = "tag",
    description = {
      "Give runs words to find them by, or take them away; without either, show them.",
      "Example: seqgan runs tag runs/quickstart --add keep,baseline"
    })
final class RunsTagCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "RUN", description = "run directories")
  private List<Path> directories = List.of();

  @Option(
      names = "--add",
      paramLabel = "TAG",
      split = ",",
      description = "tags to give; one that is there stays")
  private List<String> added = List.of();

  @Option(
      names = "--remove",
      paramLabel = "TAG",
      split = ",",
      description = "tags to take away; one that is not there is not missed")
  private List<String> removed = List.of();

  RunsTagCommand() {}

  @Override
  public Integer call() {
    // All are looked at before any is changed.
    Map<RunSummary, RunTags> changed = new LinkedHashMap<>();
    for (RunSummary run : RunsOfFolders.named(new LinkedHashSet<>(directories))) {
      List<String> tags = new ArrayList<>(RunTags.read(run.layout()).tags());
      added.stream().map(String::strip).filter(tag -> !tags.contains(tag)).forEach(tags::add);
      removed.stream().map(String::strip).forEach(tags::remove);
      changed.put(run, new RunTags(tags));
    }
    changed.forEach(
        (run, tags) -> {
          if (!added.isEmpty() || !removed.isEmpty()) {
            tags.write(run.layout());
          }
          spec.commandLine()
              .getOut()
              .println(
                  RunsOfFolders.typed(run)
                      + ": "
                      + (tags.tags().isEmpty() ? "no tags" : String.join(", ", tags.tags())));
        });
    return 0;
  }
}

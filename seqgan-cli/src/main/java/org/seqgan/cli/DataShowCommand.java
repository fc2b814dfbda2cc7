package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;
import org.seqgan.api.task.FileContents;
import org.seqgan.api.task.Tune;
import org.seqgan.core.config.TaskOptions;
import org.seqgan.core.io.Json;
import org.seqgan.core.setup.TaskReading;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan data show}: what a task's reader makes of a file. */
@Command(
    name = "show",
    description = {
      "Show what a task reads from a file, and what it leaves out, to check it against another"
          + " program.",
      "Example: seqgan data show tune.mid task.reading.track=2 --format json"
    })
final class DataShowCommand implements Callable<Integer> {
  @ParentCommand private DataCommand data;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "a file, or a folder of files")
  private Path file;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "task.KEY=VALUE",
      description = "options of the task; the one that names its data is FILE")
  private List<String> options = new ArrayList<>();

  @Option(
      names = "--task",
      paramLabel = "NAME",
      description = "the task that reads it (default: the one that is for such data)")
  private @Nullable String task;

  @Option(names = "--format", paramLabel = "text|json", description = "lines, or a JSON object")
  private OutputFormat format = OutputFormat.TEXT;

  DataShowCommand() {}

  @Override
  public Integer call() {
    TaskOptions taskOptions = TaskOptions.parse(options);
    FileContents contents =
        TaskReading.of(data.registry(), file, task(taskOptions), taskOptions).contents();
    PrintWriter out = spec.commandLine().getOut();
    if (format == OutputFormat.JSON) {
      out.println(Json.line(json(contents)));
    } else {
      new ContentsText(out).print(contents);
    }
    if (contents.isEmpty()) {
      throw nothing(contents);
    }
    return ExitCode.DONE.code();
  }

  private Optional<String> task(TaskOptions taskOptions) {
    if (task != null && taskOptions.name().filter(name -> !name.equals(task)).isPresent()) {
      throw Misuse.of(
          "--task is '%s' and task.name is '%s': give one of the two"
              .formatted(task, taskOptions.name().get()));
    }
    return taskOptions.name().or(() -> Optional.ofNullable(task));
  }

  private UserException nothing(FileContents contents) {
    String reason =
        contents.leftOut().stream()
            .findFirst()
            .map(first -> first.where() + ": " + first.why())
            .orElse(file + ": it is empty");
    return new UserException(UserException.Kind.DATA, "nothing could be read: " + reason);
  }

  private static Map<String, Object> json(FileContents contents) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (contents instanceof FileContents.Arrays arrays) {
      object.put("arrays", arrays.arrays());
      return object;
    }
    if (contents instanceof FileContents.Tunes tunes) {
      object.put("tunes", tunes.tunes().stream().map(DataShowCommand::json).toList());
    } else if (contents instanceof FileContents.TokenSequences text) {
      object.put("sequences", text.sequences());
    }
    object.put("left-out", contents.leftOut());
    return object;
  }

  private static Map<String, Object> json(FileContents.TitledTune tune) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("title", tune.title());
    object.put("notes", tune.tune().notes().stream().map(DataShowCommand::json).toList());
    return object;
  }

  private static Map<String, Object> json(Tune.Note note) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("key", note.pitch());
    object.put("start", note.start());
    object.put("length", note.seconds());
    return object;
  }
}

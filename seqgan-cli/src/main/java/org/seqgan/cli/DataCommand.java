package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.api.task.Corpus;
import org.seqgan.cli.progress.DownloadProgress;
import org.seqgan.cli.progress.ProgressBar;
import org.seqgan.core.corpus.CorpusCache;
import org.seqgan.core.corpus.CorpusDownload;
import org.seqgan.core.corpus.CorpusFileState;
import org.seqgan.core.corpus.CorpusSource;
import org.seqgan.core.corpus.DownloadResult;
import org.seqgan.core.corpus.DownloadSettings;
import org.seqgan.core.io.Json;
import org.seqgan.core.registry.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan data}: the corpora that tasks can be trained on, and what files hold. */
@Command(
    name = "data",
    subcommands = DataShowCommand.class,
    description = {
      "List, fetch and check the corpora that tasks can be trained on; show what a file holds.",
      "Corpora are kept in the folder that SEQGAN_CACHE names, or else in ~/.cache/seqgan."
    })
final class DataCommand implements Callable<Integer> {

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  private final CorpusCache cache = CorpusCache.ofUser(System.getenv());

  DataCommand() {}

  @Override
  public Integer call() {
    throw Misuse.of(
        "expected 'data list', 'data fetch TASK', 'data check TASK' or 'data show FILE'");
  }

  /** {@code seqgan data list}. */
  @Command(name = "list", description = "List the corpora, and whether they are here.")
  int list(
      @Option(
              names = "--format",
              paramLabel = "text|json",
              defaultValue = "text",
              description = "a table, or a JSON array")
          OutputFormat format) {
    List<TaskCorpus> all = TaskCorpus.all(main.registry());
    if (format == OutputFormat.JSON) {
      print(all.stream().map(this::json).toList());
      return 0;
    }
    Table table = new Table("task", "files", "size", "here", "licence", "folder");
    for (TaskCorpus each : all) {
      Corpus corpus = each.corpus();
      table.add(
          each.task(),
          String.valueOf(corpus.files().size()),
          new ByteSize(corpus.bytes()).toString(),
          here(each.states(cache)),
          corpus.licence(),
          cache.folder(corpus).toString());
    }
    table.print(out());
    return 0;
  }

  private static String here(Map<Corpus.File, CorpusFileState> states) {
    long complete = states.values().stream().filter(CorpusFileState.COMPLETE::equals).count();
    if (complete == 0) {
      return "no";
    }
    return complete == states.size() ? "yes" : complete + " files";
  }

  /** {@code seqgan data check TASK}. */
  @Command(
      name = "check",
      description = "Read a corpus again and say which files are missing or differ.")
  int check(
      @Parameters(paramLabel = "TASK", description = "a task that has a corpus") String task,
      @Option(
              names = "--format",
              paramLabel = "text|json",
              defaultValue = "text",
              description = "lines, or a JSON object")
          OutputFormat format) {
    TaskCorpus found = TaskCorpus.of(main.registry(), task);
    Map<Corpus.File, CorpusFileState> states = found.states(cache);
    Path folder = cache.folder(found.corpus());
    if (format == OutputFormat.JSON) {
      print(json(found, states));
    } else {
      states.forEach(
          (file, state) -> {
            if (state != CorpusFileState.COMPLETE) {
              out().println(folder.resolve(file.name()) + " " + state.words());
            }
          });
    }
    long wrong =
        states.values().stream().filter(state -> state != CorpusFileState.COMPLETE).count();
    if (wrong > 0) {
      throw new UserException(
          UserException.Kind.DATA,
          "%d of %d files of %s are missing or differ; fetch them with: seqgan data fetch %s"
              .formatted(wrong, states.size(), task, task));
    }
    if (format == OutputFormat.TEXT) {
      out().printf("%s: all %d files are right, in %s%n", task, states.size(), folder);
    }
    return 0;
  }

  /** {@code seqgan data fetch TASK}. */
  @Command(
      name = "fetch",
      description = {
        "Bring a corpus here. Files that are here already are left alone; one that was begun goes on.",
        "Example: seqgan data fetch oracle --from https://mirror.example/oracle/"
      })
  int fetch(
      @Parameters(paramLabel = "TASK", description = "a task that has a corpus") String task,
      @Option(
              names = "--from",
              paramLabel = "DIR|URL",
              description = "a folder or mirror that has the files (default: the corpus' home)")
          @Nullable String from,
      @Option(
              names = {"-q", "--quiet"},
              description = "print nothing but errors")
          boolean quiet,
      @Option(
              names = "--format",
              paramLabel = "text|json",
              defaultValue = "text",
              description = "progress for people, or one JSON object at the end")
          OutputFormat format) {
    TaskCorpus found = TaskCorpus.of(main.registry(), task);
    Corpus corpus = found.corpus();
    CorpusSource source = from == null ? CorpusSource.homeOf(corpus) : CorpusSource.of(from);
    boolean talks = !quiet && format == OutputFormat.TEXT;
    if (talks) {
      announce(found, source);
    }
    DownloadResult result;
    try {
      result = download(corpus, source, talks);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED.code();
    }
    if (format == OutputFormat.JSON) {
      print(json(found, result));
    }
    if (!result.isComplete()) {
      throw incomplete(found, result);
    }
    if (talks) {
      conclude(found, result);
    }
    return 0;
  }

  private void announce(TaskCorpus found, CorpusSource source) {
    Corpus corpus = found.corpus();
    out().println(found.task() + ": " + corpus.description());
    new Table("  licence", corpus.licence())
        .add("  size", "%d files, %s".formatted(corpus.files().size(), size(corpus)))
        .add("  repository", corpus.repository().toString())
        .add("  commit", corpus.commit())
        .add("  from", source.toString())
        .add("  into", cache.folder(corpus).toString())
        .print(out());
    out().flush();
  }

  private static String size(Corpus corpus) {
    return new ByteSize(corpus.bytes()).toString();
  }

  private DownloadResult download(Corpus corpus, CorpusSource source, boolean talks)
      throws InterruptedException {
    ProgressBar.Mode mode = talks ? Terminal.progressMode() : ProgressBar.Mode.QUIET;
    DownloadProgress progress =
        new DownloadProgress(corpus, main.screen(), mode, Terminal.columns(), System::nanoTime);
    try {
      return new CorpusDownload(cache, DownloadSettings.defaults(), progress).fetch(corpus, source);
    } finally {
      progress.close();
    }
  }

  /** Names every failure; the exit code tells files that cannot be had from those not had today. */
  private UserException incomplete(TaskCorpus found, DownloadResult result) {
    PrintWriter err = spec.commandLine().getErr();
    for (DownloadResult.Failure failure : result.failures()) {
      err.println("seqgan: %s: %s".formatted(failure.file().name(), failure.message()));
    }
    boolean isData =
        result.failures().stream().anyMatch(each -> each.kind() == UserException.Kind.DATA);
    return new UserException(
        isData ? UserException.Kind.DATA : UserException.Kind.ENVIRONMENT,
        "%d of %d files of %s could not be fetched: %s"
            .formatted(
                result.failures().size(),
                found.corpus().files().size(),
                found.task(),
                result.failures().stream()
                    .map(failure -> failure.file().name())
                    .collect(Collectors.joining(", "))));
  }

  private void conclude(TaskCorpus found, DownloadResult result) {
    PrintWriter out = out();
    out.printf(
        "All %d files are here and right: %d fetched, %d were here before.%n",
        found.corpus().files().size(), result.fetched().size(), result.present().size());
    List<String> uses = found.uses(result.folder());
    if (!uses.isEmpty()) {
      out.println("To train on it:");
      uses.forEach(use -> out.println("  " + use));
    }
    out.println("All options of the task: seqgan plugins show " + found.task());
  }

  private Map<String, Object> json(TaskCorpus found) {
    return json(found, found.states(cache));
  }

  private Map<String, Object> json(TaskCorpus found, Map<Corpus.File, CorpusFileState> states) {
    Corpus corpus = found.corpus();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("task", found.task());
    object.put("description", corpus.description());
    object.put("licence", corpus.licence());
    object.put("repository", corpus.repository().toString());
    object.put("commit", corpus.commit());
    object.put("bytes", corpus.bytes());
    object.put("folder", cache.folder(corpus).toString());
    object.put("files", states.entrySet().stream().map(entry -> json(entry)).toList());
    return object;
  }

  private static Map<String, Object> json(Map.Entry<Corpus.File, CorpusFileState> entry) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", entry.getKey().name());
    object.put("bytes", entry.getKey().bytes());
    object.put("sha256", entry.getKey().sha256());
    object.put("state", word(entry.getValue()));
    return object;
  }

  private static Map<String, Object> json(TaskCorpus found, DownloadResult result) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("task", found.task());
    object.put("folder", result.folder().toString());
    object.put("present", result.present().stream().map(Corpus.File::name).toList());
    object.put("fetched", result.fetched().stream().map(Corpus.File::name).toList());
    object.put("failed", result.failures().stream().map(DataCommand::json).toList());
    return object;
  }

  private static Map<String, Object> json(DownloadResult.Failure failure) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("file", failure.file().name());
    object.put("kind", word(failure.kind()));
    object.put("message", failure.message());
    return object;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** All plugins. */
  PluginRegistry registry() {
    return main.registry();
  }

  private void print(Object json) {
    out().println(Json.line(json));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}

package org.seqgan.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.task.Corpus;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.core.config.OptionTable;
import org.seqgan.core.config.Presets;
import org.seqgan.core.corpus.CorpusCache;
import org.seqgan.core.corpus.CorpusFileState;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginOrigin;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.registry.Spelling;

/**
 * A task with the corpus that it can be trained on.
 *
 * @param provider of the task
 * @param corpus what it names
 */
record TaskCorpus(TaskProvider<?> provider, Corpus corpus) {
  /** The installed tasks that have a corpus, by name. */
  static List<TaskCorpus> all(PluginRegistry registry) {
    return registry.plugins(PluginKind.TASK).stream()
        .map(plugin -> registry.task(plugin.name()))
        .flatMap(
            provider -> corpus(provider).map(corpus -> new TaskCorpus(provider, corpus)).stream())
        .toList();
  }

  private static Optional<Corpus> corpus(TaskProvider<?> provider) {
    return PluginOrigin.of(PluginKind.TASK, provider).call("corpus", provider::corpus);
  }

  /**
   * The corpus of a task; the name of the corpus itself will do too.
   *
   * @throws org.seqgan.api.UserException (configuration) listing the tasks that have one
   */
  static TaskCorpus of(PluginRegistry registry, String name) {
    List<TaskCorpus> all = all(registry);
    return all.stream()
        .filter(candidate -> candidate.task().equals(name))
        .findFirst()
        .or(() -> all.stream().filter(each -> each.corpus().name().equals(name)).findFirst())
        .orElseThrow(
            () -> {
              List<String> names = all.stream().map(TaskCorpus::task).toList();
              return Misuse.of(
                  "there is no corpus for a task '%s': %s"
                      .formatted(
                          name,
                          names.isEmpty()
                              ? "no installed task has one"
                              : "these tasks have one: "
                                  + String.join(", ", Spelling.closestFirst(name, names))));
            });
  }

  /** The task's name. */
  String task() {
    return provider.about().name();
  }

  /** How each file stands, in the corpus' order. Reads all of them. */
  Map<Corpus.File, CorpusFileState> states(CorpusCache cache) {
    Map<Corpus.File, CorpusFileState> states = new LinkedHashMap<>();
    corpus.files().forEach(file -> states.put(file, cache.state(corpus, file)));
    return states;
  }

  /**
   * How to train on it: the presets that say to fetch it first; where there is none, the options of
   * the task that speak, in their description, of the corpus or of a file of it.
   *
   * @param folder of the corpus
   */
  List<String> uses(Path folder) {
    List<String> presets =
        Presets.descriptions().entrySet().stream()
            .filter(preset -> preset.getValue().contains("seqgan data fetch " + task() + " "))
            .map(preset -> "seqgan train " + preset.getKey())
            .toList();
    return presets.isEmpty() ? options(folder) : presets;
  }

  private List<String> options(Path folder) {
    List<String> lines = new ArrayList<>();
    for (OptionTable.Row row :
        OptionTable.of(provider.about().optionsType().asSubclass(Record.class))) {
      String key = "task." + row.key();
      value(row.description(), folder)
          .ifPresent(
              value -> {
                lines.add("seqgan train PRESET|FILE %s=%s".formatted(key, value));
                lines.add("  %s: %s".formatted(key, row.description()));
              });
    }
    return lines;
  }

  private Optional<String> value(String description, Path folder) {
    Optional<String> file =
        corpus.files().stream()
            .map(Corpus.File::name)
            .filter(description::contains)
            .findFirst()
            .map(name -> folder.resolve(name).toString());
    return file.or(() -> Optional.of("corpus").filter(description::contains));
  }
}

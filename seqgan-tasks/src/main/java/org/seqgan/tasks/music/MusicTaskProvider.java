package org.seqgan.tasks.music;

import java.nio.file.Path;
import java.util.Optional;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.plugin.About;
import org.seqgan.api.task.Corpus;
import org.seqgan.api.task.DataReader;
import org.seqgan.api.task.FileFormats;
import org.seqgan.api.task.Notation;
import org.seqgan.api.task.NotationState;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskContext;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.tasks.DataChoice;

/** The task "music": folk tunes, one pitch per 0.4 s. */
public final class MusicTaskProvider implements TaskProvider<MusicOptions> {
  @Override
  public About<MusicOptions> about() {
    return new About<>(
        "music",
        "Nottingham folk tunes as one pitch per 0.4 s (Yu et al. 2017); a sample is built in",
        MusicOptions.class,
        ApiVersion.CURRENT);
  }

  @Override
  public Optional<Corpus> corpus() {
    return Optional.of(Nottingham.CORPUS);
  }

  @Override
  public Task open(TaskContext context, MusicOptions options) {
    double tempo = options.reading().tempo();
    DataChoice choice = DataChoice.of(options.data());
    Optional<String> licence = choice.licence(Nottingham.CORPUS);
    if (choice instanceof DataChoice.Given given) {
      return MusicTask.of(
          Library.read(given.path(), tempo), options, "music: tunes of " + given.path(), licence);
    }
    if (choice instanceof DataChoice.Fetched) {
      return MusicTask.of(
          Library.read(context.corpus(Nottingham.CORPUS), tempo),
          options,
          "music: " + Nottingham.CORPUS.description() + ", commit " + Nottingham.CORPUS.commit(),
          licence);
    }
    return MusicTask.of(
        Library.sample(tempo),
        options,
        "music: built-in sample, written for seqgan, NOT the corpus; fetch: seqgan data fetch music,"
            + " then task.data=corpus",
        licence);
  }

  @Override
  public Optional<Notation> notation(Vocabulary vocabulary, NotationState state) {
    return Optional.of(MusicNotation.of(vocabulary, state));
  }

  @Override
  public Optional<DataReader<MusicOptions>> reader(FileFormats formats, Path file) {
    return Library.canRead(file)
        ? Optional.of(options -> MusicContents.read(file, options.reading()))
        : Optional.empty();
  }
}

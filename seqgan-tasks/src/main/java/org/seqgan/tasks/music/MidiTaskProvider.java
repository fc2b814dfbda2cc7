package org.seqgan.tasks.music;

import java.nio.file.Path;
import java.util.Optional;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.plugin.About;
import org.seqgan.api.task.DataReader;
import org.seqgan.api.task.FileFormats;
import org.seqgan.api.task.Notation;
import org.seqgan.api.task.NotationState;
import org.seqgan.api.task.Proposal;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskContext;
import org.seqgan.api.task.TaskProvider;

/** The task "midi": what "music" is, on MIDI and ABC files of one's own. */
public final class MidiTaskProvider implements TaskProvider<MidiOptions> {
  @Override
  public About<MidiOptions> about() {
    return new About<>(
        "midi",
        "your own tunes from .mid, .midi and .abc files, one pitch per step of time",
        MidiOptions.class,
        ApiVersion.CURRENT);
  }

  @Override
  public Optional<Proposal> propose(Path data) {
    return Library.canRead(data)
        ? Optional.of(
            new MusicProposal(data, Library.read(data, MelodyReading.DEFAULT.tempo())).make())
        : Optional.empty();
  }

  @Override
  public Task open(TaskContext context, MidiOptions options) {
    Library library = Library.read(options.data(), options.reading().tempo());
    return MusicTask.of(
        library, options.asMusic(), "midi: tunes of " + options.data(), Optional.empty());
  }

  @Override
  public Optional<Notation> notation(Vocabulary vocabulary, NotationState state) {
    return Optional.of(MusicNotation.of(vocabulary, state));
  }

  @Override
  public Optional<DataReader<MidiOptions>> reader(FileFormats formats, Path file) {
    return Library.canRead(file)
        ? Optional.of(options -> MusicContents.read(file, options.reading()))
        : Optional.empty();
  }
}

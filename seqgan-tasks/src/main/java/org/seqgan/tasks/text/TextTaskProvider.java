package org.seqgan.tasks.text;

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
import org.seqgan.tasks.TextNotation;

/** The task "text": a user's own lines or paragraphs, in any script. */
public final class TextTaskProvider implements TaskProvider<TextOptions> {
  @Override
  public About<TextOptions> about() {
    return new About<>(
        "text",
        "your own lines or paragraphs: a file of UTF-8 text, or a folder of such files",
        TextOptions.class,
        ApiVersion.CURRENT);
  }

  @Override
  public Task open(TaskContext context, TextOptions options) {
    return TextTask.open(options);
  }

  @Override
  public Optional<Notation> notation(Vocabulary vocabulary, NotationState state) {
    return Optional.of(TextNotation.of(vocabulary, state));
  }

  @Override
  public Optional<Proposal> propose(Path data) {
    return TextFiles.of(data).map(TextProposal::of);
  }

  @Override
  public Optional<DataReader<TextOptions>> reader(FileFormats formats, Path file) {
    return TextFiles.isReadAsText(file) ? Optional.of(TextContents::read) : Optional.empty();
  }
}

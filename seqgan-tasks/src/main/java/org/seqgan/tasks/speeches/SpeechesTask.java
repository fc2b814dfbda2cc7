package org.seqgan.tasks.speeches;

import java.util.Optional;
import org.seqgan.api.task.NotationState;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;
import org.seqgan.tasks.TextNotation;

/**
 * Passages of speeches, a token for each word.
 *
 * @param licence of the data, where it is known
 */
record SpeechesTask(TaskData data, TextNotation notation, Optional<String> licence)
    implements Task {
  @Override
  public String show(int[] tokens) {
    return notation.show(tokens);
  }

  @Override
  public Optional<int[]> read(String beginning) {
    return notation.read(beginning);
  }

  @Override
  public Optional<NotationState> notationState() {
    return Optional.of(notation.state());
  }
}

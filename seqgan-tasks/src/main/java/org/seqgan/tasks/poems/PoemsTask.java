package org.seqgan.tasks.poems;

import java.util.Optional;
import org.seqgan.api.task.NotationState;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;

/**
 * Quatrains, a token for each character.
 *
 * @param licence of the data, where it is known
 */
record PoemsTask(TaskData data, PoemNotation notation, Optional<String> licence) implements Task {
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

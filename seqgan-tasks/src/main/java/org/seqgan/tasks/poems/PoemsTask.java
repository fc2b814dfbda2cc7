package org.seqgan.tasks.poems;

import java.util.List;
import java.util.Optional;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;
import org.seqgan.tasks.TokenTable;

/** Quatrains, a token for each character. */
record PoemsTask(TaskData data, TokenTable table, PoemLayout layout) implements Task {
  @Override
  public String show(int[] tokens) {
    List<String> characters = table.decode(tokens);
    return layout.write(characters);
  }

  /** {@inheritDoc} In the order in which they are read, whatever the layout. */
  @Override
  public Optional<int[]> read(String beginning) {
    return Optional.of(table.encodeKnown(PoemReader.characters(beginning)));
  }
}

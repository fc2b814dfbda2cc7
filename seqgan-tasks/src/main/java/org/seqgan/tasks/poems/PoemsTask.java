package org.seqgan.tasks.poems;

import java.util.List;
import org.seqgan.tasks.SequenceTask;
import org.seqgan.tasks.TokenTable;

/** Quatrains, a token for each character. */
final class PoemsTask extends SequenceTask {
  private final TokenTable table;
  private final PoemLayout layout;

  PoemsTask(Contents contents, TokenTable table, PoemLayout layout) {
    super(contents);
    this.table = table;
    this.layout = layout;
  }

  @Override
  public String show(int[] tokens) {
    List<String> characters = table.decode(tokens);
    return layout.write(characters);
  }
}

package org.seqgan.tasks.speeches;

import java.util.Optional;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;
import org.seqgan.tasks.TokenTable;
import org.seqgan.tasks.Tokenizer;

/** Passages of speeches, a token for each word. */
record SpeechesTask(TaskData data, TokenTable table, Tokenizer tokenizer) implements Task {
  @Override
  public String show(int[] tokens) {
    return tokenizer.detokenize(table.decode(tokens));
  }

  @Override
  public Optional<int[]> read(String beginning) {
    return Optional.of(table.encodeKnown(tokenizer.tokenizeBeginning(beginning)));
  }
}

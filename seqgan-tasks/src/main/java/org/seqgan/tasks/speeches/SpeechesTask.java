package org.seqgan.tasks.speeches;

import org.seqgan.tasks.SequenceTask;
import org.seqgan.tasks.TokenTable;
import org.seqgan.tasks.Tokenizer;

/** Passages of speeches, a token for each word. */
final class SpeechesTask extends SequenceTask {
  private final TokenTable table;
  private final Tokenizer tokenizer;

  SpeechesTask(Contents contents, TokenTable table, Tokenizer tokenizer) {
    super(contents);
    this.table = table;
    this.tokenizer = tokenizer;
  }

  @Override
  public String show(int[] tokens) {
    return tokenizer.detokenize(table.decode(tokens));
  }
}

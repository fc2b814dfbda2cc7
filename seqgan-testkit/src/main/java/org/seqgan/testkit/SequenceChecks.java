package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;

/** Whether sequences are such as {@link Vocabulary} says. */
final class SequenceChecks {
  private SequenceChecks() {}

  /**
   * Every position holds a token; a sequence that is shorter than the batch ends with the end
   * token, which stands nowhere before and everywhere after; without one, all have full length.
   */
  static void assertFit(Sequences sequences, Vocabulary vocabulary) {
    assertThat(vocabulary.misfit(sequences)).as("what does not fit the vocabulary").isEmpty();
    int[] tokens = sequences.tokens();
    for (int i = 0; i < sequences.count(); i++) {
      int last = sequences.token(i, sequences.length(i) - 1);
      for (int t = sequences.length(i); t < sequences.time(); t++) {
        assertThat(tokens[i * sequences.time() + t])
            .as("sequence %d, position %d", i, t)
            .isEqualTo(last);
      }
    }
  }
}

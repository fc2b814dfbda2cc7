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
    for (int token : sequences.tokens()) {
      assertThat(token).as("a token").isBetween(0, vocabulary.size() - 1);
    }
    for (int i = 0; i < sequences.count(); i++) {
      if (vocabulary.endToken().isPresent()) {
        assertEndsOnce(sequences, i, vocabulary.endToken().getAsInt());
      } else {
        assertThat(sequences.length(i))
            .as("length of sequence %d, without an end token", i)
            .isEqualTo(sequences.time());
      }
    }
  }

  private static void assertEndsOnce(Sequences sequences, int i, int end) {
    for (int t = 0; t < sequences.time(); t++) {
      boolean last = t == sequences.length(i) - 1;
      if (t >= sequences.length(i) || (last && t < sequences.time() - 1)) {
        assertThat(sequences.token(i, t)).as("sequence %d, position %d", i, t).isEqualTo(end);
      } else if (!last) {
        assertThat(sequences.token(i, t)).as("sequence %d, position %d", i, t).isNotEqualTo(end);
      }
    }
  }
}

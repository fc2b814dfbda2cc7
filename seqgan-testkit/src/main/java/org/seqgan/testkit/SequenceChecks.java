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
  static void assertFit(String name, Sequences sequences, Vocabulary vocabulary) {
    for (int i = 0; i < sequences.count(); i++) {
      for (int t = 0; t < sequences.time(); t++) {
        assertThat(sequences.token(i, t))
            .as(
                "token %d of sequence %d of %s, in a vocabulary of %d",
                t, i, name, vocabulary.size())
            .isBetween(0, vocabulary.size() - 1);
      }
      if (vocabulary.endToken().isPresent()) {
        assertEndsOnce(name, sequences, i, vocabulary.endToken().getAsInt());
      } else {
        assertThat(sequences.length(i))
            .as("length of sequence %d of %s, without an end token", i, name)
            .isEqualTo(sequences.time());
      }
    }
  }

  private static void assertEndsOnce(String name, Sequences sequences, int i, int end) {
    for (int t = 0; t < sequences.time(); t++) {
      boolean last = t == sequences.length(i) - 1;
      boolean ended = t >= sequences.length(i) || (last && t < sequences.time() - 1);
      int token = sequences.token(i, t);
      if (ended && token != end) {
        throw new AssertionError(
            "sequence %d of %s has %d tokens: expected the end token %d at position %d, found %d"
                .formatted(i, name, sequences.length(i), end, t, token));
      }
      if (!ended && !last && token == end) {
        throw new AssertionError(
            "sequence %d of %s has %d tokens: expected the end token %d nowhere before the end, found it at position %d"
                .formatted(i, name, sequences.length(i), end, t));
      }
    }
  }
}

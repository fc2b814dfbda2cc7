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
<<<<<<< HEAD
  static void assertFit(String name, Sequences sequences, Vocabulary vocabulary) {
||||||| c9967e5
  static void assertFit(Sequences sequences, Vocabulary vocabulary) {
    for (int token : sequences.tokens()) {
      assertThat(token).as("a token").isBetween(0, vocabulary.size() - 1);
    }
=======
  static void assertFit(Sequences sequences, Vocabulary vocabulary) {
    assertThat(vocabulary.misfit(sequences)).as("what does not fit the vocabulary").isEmpty();
    int[] tokens = sequences.tokens();
>>>>>>> refs/wt/health
    for (int i = 0; i < sequences.count(); i++) {
<<<<<<< HEAD
      for (int t = 0; t < sequences.time(); t++) {
        assertThat(sequences.token(i, t))
            .as("token %d of sequence %d of %s, in a vocabulary of %d", t, i, name, vocabulary.size())
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
||||||| c9967e5
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
=======
      int last = sequences.token(i, sequences.length(i) - 1);
      for (int t = sequences.length(i); t < sequences.time(); t++) {
        assertThat(tokens[i * sequences.time() + t])
            .as("sequence %d, position %d", i, t)
            .isEqualTo(last);
>>>>>>> refs/wt/health
      }
    }
  }
}

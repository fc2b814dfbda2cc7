package org.seqgan.api.generator;

import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.random.RandomStream;

/**
 * The policy G(y_t | Y_1:t-1), to be read: what metrics, rewards and those who ask an oracle see.
 * Nothing here changes a parameter. Whoever made it closes it (a {@link Generator} its maker, an
 * oracle the task that it belongs to); a reader only keeps it for as long as it was lent. One
 * thread at a time.
 */
public interface Policy {
  /**
   * Draws whole sequences, {@code [count, T]}. Sequence i depends on the stream and i alone, not on
   * batch sizes.
   */
  Sequences sample(int count, Decoding decoding, RandomStream stream);

  /**
   * Monte-Carlo search (Eq. 3): completes every proper prefix of every sequence {@code copies}
   * times.
   */
  Completions complete(Sequences sequences, int copies, Decoding decoding, RandomStream stream);

  /** log G(y_t | Y_1:t-1) in nats, {@code [batch, time]}, 0 after the end of a sequence. */
  TokenValues logProbabilities(Sequences sequences);

  /**
   * log G(. | Y_1:t-1) of every token of the vocabulary, at some positions of some sequences. The
   * answer has a value for each cell and token: ask for few cells at a time, or let {@link
   * NextTokens#forEach} do so.
   *
   * @param cells the positions, {@code i * T + t} for position t (counted from 0) of sequence i, in
   *     any order; the token that stands there does not count, only those before it
   * @throws IllegalArgumentException if a cell is after the end of its sequence
   */
  NextTokens nextTokens(Sequences sequences, int[] cells);
}

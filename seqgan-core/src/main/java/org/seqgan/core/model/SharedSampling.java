package org.seqgan.core.model;

import java.util.List;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.random.RandomStream;

/**
 * A policy that draws for several who know nothing of each other, side by side in one batch, which
 * takes less time than one after another. What each gets depends on nothing but what it asked for:
 * it is what {@link org.seqgan.api.generator.Policy#sample}, or {@link Continuations} with a
 * beginning, would have drawn for it alone.
 */
public interface SharedSampling {
  /**
   * Some of the sequences that somebody asked for.
   *
   * @param beginning what each begins with; no token for whole sequences, else fewer than T, and no
   *     end token
   * @param from the first, of those that a draw of many would give
   * @param to where to stop, after {@code from}
   * @param decoding how tokens are drawn
   * @param stream of whoever asked; nothing has been drawn from it
   */
  record Share(List<Integer> beginning, int from, int to, Decoding decoding, RandomStream stream) {
    /** Checks the range. */
    public Share {
      beginning = List.copyOf(beginning);
      if (from < 0 || to <= from) {
        throw new IllegalArgumentException(
            "expected sequences from 0 on and at least one, found %d to %d".formatted(from, to));
      }
    }

    /** How many. */
    public int count() {
      return to - from;
    }
  }

  /** Whether it can: what only passes calls on to another may not know before. */
  boolean canShare();

  /**
   * Draws. One thread at a time.
   *
   * @param shares at least one
   * @return of each share, in their order, {@code [count, T]}
   */
  List<Sequences> sampleTogether(List<Share> shares);
}

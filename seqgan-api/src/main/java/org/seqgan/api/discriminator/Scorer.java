package org.seqgan.api.discriminator;

import java.util.Optional;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;

/**
 * D(Y), the probability that Y is real, to be read: what a reward sees of a discriminator. Nothing
 * here changes a parameter, and a reader closes nothing. One thread at a time.
 */
public interface Scorer {
  /**
   * D of each sequence, {@code [count]}, in [0, 1]. Batches are cut to the backend's budget inside.
   */
  float[] probabilityReal(Sequences sequences);

  /** The scores of tokens given their prefixes, where it has them. */
  default Optional<TokenScorer> tokens() {
    return Optional.empty();
  }

  /**
   * D of each roll-out, {@code [rowCount]}. The default writes them out in chunks; override it to
   * share prefixes.
   */
  default float[] probabilityReal(Completions completions) {
    int rows = completions.rowCount();
    int chunk = 4096;
    float[] probabilities = new float[rows];
    for (int from = 0; from < rows; from += chunk) {
      int to = Math.min(rows, from + chunk);
      float[] part = probabilityReal(completions.rows(from, to));
      System.arraycopy(part, 0, probabilities, from, part.length);
    }
    return probabilities;
  }
}

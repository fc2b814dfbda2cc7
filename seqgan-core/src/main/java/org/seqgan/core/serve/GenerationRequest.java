package org.seqgan.core.serve;

import java.util.List;
import org.seqgan.api.backend.Decoding;

/**
 * What is asked of a model.
 *
 * @param first the first sequence, counted from 0, of those that the seed gives
 * @param count how many sequences, at least 1
 * @param beginning the tokens that each begins with, as {@link ServedModel#beginning} reads them;
 *     none for whole sequences
 * @param decoding how tokens are drawn
 * @param seed the same one gives the same sequences, as of {@code seqgan sample}
 */
public record GenerationRequest(
    int first, int count, List<Integer> beginning, Decoding decoding, long seed) {
  /** Checks the range. */
  public GenerationRequest {
    beginning = List.copyOf(beginning);
    if (first < 0 || count < 1 || count > Integer.MAX_VALUE - first) {
      throw new IllegalArgumentException(
          "expected at least one sequence from 0 on, found %d from %d".formatted(count, first));
    }
  }
}

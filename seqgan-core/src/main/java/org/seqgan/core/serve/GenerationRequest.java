package org.seqgan.core.serve;

import java.util.List;
import org.seqgan.api.backend.Decoding;

/**
 * What is asked of a model.
 *
 * @param count how many sequences, at least 1
 * @param beginning the tokens that each begins with, as {@link ServedModel#beginning} reads them;
 *     none for whole sequences
 * @param decoding how tokens are drawn
 * @param seed the same one gives the same sequences, as of {@code seqgan sample}
 */
public record GenerationRequest(int count, List<Integer> beginning, Decoding decoding, long seed) {
  /** Checks the count. */
  public GenerationRequest {
    beginning = List.copyOf(beginning);
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, found " + count);
    }
  }
}

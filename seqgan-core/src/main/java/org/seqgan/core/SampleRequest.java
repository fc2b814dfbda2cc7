package org.seqgan.core;

import java.util.Optional;
import org.seqgan.api.backend.Decoding;

/**
 * What is to be drawn from a model. Immutable.
 *
 * @param count how many sequences, at least 1
 * @param seed the same seed draws the same sequences; of more, the first are those of fewer
 * @param decoding how tokens are drawn; empty for what the model says
 * @param prefix what every sequence begins with, as its task writes it; empty for whole sequences
 */
public record SampleRequest(
    int count, long seed, Optional<Decoding> decoding, Optional<String> prefix) {
  /** Checks the count. */
  public SampleRequest {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, found " + count);
    }
  }

  /** So many whole sequences, with seed 1, as {@code seqgan sample} draws them. */
  public static SampleRequest of(int count) {
    return new SampleRequest(count, 1, Optional.empty(), Optional.empty());
  }

  /** The same with another seed. */
  public SampleRequest withSeed(long other) {
    return new SampleRequest(count, other, decoding, prefix);
  }

  /** The same drawn in another way. */
  public SampleRequest with(Decoding other) {
    return new SampleRequest(count, seed, Optional.of(other), prefix);
  }

  /** The same with another beginning. */
  public SampleRequest startingWith(String text) {
    return new SampleRequest(count, seed, decoding, Optional.of(text));
  }
}

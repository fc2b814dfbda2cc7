package org.seqgan.testkit;

import java.util.Set;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;

class BagOfTokensTest extends DiscriminatorContract {
  @Override
  protected Discriminator create(
      TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
    return new BagOfTokens(backend, vocabulary, optimizer().settings(), seed);
  }

  /** It reads its loss, and has no training set of its own. */
  @Override
  protected Set<Capability> lacks() {
    return Set.of(Capability.STEPS_WITHOUT_READS, Capability.SEQUENCES_UPLOADED_ONCE);
  }
}

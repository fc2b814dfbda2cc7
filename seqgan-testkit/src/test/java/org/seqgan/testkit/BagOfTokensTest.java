package org.seqgan.testkit;

import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;

class BagOfTokensTest extends DiscriminatorContract {
  @Override
  protected Discriminator create(
      TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
    return new BagOfTokens(backend, vocabulary, optimizer().settings(), seed);
  }
}

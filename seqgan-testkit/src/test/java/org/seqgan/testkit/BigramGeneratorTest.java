package org.seqgan.testkit;

import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;

class BigramGeneratorTest extends GeneratorContract {
  @Override
  protected Generator create(
      TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
    return new BigramGenerator(backend, vocabulary, sequenceLength, optimizer().settings(), seed);
  }
}

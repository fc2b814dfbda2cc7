package org.seqgan.core.model;

import org.junit.jupiter.api.DisplayName;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.core.TestBackends;

@DisplayName("Generator unigram keeps the contract of a generator on backend dl4j")
class UnigramGeneratorOnDl4jContractTest extends UnigramGeneratorContractTest {
  @Override
  protected TensorBackend openBackend() {
    return TestBackends.open("dl4j");
  }
}

package org.seqgan.core.model;

import org.junit.jupiter.api.DisplayName;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.core.TestBackends;

@DisplayName("Generator lstm keeps the contract of a generator on backend dl4j")
class LstmGeneratorOnDl4jContractTest extends LstmGeneratorContractTest {
  @Override
  protected TensorBackend openBackend() {
    return TestBackends.open("dl4j");
  }
}

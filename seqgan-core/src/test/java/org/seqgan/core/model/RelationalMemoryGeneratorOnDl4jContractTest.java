package org.seqgan.core.model;

import org.junit.jupiter.api.DisplayName;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.core.TestBackends;

@DisplayName("Generator relational-memory keeps the contract of a generator on backend dl4j")
class RelationalMemoryGeneratorOnDl4jContractTest extends RelationalMemoryGeneratorContractTest {
  @Override
  protected TensorBackend openBackend() {
    return TestBackends.open("dl4j");
  }
}

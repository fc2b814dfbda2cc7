package org.seqgan.backend.dl4j;

import org.junit.jupiter.api.DisplayName;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.testkit.BackendContract;

@DisplayName("Backend dl4j keeps the contract of a tensor backend")
class Dl4jBackendContractTest extends BackendContract {
  @Override
  protected TensorBackend open(int threads) {
    return new Dl4jBackendProvider().open(Dl4jOptions.withThreads(threads));
  }
}

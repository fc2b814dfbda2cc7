package org.seqgan.backend.cuda;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.backend.cuda.emulator.EmulatedDriver;
import org.seqgan.testkit.BackendContract;

@DisplayName("Backend cuda keeps the contract of a tensor backend, on the emulator")
@Tag("slow")
class CudaBackendContractTest extends BackendContract {
  @BeforeAll
  static void loadDriver() {
    EmulatedDriver.load();
  }

  @Override
  protected TensorBackend open(int threads) {
    return new CudaBackendProvider().open(CudaOptions.defaults());
  }
}

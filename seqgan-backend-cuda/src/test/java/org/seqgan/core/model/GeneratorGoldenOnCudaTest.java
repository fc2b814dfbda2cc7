package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.seqgan.backend.cuda.emulator.EmulatedDriver;
import org.seqgan.core.TestBackends;

@DisplayName("The LSTM generator agrees with reference numbers on cuda")
class GeneratorGoldenOnCudaTest extends GeneratorGoldenTest {
  @BeforeAll
  static void loadDriver() {
    EmulatedDriver.load();
    assertThat(TestBackends.names()).contains("cuda");
  }
}

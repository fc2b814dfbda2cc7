package org.seqgan.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestBackendsTest {
  @Test
  void referenceCasesOfCoreRunOnBoth() {
    assertThat(TestBackends.names()).containsExactlyInAnyOrder("reference", "dl4j");
  }
}

package org.seqgan.core.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The inverse temperature of {@link Relgan} at its horizon and past it. */
class RelganPolicyTest {
  private static final int HORIZON = 5000;

  @ParameterizedTest
  @CsvSource({
    // 100^(4999 / 5000), by exp and log to 40 digits; linear is there one step before the horizon.
    "EXPONENTIAL, 4999, 99.90793899844618",
    "EXPONENTIAL, 5000, 100",
    "EXPONENTIAL, 10000, 100",
    "LINEAR, 4998, 99.98019603920784",
    "LINEAR, 4999, 100",
    "LINEAR, 5000, 100",
    "LINEAR, 10000, 100",
    "NONE, 4999, 1",
    "NONE, 5000, 1",
    "NONE, 10000, 1"
  })
  void staysAtItsMaximumFromTheHorizonOn(Relgan.Policy policy, int step, double expected) {
    assertThat(policy.inverseTemperature(step, HORIZON, 100)).isCloseTo(expected, within(1e-12));
  }
}

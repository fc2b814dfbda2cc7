package org.seqgan.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

class BinomialTestTest {
  @Test
  void isTheSumOfTheUpperTail() {
    for (int trials : new int[] {1, 2, 7, 40, 333}) {
      for (int right = 0; right <= trials; right++) {
        double exact = tail(right, trials);
        assertThat(BinomialTest.betterThanACoin(right, trials))
            .as("%d of %d", right, trials)
            .isCloseTo(exact, within(1e-11 * exact));
      }
    }
  }

  /** In whole numbers: the sum of the binomial coefficients over 2 to the number of trials. */
  private static double tail(int right, int trials) {
    BigInteger coefficient = BigInteger.ONE; // of all right
    BigInteger sum = BigInteger.ZERO;
    for (int k = trials; k >= right; k--) {
      sum = sum.add(coefficient);
      coefficient =
          coefficient.multiply(BigInteger.valueOf(k)).divide(BigInteger.valueOf(trials - k + 1L));
    }
    return new BigDecimal(sum)
        .divide(new BigDecimal(BigInteger.TWO.pow(trials)), MathContext.DECIMAL64)
        .doubleValue();
  }

  @Test
  void refusesMoreRightThanThereAre() {
    assertThatThrownBy(() -> BinomialTest.betterThanACoin(5, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 0 to 4 right of 4, found 5");
  }
}

package org.seqgan.tasks.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.seqgan.api.random.RandomStream;

class NormalDrawsTest {
  private static final int COUNT = 100_000;

  @Test
  void haveTheMomentsOfANormalDistribution() {
    float[] values = NormalDraws.next(RandomStream.of(3), COUNT, 2);
    double[] moments = new double[5];
    for (float value : values) {
      for (int power = 1; power <= 4; power++) {
        moments[power] += Math.pow(value / 2.0, power) / COUNT;
      }
    }
    // Four standard errors: 1, sqrt 2, sqrt 15 and sqrt 96 over sqrt 100000.
    assertThat(moments[1]).isCloseTo(0, within(0.0127));
    assertThat(moments[2]).isCloseTo(1, within(0.0179));
    assertThat(moments[3]).isCloseTo(0, within(0.0490));
    assertThat(moments[4]).isCloseTo(3, within(0.1240));
  }

  @Test
  void neighboursAreUncorrelated() {
    float[] values = NormalDraws.next(RandomStream.of(4), COUNT, 1);
    double pairs = 0;
    double across = 0;
    for (int i = 0; i + 2 < COUNT; i += 2) {
      pairs += values[i] * values[i + 1] * 2.0 / COUNT;
      across += values[i + 1] * values[i + 2] * 2.0 / COUNT;
    }
    assertThat(pairs).isCloseTo(0, within(0.0179));
    assertThat(across).isCloseTo(0, within(0.0179));
  }

  @Test
  void anOddCountIsAPrefixOfTheNextEvenOne() {
    float[] even = NormalDraws.next(RandomStream.of(5), 8, 1);
    float[] odd = NormalDraws.next(RandomStream.of(5), 7, 1);
    assertThat(odd).containsExactly(Arrays.copyOf(even, 7));
    assertThat(NormalDraws.next(RandomStream.of(5), 0, 1)).isEmpty();
  }

  @Test
  void radiusAndAngleAreTheUniformNumbers() {
    RandomStream stream = RandomStream.of(6);
    double u = stream.nextUniform();
    double v = stream.nextUniform();
    float[] values = NormalDraws.next(RandomStream.of(6), 2, 1);
    double radius = Math.hypot(values[0], values[1]);
    assertThat(1 - Math.exp(-radius * radius / 2)).isCloseTo(u, within(1e-6));
    double turns = Math.atan2(values[1], values[0]) / (2 * Math.PI);
    assertThat(turns < 0 ? turns + 1 : turns).isCloseTo(v, within(1e-6));
  }
}

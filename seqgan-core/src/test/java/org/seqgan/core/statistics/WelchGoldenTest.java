package org.seqgan.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.core.GoldenFile;

/** {@code scipy.stats.ttest_ind(a, b, equal_var=False)}. */
@DisplayName("Welch's test equals SciPy's")
class WelchGoldenTest {
  static Stream<GoldenFile> files() {
    return GoldenFile.all("welch");
  }

  @ParameterizedTest
  @MethodSource("files")
  void toNineDigits(GoldenFile golden) {
    WelchTest test =
        assertThat(WelchTest.of(doubles(golden.at("a")), doubles(golden.at("b"))))
            .asInstanceOf(type(WelchTest.class))
            .actual();
    double t = golden.at("t").doubleValue();
    double p = golden.at("p_two_sided").doubleValue();
    assertThat(test.t()).isCloseTo(t, within(1e-9 * Math.abs(t)));
    assertThat(test.p()).isCloseTo(p, within(1e-9 * p));
  }

  private static double[] doubles(JsonNode values) {
    return StreamSupport.stream(values.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }
}

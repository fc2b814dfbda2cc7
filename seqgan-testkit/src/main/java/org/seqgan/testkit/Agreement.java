package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.seqgan.testkit.operation.Problem;

/** Whether two solutions of a problem agree. */
final class Agreement {
  private Agreement() {}

  /**
   * Agreement within float32 rounding: relative to numbers above 1, absolute below, growing with
   * the longest sum.
   */
  static void assertClose(
      Problem problem, long seed, Map<String, float[]> expected, Map<String, float[]> actual) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    double tolerance = 1e-6 * (8 + problem.depth() / 4.0);
    expected.forEach(
        (result, values) -> {
          float[] found = actual.get(result);
          assertThat(found).as(title(problem, seed, result)).hasSameSizeAs(values);
          for (int i = 0; i < values.length; i++) {
            double scale = Math.max(1, Math.abs(values[i]));
            if (!(Math.abs(found[i] - values[i]) <= tolerance * scale)) {
              throw new AssertionError(
                  title(problem, seed, result)
                      + ", element "
                      + i
                      + ": expected "
                      + values[i]
                      + ", found "
                      + found[i]
                      + ", tolerance "
                      + tolerance * scale);
            }
          }
        });
  }

  /** Equality of every bit. */
  static void assertSameBits(
      Problem problem, long seed, Map<String, float[]> expected, Map<String, float[]> actual) {
    expected.forEach(
        (result, values) ->
            assertThat(Arrays.equals(actual.get(result), values))
                .as("%s has the same bits", title(problem, seed, result))
                .isTrue());
  }

  /** No infinities and no NaN. */
  static void assertFinite(Problem problem, long seed, Map<String, float[]> results) {
    results.forEach(
        (result, values) -> {
          for (float value : values) {
            assertThat(Float.isFinite(value))
                .as("%s is finite: %s", title(problem, seed, result), value)
                .isTrue();
          }
        });
  }

  private static String title(Problem problem, long seed, String result) {
    return problem + ", seed " + seed + ", " + result;
  }
}

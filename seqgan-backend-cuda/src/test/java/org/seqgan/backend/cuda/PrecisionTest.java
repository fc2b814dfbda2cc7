package org.seqgan.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.ConvMaxPool;
import org.seqgan.api.operation.Highway;
import org.seqgan.api.operation.TokenConvMaxPool;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.backend.cuda.emulator.EmulatedDriver;
import org.seqgan.backend.cuda.emulator.EmulatedDriver.Setting;
import org.seqgan.testkit.operation.Numbers;
import org.seqgan.testkit.operation.Problem;

@DisplayName("backend.precision = tf32 or bf16: products on tensor cores")
class PrecisionTest {
  private static final Numbers NUMBERS = new Numbers(17);

  /** A gradient is made of products of what was rounded before. */
  private static final double OF_A_GRADIENT = 4;

  /**
   * Keeps every ReLU on: one whose sum is nearly 0 may be on in one precision and off in another.
   */
  private static final float ALWAYS_ON = 30;

  @BeforeAll
  static void loadDriver() {
    EmulatedDriver.load();
  }

  private static TensorBackend open(Precision precision) {
    return new CudaBackendProvider()
        .open(new CudaOptions(0, new ByteSize(1 << 26), precision, Map.of()));
  }

  private static Map<String, float[]> solve(Precision precision, Problem problem) {
    try (TensorBackend backend = open(precision)) {
      return problem.solve(backend);
    }
  }

  /** By how much the rounding of both factors may change a product, in parts of it. */
  private static double rounding(Precision precision) {
    return precision == Precision.TF32 ? 0x1p-11 : 0x1p-8;
  }

  private static Stream<Precision> rounded() {
    return Stream.of(Precision.TF32, Precision.BF16);
  }

  /** How numbers of a problem are drawn. */
  @FunctionalInterface
  private interface Drawn {
    float[] of(int count);
  }

  /** Multiples of 1/8 from -1 to 1: every precision has them, and float32 their sums. */
  private static float[] eighths(int count) {
    float[] values = NUMBERS.symmetric(count);
    for (int i = 0; i < count; i++) {
      values[i] = Math.round(values[i] * 8) / 8f;
    }
    return values;
  }

  private static List<Problem> problems(Drawn drawn) {
    return List.of(
        highway(drawn, 1, 1),
        highway(drawn, 66, 131),
        convolution(drawn, "several sequences in a tile", 9, 20, 33, 70, 1, 3, 20),
        convolution(drawn, "fewer steps than windows are wide", 5, 5, 7, 3, 1, 4),
        convolution(drawn, "more windows than a tile has rows", 2, 150, 4, 9, 2, 100),
        tokenConvolution(drawn));
  }

  private static Problem highway(Drawn drawn, int n, int d) {
    float[] transformBias = drawn.of(d);
    for (int i = 0; i < d; i++) {
      transformBias[i] += ALWAYS_ON;
    }
    return Problem.of(
            "highway [%d, %d]".formatted(n, d),
            2 * d,
            call ->
                new Highway(
                    call.in("x"), call.in("Wt"), call.in("bt"), call.in("Wg"), call.in("bg")))
        .with("x", drawn.of(n * d), n, d)
        .with("Wt", drawn.of(d * d), d, d)
        .with("bt", transformBias, d)
        .with("Wg", drawn.of(d * d), d, d)
        .with("bg", drawn.of(d), d);
  }

  private static Problem convolution(
      Drawn drawn, String why, int batch, int time, int features, int filters, int... widths) {
    int[] lengths = IntStream.range(0, batch).map(b -> Math.max(1, time - b)).toArray();
    Problem problem =
        Problem.of(
                "convMaxPool, " + why,
                time * features,
                call -> new ConvMaxPool(call.in("x"), bank(call, widths), call.ints(lengths)))
            .with("x", drawn.of(batch * time * features), batch, time, features);
    return withBank(problem, drawn, features, filters, widths);
  }

  private static Problem tokenConvolution(Drawn drawn) {
    int batch = 5;
    int time = 7;
    int features = 6;
    int[] widths = {1, 5};
    int[] ids = NUMBERS.ids(batch * time, 11);
    int[] lengths = IntStream.range(0, batch).map(b -> time - b).toArray();
    Problem problem =
        Problem.of(
                "tokenConvMaxPool",
                time * features,
                call ->
                    new TokenConvMaxPool(
                        call.in("table"),
                        call.scope().reshape(call.ints(ids), batch, time),
                        bank(call, widths),
                        call.ints(lengths)))
            .with("table", drawn.of(11 * features), 11, features);
    return withBank(problem, drawn, features, 13, widths);
  }

  private static List<ConvMaxPool.Filters> bank(Problem.Call call, int... widths) {
    List<ConvMaxPool.Filters> bank = new ArrayList<>();
    for (int width : widths) {
      bank.add(new ConvMaxPool.Filters(width, call.in("W" + width), call.in("b" + width)));
    }
    return bank;
  }

  private static Problem withBank(
      Problem problem, Drawn drawn, int features, int filters, int... widths) {
    for (int width : widths) {
      problem.with("W" + width, drawn.of(width * features * filters), width * features, filters);
      problem.with("b" + width, drawn.of(filters), filters);
    }
    return problem;
  }

  /** So what is multiplied with what, and which windows count, is that of float32. */
  @ParameterizedTest
  @MethodSource("rounded")
  void nothingIsRoundedOfNumbersThatEveryPrecisionHas(Precision precision) {
    for (Problem problem : problems(PrecisionTest::eighths)) {
      Map<String, float[]> exact = solve(Precision.FLOAT32, problem);
      assertThat(solve(precision, problem).get(name(exact)))
          .as("%s in %s", problem, precision)
          .isEqualTo(exact.get(name(exact)));
    }
  }

  /** The value of the operation, not a derivative. */
  private static String name(Map<String, float[]> results) {
    return results.keySet().stream()
        .filter(each -> !each.startsWith(Problem.DERIVATIVE))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("rounded")
  void isThatOfFloat32ButForTheRoundingOfFactors(Precision precision) {
    for (Problem problem : problems(NUMBERS::symmetric)) {
      Map<String, float[]> exact = solve(Precision.FLOAT32, problem);
      Map<String, float[]> found = solve(precision, problem);
      exact.forEach(
          (result, values) -> {
            boolean isGradient = result.startsWith(Problem.DERIVATIVE);
            if (isGradient && isOfMaxima(problem)) {
              return; // another window may be the first that has the maximum
            }
            assertThat(relativeError(found.get(result), values))
                .as("%s of %s in %s", result, problem, precision)
                .isLessThanOrEqualTo(rounding(precision) * (isGradient ? OF_A_GRADIENT : 1));
          });
      String value = name(exact);
      if (exact.get(value).length > 1) {
        assertThat(relativeError(found.get(value), exact.get(value)))
            .as("%s is computed in %s", problem, precision)
            .isGreaterThan(rounding(precision) / 100);
      }
    }
  }

  private static boolean isOfMaxima(Problem problem) {
    return problem.name().contains("MaxPool");
  }

  private static double relativeError(float[] found, float[] exact) {
    double error = 0;
    double size = 0;
    for (int i = 0; i < exact.length; i++) {
      error += Math.pow(found[i] - exact[i], 2);
      size += Math.pow(exact[i], 2);
    }
    return size == 0 ? Math.sqrt(error) : Math.sqrt(error / size);
  }

  /** The second of three filters has a bias that is none, and one step of the first sequence is. */
  @ParameterizedTest
  @MethodSource("rounded")
  void aConvolutionOfWhatIsNoNumberIsNone(Precision precision) {
    float[] steps = NUMBERS.symmetric(2 * 9 * 4);
    steps[3 * 4 + 1] = Float.NaN;
    try (TensorBackend backend = open(precision);
        TensorScope scope = backend.openScope()) {
      Tensor weights = scope.tensor(NUMBERS.symmetric(2 * 4 * 3), 2 * 4, 3);
      Tensor bias = scope.tensor(new float[] {0, Float.NaN, 0}, 3);
      List<ConvMaxPool.Filters> bank = List.of(new ConvMaxPool.Filters(2, weights, bias));
      ConvMaxPool convolution =
          new ConvMaxPool(scope.tensor(steps, 2, 9, 4), bank, scope.ints(new int[] {9, 9}, 2));
      float[] found = scope.read(scope.run(convolution).output());
      assertThat(Arrays.copyOf(found, 3)).containsOnly(Float.NaN);
      assertThat(found[3]).isFinite();
      assertThat(found[4]).isNaN();
      assertThat(found[5]).isFinite();
    }
  }

  @ParameterizedTest
  @MethodSource("rounded")
  void hasNoRacesAndTouchesOnlyItsMemory(Precision precision) {
    EmulatedDriver.with(
        Setting.CHECK,
        1,
        () -> {
          problems(NUMBERS::symmetric).forEach(problem -> solve(precision, problem));
          assertThat(EmulatedDriver.failure()).isEmpty();
        });
  }

  @ParameterizedTest
  @MethodSource("rounded")
  void givesTheSameBitsInAnyOrderOfThreads(Precision precision) {
    for (Problem problem : problems(NUMBERS::symmetric)) {
      Map<String, float[]> forward = solve(precision, problem);
      for (int order : new int[] {1, 20170208}) {
        EmulatedDriver.with(
            Setting.ORDER,
            order,
            () ->
                assertThat(solve(precision, problem))
                    .as(problem.name())
                    .usingRecursiveComparison()
                    .isEqualTo(forward));
      }
    }
  }
}

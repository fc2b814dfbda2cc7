package org.seqgan.backend.cuda;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.operation.AdamStep;
import org.seqgan.api.operation.Embedding;
import org.seqgan.api.operation.Highway;
import org.seqgan.api.operation.LayerNorm;
import org.seqgan.api.operation.Linear;
import org.seqgan.api.operation.Lstm;
import org.seqgan.api.operation.LstmStep;
import org.seqgan.api.operation.SumOfSquares;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.backend.cuda.emulator.EmulatedDriver;
import org.seqgan.testkit.operation.Numbers;
import org.seqgan.testkit.operation.Problem;

@DisplayName("Fused operations at sizes where a kernel takes another way")
class FusedSizesTest {
  private static final Numbers NUMBERS = new Numbers(5);

  /** Sums in parts round less than their length lets fear. */
  private static final int PARTS_OF_A_SUM = 100;

  @BeforeAll
  static void loadDriver() {
    EmulatedDriver.load();
  }

  static Stream<Problem> problems() {
    return Stream.of(
        linear("few columns, long sums: a warp for each", 3, 700, 2),
        linear("few tiles, long sums: cut into parts", 70, 700, 9),
        highway(66, 131),
        lstm("more gates than threads", 3, 4, 5, 130),
        lstmStep("more hidden units than threads", 19, 130),
        lstmStep("several rows of threads", 77, 33),
        layerNorm(5, 1000),
        embedding(40, 70, 130),
        sumOfSquares(100_000),
        adam("more parameters than one launch takes", 70, 40, 0f),
        adam("clipped", 70, 40, 0.5f),
        adam("more elements than a block takes", 2, 5000, 0.5f));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void agreeWithTheirComposition(Problem problem) {
    try (TensorBackend fused = open(Map.of());
        TensorBackend composed = open(allOff())) {
      Map<String, float[]> expected = problem.solve(composed);
      Map<String, float[]> found = problem.solve(fused);
      assertThat(found.keySet()).isEqualTo(expected.keySet());
      expected.forEach(
          (result, values) -> {
            float scale = 1;
            for (float value : values) {
              scale = Math.max(scale, Math.abs(value));
            }
            float tolerance = 1e-6f * (8 + problem.depth() / 4f) * scale;
            assertThat(found.get(result))
                .as("%s, %s", problem, result)
                .containsExactly(values, Offset.offset(tolerance));
          });
    }
  }

  private static Map<FusedOperation, Boolean> allOff() {
    return Arrays.stream(FusedOperation.values()).collect(toMap(each -> each, each -> false));
  }

  private static TensorBackend open(Map<FusedOperation, Boolean> fused) {
    return new CudaBackendProvider()
        .open(new CudaOptions(0, new ByteSize(1 << 26), Precision.FLOAT32, fused));
  }

  private static Problem linear(String why, int n, int i, int o) {
    return Problem.of(
            "linear, " + why,
            i,
            call -> new Linear(call.in("x"), call.in("W"), call.in("b"), Activation.TANH))
        .with("x", NUMBERS.symmetric(n * i), n, i)
        .with("W", NUMBERS.symmetric(i * o), i, o)
        .with("b", NUMBERS.symmetric(o), o);
  }

  private static Problem highway(int n, int d) {
    return Problem.of(
            "highway",
            2 * d,
            call ->
                new Highway(
                    call.in("x"), call.in("Wt"), call.in("bt"), call.in("Wg"), call.in("bg")))
        .with("x", NUMBERS.symmetric(n * d), n, d)
        .with("Wt", NUMBERS.symmetric(d * d), d, d)
        .with("bt", NUMBERS.symmetric(d), d)
        .with("Wg", NUMBERS.symmetric(d * d), d, d)
        .with("bg", NUMBERS.symmetric(d), d);
  }

  private static Problem lstm(String why, int batch, int time, int inputs, int hidden) {
    return Problem.of(
            "lstm, " + why,
            time * hidden,
            call ->
                new Lstm(
                    call.in("x"),
                    call.in("W"),
                    call.in("U"),
                    call.in("b"),
                    call.ints(IntStream.range(0, batch).map(b -> time - b % 2).toArray())))
        .with("x", NUMBERS.symmetric(batch * time * inputs), batch, time, inputs)
        .with("W", NUMBERS.symmetric(inputs * 4 * hidden), inputs, 4 * hidden)
        .with("U", scaled(hidden * 4 * hidden, 0.1f), hidden, 4 * hidden)
        .with("b", NUMBERS.symmetric(4 * hidden), 4 * hidden);
  }

  private static Problem lstmStep(String why, int n, int hidden) {
    int[] ids = NUMBERS.ids(n, 11);
    return Problem.of(
            "lstmStep, " + why,
            hidden,
            call ->
                new LstmStep(
                    call.in("table"), call.ints(ids), call.in("U"), call.in("h"), call.in("c")))
        .with("table", NUMBERS.symmetric(11 * 4 * hidden), 11, 4 * hidden)
        .with("U", scaled(hidden * 4 * hidden, 0.1f), hidden, 4 * hidden)
        .with("h", NUMBERS.symmetric(n * hidden), n, hidden)
        .with("c", NUMBERS.symmetric(n * hidden), n, hidden)
        .changing("h", "c");
  }

  private static Problem layerNorm(int n, int d) {
    return Problem.of(
            "layerNorm, a block a row",
            d,
            call -> new LayerNorm(call.in("x"), call.in("gain"), call.in("shift"), 1e-5f))
        .with("x", NUMBERS.symmetric(n * d), n, d)
        .with("gain", NUMBERS.symmetric(d), d)
        .with("shift", NUMBERS.symmetric(d), d);
  }

  private static Problem embedding(int tokens, int uses, int width) {
    int[] ids = NUMBERS.ids(uses, tokens);
    return Problem.of(
            "embedding, tokens that are not used",
            uses,
            call -> new Embedding(call.in("table"), call.ints(ids)))
        .with("table", NUMBERS.symmetric(tokens * width), tokens, width);
  }

  private static Problem sumOfSquares(int n) {
    return Problem.of(
            "sumOfSquares, several blocks", PARTS_OF_A_SUM, call -> new SumOfSquares(call.in("a")))
        .with("a", NUMBERS.symmetric(n), n);
  }

  private static Problem adam(String why, int slots, int size, float clip) {
    Problem problem =
        Problem.repeated(
            "adam, " + why,
            PARTS_OF_A_SUM,
            2,
            (call, time) ->
                new AdamStep(
                    IntStream.range(0, slots)
                        .mapToObj(
                            i ->
                                new AdamStep.Slot(
                                    call.in("p" + i),
                                    call.in("g" + i),
                                    call.in("m" + i),
                                    call.in("v" + i),
                                    i % 3 == 0 ? 0.1f : 0f))
                        .toList(),
                    AdamStep.Settings.of(0.01f, clip),
                    time));
    for (int i = 0; i < slots; i++) {
      int elements = size + i;
      problem
          .with("p" + i, NUMBERS.symmetric(elements), elements)
          .with("g" + i, NUMBERS.symmetric(elements), elements)
          .with("m" + i, NUMBERS.symmetric(elements), elements)
          .with("v" + i, NUMBERS.unit(elements), elements)
          .changing("p" + i, "m" + i, "v" + i);
    }
    return problem;
  }

  private static float[] scaled(int count, float scale) {
    float[] values = NUMBERS.symmetric(count);
    for (int i = 0; i < count; i++) {
      values[i] *= scale;
    }
    return values;
  }
}

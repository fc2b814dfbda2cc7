package org.seqgan.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.ConvMaxPool;
import org.seqgan.api.operation.LinearCrossEntropy;
import org.seqgan.api.operation.SampleTokens;
import org.seqgan.api.operation.SoftmaxCrossEntropy;
import org.seqgan.api.operation.TokenConvMaxPool;
import org.seqgan.api.operation.TokenLogProbabilities;
import org.seqgan.api.random.RandomDraws;
import org.seqgan.backend.cuda.emulator.EmulatedDriver;
import org.seqgan.testkit.operation.Numbers;

@DisplayName("Fused draws, losses and convolutions")
class FusedTokensTest {
  private static final long SEED = 20170208;

  @BeforeAll
  static void loadDriver() {
    EmulatedDriver.load();
  }

  private static TensorBackend open(Map<FusedOperation, Boolean> fused) {
    CudaOptions defaults = CudaOptions.defaults();
    return new CudaBackendProvider()
        .open(new CudaOptions(defaults.device(), defaults.memory(), defaults.precision(), fused));
  }

  private record Draw(int rows, int hidden, int vocabulary, float temperature) {
    /** What is drawn, fused or composed of primitives. */
    int[] tokens(boolean fused) {
      Numbers numbers = new Numbers(SEED);
      try (TensorBackend backend = open(Map.of(FusedOperation.SAMPLE_TOKENS, fused));
          TensorScope scope = backend.openScope()) {
        IntTensor out = scope.allocateInts(rows);
        scope.run(
            new SampleTokens(
                scope.tensor(h(numbers), rows, hidden),
                scope.tensor(weights(numbers), hidden, vocabulary),
                scope.tensor(bias(numbers), vocabulary),
                Decoding.atTemperature(temperature),
                draws(),
                out));
        return scope.read(out);
      }
    }

    float[] h(Numbers numbers) {
      return numbers.symmetric(rows * hidden);
    }

    float[] weights(Numbers numbers) {
      return numbers.symmetric(hidden * vocabulary);
    }

    float[] bias(Numbers numbers) {
      return numbers.symmetric(vocabulary);
    }

    RandomDraws draws() {
      return new RandomDraws(SEED, 3, 20, rows);
    }
  }

  /**
   * Rounding decides where a draw is within some 1e-7 of the boundary of two tokens: of V
   * boundaries with as much on either side, {@code 2e-7 V} of the draws, which is one in 10,000 at
   * V = 501.
   */
  @ParameterizedTest
  @CsvSource({"4000, 13, 67, 1", "2000, 32, 501, 1", "1000, 32, 501, 0.5", "300, 8, 2500, 2"})
  void drawsAreThoseOfTheComposition(
      int rows, int hidden, int vocabulary, float temperature, TestReporter reporter) {
    Draw draw = new Draw(rows, hidden, vocabulary, temperature);
    int[] composed = draw.tokens(false);
    int[] fused = draw.tokens(true);
    int differences = 0;
    for (int row = 0; row < rows; row++) {
      if (fused[row] != composed[row]) {
        differences++;
        assertThat(distance(draw, row, fused[row])).as("row %d", row).isLessThan(1e-6);
      }
    }
    reporter.publishEntry("other tokens than composed, of " + rows, String.valueOf(differences));
    assertThat(differences).isLessThanOrEqualTo(1 + rows * vocabulary / 2_500_000);
  }

  /** How far a row's draw is from where a token would be drawn, in double precision. */
  private static double distance(Draw draw, int row, int token) {
    Numbers numbers = new Numbers(SEED);
    float[] h = draw.h(numbers);
    float[] weights = draw.weights(numbers);
    float[] bias = draw.bias(numbers);
    double below = 0;
    double upTo = 0;
    double total = 0;
    for (int v = 0; v < draw.vocabulary(); v++) {
      double logit = bias[v];
      for (int i = 0; i < draw.hidden(); i++) {
        logit += (double) h[row * draw.hidden() + i] * weights[i * draw.vocabulary() + v];
      }
      below = v == token ? total : below;
      total += Math.exp(logit / draw.temperature());
      upTo = v == token ? total : upTo;
    }
    double u = draw.draws().uniform(row);
    return Math.max(0, Math.max(below / total - u, u - upTo / total));
  }

  /** Logits of a draw are never in memory: what it takes does not grow with rows and vocabulary. */
  @Test
  void drawsNeedNoMemoryForLogits() {
    try (TensorBackend backend = open(Map.of());
        TensorScope scope = backend.openScope()) {
      Tensor h = scope.zeros(64, 1);
      Tensor weights = scope.zeros(1, 5000);
      Tensor bias = scope.zeros(5000);
      IntTensor out = scope.allocateInts(64);
      IntTensor targets = scope.ints(new int[64], 64);
      long before = backend.memory().peakBytes();
      scope.run(
          new SampleTokens(h, weights, bias, Decoding.SAMPLE, new RandomDraws(1, 0, 1, 64), out));
      scope.run(new TokenLogProbabilities(h, weights, bias, targets));
      assertThat(backend.memory().peakBytes() - before).isLessThanOrEqualTo(1024);
    }
  }

  /** Kernels cannot throw; the next reading tells. */
  @Test
  void targetsThatAreNoTokensAreReported() {
    try (TensorBackend backend = open(Map.of());
        TensorScope scope = backend.openScope()) {
      Tensor h = scope.zeros(3, 2);
      Tensor weights = scope.zeros(2, 5);
      Tensor bias = scope.zeros(5);
      IntTensor wrong = scope.ints(new int[] {0, 5, 1}, 3);
      assertReported(
          scope,
          "tokenLogProbabilities (cuda): id 5 at 1 is not a row of a table of 5",
          scope.run(new TokenLogProbabilities(h, weights, bias, wrong)));
      assertReported(
          scope,
          "linearCrossEntropy (cuda): id 5 at 1 is not a row of a table of 5",
          scope.run(new LinearCrossEntropy(h, weights, bias, wrong, scope.zeros(3))).output());
      assertReported(
          scope,
          "softmaxCrossEntropy (cuda): id 5 at 1 is not a row of a table of 5",
          scope.run(new SoftmaxCrossEntropy(scope.zeros(3, 5), wrong)).output());
      assertReported(
          scope,
          "tokenConvMaxPool (cuda): id 5 at 1 is not a row of a table of 5",
          scope.run(
              new TokenConvMaxPool(
                  scope.zeros(5, 2),
                  scope.reshape(wrong, 1, 3),
                  List.of(new ConvMaxPool.Filters(1, scope.zeros(2, 2), scope.zeros(2))),
                  scope.ints(new int[] {3}, 1))));
    }
  }

  private static void assertReported(TensorScope scope, String message, Tensor result) {
    assertThatThrownBy(() -> scope.read(result))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage(message);
  }

  /** Windows 2, 2 and 2 of width 1 tie; the first gets the gradient. */
  @Test
  void ofEqualWindowsTheFirstGetsTheGradient() {
    try (TensorBackend backend = open(Map.of());
        TensorScope scope = backend.openScope()) {
      Tensor x = scope.tensor(new float[] {1, 2, 2, 2, 1}, 1, 5, 1);
      Tensor one = scope.tensor(new float[] {1}, 1, 1);
      ConvMaxPool pool =
          new ConvMaxPool(
              x,
              List.of(new ConvMaxPool.Filters(1, one, scope.zeros(1))),
              scope.ints(new int[] {5}, 1));
      Tensor dx = scope.gradients(pool, scope.run(pool), one).get(0);
      assertThat(scope.read(dx)).containsExactly(0, 1, 0, 0, 0);
    }
  }

  /** Larger than the kernels' bounds, operations are composed. */
  @Test
  void whatDoesNotFitAKernelIsComposed() {
    try (TensorBackend backend = open(Map.of());
        TensorScope scope = backend.openScope()) {
      int time = 500; // a warp's column of steps is beyond a block's memory
      Tensor x = scope.tensor(new Numbers(SEED).symmetric(time), 1, time, 1);
      ConvMaxPool pool =
          new ConvMaxPool(
              x,
              List.of(
                  new ConvMaxPool.Filters(1, scope.tensor(new float[] {1}, 1, 1), scope.zeros(1))),
              scope.ints(new int[] {time}, 1));
      float largest = 0;
      for (float value : scope.read(x)) {
        largest = Math.max(largest, value);
      }
      assertThat(scope.read(scope.run(pool).output())).containsExactly(largest);
    }
  }
}

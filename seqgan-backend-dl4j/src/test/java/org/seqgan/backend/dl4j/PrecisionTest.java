package org.seqgan.backend.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.ConvMaxPool;
import org.seqgan.api.operation.Highway;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.backend.dl4j.kernel.Processor;
import org.seqgan.backend.dl4j.product.Bf16Multiplier;
import org.seqgan.backend.dl4j.product.Precision;

@DisplayName("backend.precision = bf16")
class PrecisionTest {
  private static final long SEED = 11;

  /**
   * A product of two numbers of 8 significant bits is off by up to 2^-8, half of it for each; a sum
   * of many has errors of both signs.
   */
  private static final double ROUNDING = 1.0 / 256;

  /** In gradients, a ReLU whose sum is nearly 0 may be on in one precision and off in the other. */
  private static final double WITH_SWITCHED_UNITS = 8 * ROUNDING;

  /** Computes an output, then gradients. */
  @FunctionalInterface
  private interface Computation {
    List<float[]> run(TensorScope scope, RandomTensors random);
  }

  static boolean isSupportedHere() {
    return Bf16Multiplier.isSupportedBy(Processor.detect());
  }

  private static TensorBackend open(Precision precision, int threads) {
    return new Dl4jBackendProvider()
        .open(new Dl4jOptions(threads, new ByteSize(1L << 28), precision, Map.of()));
  }

  private static List<float[]> compute(Precision precision, int threads, Computation computation) {
    try (TensorBackend backend = open(precision, threads);
        TensorScope scope = backend.openScope()) {
      return computation.run(scope, new RandomTensors(scope, SEED));
    }
  }

  private static void assertNearFloat32(Computation computation) {
    Assumptions.assumeTrue(isSupportedHere(), "this processor has no bfloat16 instructions");
    List<float[]> exact = compute(Precision.FLOAT32, 2, computation);
    List<float[]> rounded = compute(Precision.BF16, 2, computation);
    boolean differs = false;
    for (int i = 0; i < exact.size(); i++) {
      double error = 0;
      double size = 0;
      for (int j = 0; j < exact.get(i).length; j++) {
        error += Math.pow(rounded.get(i)[j] - exact.get(i)[j], 2);
        size += Math.pow(exact.get(i)[j], 2);
      }
      double allowed = i == 0 ? ROUNDING : WITH_SWITCHED_UNITS;
      assertThat(Math.sqrt(error / size)).as("result %d, seed %d", i, SEED).isLessThan(allowed);
      differs |= error > 0;
    }
    assertThat(differs).as("something was computed in bf16").isTrue();
    for (int threads : new int[] {1, 3}) {
      List<float[]> other = compute(Precision.BF16, threads, computation);
      for (int i = 0; i < other.size(); i++) {
        assertThat(other.get(i)).as("on %d threads", threads).isEqualTo(rounded.get(i));
      }
    }
  }

  @Test
  void highwayIsThatOfFloat32ButForTheRoundingOfFactors() {
    for (int width : new int[] {1, 33, 172}) {
      assertNearFloat32(
          (scope, random) -> {
            Tensor x = random.tensor(13, width);
            Tensor transform = random.tensor(0.2f, width, width);
            Tensor gate = random.tensor(0.2f, width, width);
            Highway highway =
                new Highway(x, transform, random.tensor(width), gate, random.tensor(width));
            Forward y = scope.run(highway);
            List<float[]> results = read(scope, y.output());
            if (width > 1) {
              List<Tensor> d = scope.gradients(highway, y, random.tensor(13, width));
              results.addAll(read(scope, d.get(0), d.get(1), d.get(3)));
            }
            return results;
          });
    }
  }

  @Test
  void convolutionIsThatOfFloat32ButForTheRoundingOfFactors() {
    assertNearFloat32(
        (scope, random) -> {
          Tensor x = random.tensor(37, 9, 7);
          IntTensor lengths = random.ints(1, 9, 37);
          List<ConvMaxPool.Filters> bank = new ArrayList<>();
          for (int width : new int[] {1, 3, 4, 9}) {
            bank.add(
                new ConvMaxPool.Filters(
                    width, random.tensor(0.3f, width * 7, 21), random.tensor(21)));
          }
          return read(scope, scope.run(new ConvMaxPool(x, bank, lengths)).output());
        });
  }

  @Test
  void manyShapesOneAfterAnotherStayRight() {
    Assumptions.assumeTrue(isSupportedHere(), "this processor has no bfloat16 instructions");
    // More shapes than compiled products are kept.
    try (TensorBackend backend = open(Precision.BF16, 1)) {
      for (int rows = 1; rows <= 300; rows++) {
        try (TensorScope scope = backend.openScope()) {
          Tensor x = scope.tensor(ones(rows * 4), rows, 4);
          Tensor weights = scope.tensor(ones(16), 4, 4);
          Tensor bias = scope.tensor(ones(4), 4);
          Tensor closed = scope.zeros(4, 4);
          Forward y = scope.run(new Highway(x, weights, bias, closed, scope.zeros(4)));
          // relu(4 + 1) and 1, half of each
          assertThat(scope.read(y.output())).as("%d rows", rows).containsOnly(3f);
        }
      }
    }
  }

  @Test
  @DisabledIf(value = "isSupportedHere", disabledReason = "this processor has bfloat16")
  void isRefusedWhereTheProcessorHasNoInstructionsForIt() {
    assertThatThrownBy(() -> open(Precision.BF16, 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("backend.precision = bf16")
        .hasMessageContaining("set backend.precision = float32");
  }

  @Test
  void isDetectedFromTheFlagsOfTheProcessor() {
    assertThat(Bf16Multiplier.isSupportedBy(processor("fma avx2 avx512f"))).isFalse();
    assertThat(Bf16Multiplier.isSupportedBy(processor("fma avx512f avx512_bf16"))).isTrue();
    assertThat(Bf16Multiplier.isSupportedBy(processor("fma amx_tile amx_bf16"))).isTrue();
  }

  private static Processor processor(String flags) {
    return Processor.parse(List.of("model name : some", "flags : " + flags));
  }

  private static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1f);
    return ones;
  }

  private static List<float[]> read(TensorScope scope, Tensor... tensors) {
    List<float[]> results = new ArrayList<>();
    for (Tensor tensor : tensors) {
      results.add(scope.read(tensor));
    }
    return results;
  }
}

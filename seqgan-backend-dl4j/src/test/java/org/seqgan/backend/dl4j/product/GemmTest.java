package org.seqgan.backend.dl4j.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.random.RandomStream;
import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.MemoryPool;

@DisplayName("Matrix products of both libraries")
class GemmTest {
  private static final long SEED = 3;
  private static final Gemm.Size SIZE = new Gemm.Size(13, 17, 29);
  private static final int STRIDE = 37;

  static List<Supplier<Gemm>> libraries() {
    return List.of(OneDnnGemm::new, OpenBlasGemm::new);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void multiplyPartsOfLargerMatrices(Supplier<Gemm> library) {
    NativeLibraries.load();
    Gemm gemm = library.get();
    assertThat(gemm.description()).matches("(oneDNN|OpenBLAS) [0-9.]+.*");
    try (MemoryPool pool = new MemoryPool(0)) {
      float[] a = new float[STRIDE * STRIDE];
      float[] b = new float[STRIDE * STRIDE];
      float[] c = new float[STRIDE * STRIDE];
      RandomStream random = RandomStream.of(SEED);
      random.draws(a.length).fill(a, 0);
      random.draws(b.length).fill(b, 0);
      for (boolean transposeA : new boolean[] {false, true}) {
        for (boolean transposeB : new boolean[] {false, true}) {
          for (float beta : new float[] {0f, 1f}) {
            random.draws(c.length).fill(c, 0);
            float[] expected = c.clone();
            multiply(a, transposeA, b, transposeB, expected, beta);
            FloatRegion result = region(pool, c);
            gemm.multiply(
                region(pool, a).matrix(STRIDE),
                transposeA,
                region(pool, b).matrix(STRIDE),
                transposeB,
                result.matrix(STRIDE),
                SIZE,
                beta);
            float[] actual = new float[c.length];
            result.load(0, actual, 0, actual.length);
            assertThat(actual).as("seed %d", SEED).containsExactly(expected, within(1e-4f));
          }
        }
      }
    }
  }

  private static FloatRegion region(MemoryPool pool, float[] values) {
    FloatRegion region = new FloatRegion(pool.take(values.length), 0);
    region.store(0, values, 0, values.length);
    return region;
  }

  private static void multiply(
      float[] a, boolean transposeA, float[] b, boolean transposeB, float[] c, float beta) {
    for (int i = 0; i < SIZE.m(); i++) {
      for (int j = 0; j < SIZE.n(); j++) {
        double sum = beta * c[i * STRIDE + j];
        for (int k = 0; k < SIZE.k(); k++) {
          float x = transposeA ? a[k * STRIDE + i] : a[i * STRIDE + k];
          float y = transposeB ? b[j * STRIDE + k] : b[k * STRIDE + j];
          sum += (double) x * y;
        }
        c[i * STRIDE + j] = (float) sum;
      }
    }
  }
}

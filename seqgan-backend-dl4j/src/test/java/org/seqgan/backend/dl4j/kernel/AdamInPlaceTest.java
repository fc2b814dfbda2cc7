package org.seqgan.backend.dl4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.random.RandomStream;
import org.seqgan.backend.dl4j.memory.OffHeap;

/** {@link Kernels#adamInPlace}, against the loop on the heap. */
class AdamInPlaceTest {
  /** Floats before and behind what is updated. */
  private static final int MARGIN = 3;

  private static final AdamCoefficients COEFFICIENTS =
      new AdamCoefficients(0.7f, 0.01f, 0.9f, 0.999f, 1e-8f);

  @Test
  void isThereInEveryJavaButOne() {
    int java = Runtime.version().feature();
    assertThat(VectorMemory.isThere()).isEqualTo(java != 21);
    assertThat(new VectorKernels().updatesInPlace()).isEqualTo(java != 21);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 16, 31, 512, 8191, 8192})
  void hasTheBitsOfTheLoopOnTheHeap(int count) {
    Kernels kernels = new VectorKernels();
    assumeTrue(kernels.updatesInPlace(), "on Java 21 the update is on the heap");
    RandomStream stream = RandomStream.of(count);
    float[] g = random(stream, count + MARGIN);
    float[][] heap = new float[3][];
    OffHeap[] memory = new OffHeap[3];
    for (int i = 0; i < 3; i++) {
      float[] all = random(stream, count + 2 * MARGIN);
      heap[i] = Arrays.copyOfRange(all, MARGIN, MARGIN + count);
      memory[i] = memory(all);
    }
    float[] before = memory[0].from(0).read(MARGIN);
    float[] behind = memory[1].from(MARGIN + count).read(MARGIN);
    float squares =
        kernels.adamInPlace(
            COEFFICIENTS,
            memory[0].from(MARGIN),
            memory(g).from(MARGIN),
            memory[1].from(MARGIN),
            memory[2].from(MARGIN),
            count);
    assertThat((double) squares)
        .isCloseTo(kernels.sumOfSquares(g, MARGIN, count), Percentage.withPercentage(1e-4));
    kernels.adam(COEFFICIENTS, heap[0], g, MARGIN, heap[1], heap[2], count);
    for (int i = 0; i < 3; i++) {
      assertThat(memory[i].from(MARGIN).read(count)).containsExactly(heap[i]);
    }
    assertThat(memory[0].read(MARGIN)).as("what stands before").containsExactly(before);
    assertThat(memory[1].from(MARGIN + count).read(MARGIN))
        .as("what stands behind")
        .containsExactly(behind);
  }

  @Test
  void scalarLoopsHaveNone() {
    Kernels kernels = new ScalarKernels("a test");
    assertThat(kernels.updatesInPlace()).isFalse();
    OffHeap memory = OffHeap.of(ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder()));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> kernels.adamInPlace(COEFFICIENTS, memory, memory, memory, memory, 1));
  }

  private static OffHeap memory(float[] values) {
    OffHeap memory =
        OffHeap.of(
            ByteBuffer.allocateDirect(Float.BYTES * values.length).order(ByteOrder.nativeOrder()));
    memory.write(values);
    return memory;
  }

  private static float[] random(RandomStream stream, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = stream.nextUniform();
    }
    return values;
  }
}

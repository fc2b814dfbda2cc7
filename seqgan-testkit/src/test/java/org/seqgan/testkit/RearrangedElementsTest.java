package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.BatchedProduct;
import org.seqgan.api.operation.Fold;
import org.seqgan.api.operation.LogSoftmax;
import org.seqgan.api.operation.Permute;
import org.seqgan.api.operation.SliceAssignment;
import org.seqgan.api.operation.Windows;
import org.seqgan.testkit.operation.Numbers;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

/** Where the composed operations that move elements put them, on examples done by hand. */
class RearrangedElementsTest {
  private static final Offset<Float> ROUNDING = Offset.offset(1e-5f);

  private final ReferenceBackend backend = new ReferenceBackend(ReferenceOptions.defaults());

  @AfterEach
  void nothingIsLeft() {
    assertThat(backend.memory().liveTensors()).isZero();
  }

  private float[] valueOf(Function<TensorScope, Differentiable> operation) {
    try (TensorScope scope = backend.openScope()) {
      return scope.read(scope.run(operation.apply(scope)).output());
    }
  }

  private static float[] counted(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i + 1;
    }
    return values;
  }

  @Test
  void permuteTransposes() {
    assertThat(valueOf(s -> new Permute(s.tensor(counted(6), 2, 3), List.of(1, 0))))
        .containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void permuteTakesAxisJOfTheResultFromAxesJ() {
    float[] moved =
        valueOf(
            s -> new Permute(s.tensor(counted(2 * 3 * 4 * 5), 2, 3, 4, 5), List.of(2, 0, 3, 1)));
    for (int i = 0, at = 0; i < 4; i++) {
      for (int j = 0; j < 2; j++) {
        for (int k = 0; k < 5; k++) {
          for (int l = 0; l < 3; l++, at++) {
            assertThat(moved[at]).isEqualTo(((j * 3 + l) * 4 + i) * 5 + k + 1);
          }
        }
      }
    }
  }

  @Test
  void batchedProductMultipliesEntryByEntry() {
    float[] a = {1, 2, 3, 4};
    float[] b = {1, 0, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13};
    float[] expected = {11, 12, 16, 68, 75, 82};
    assertThat(
            valueOf(
                s -> new BatchedProduct(s.tensor(a, 2, 1, 2), false, s.tensor(b, 2, 2, 3), false)))
        .containsExactly(expected);
    assertThat(
            valueOf(
                s -> new BatchedProduct(s.tensor(a, 2, 2, 1), true, s.tensor(b, 2, 2, 3), false)))
        .containsExactly(expected);
    assertThat(
            valueOf(
                s -> new BatchedProduct(s.tensor(a, 2, 1, 2), false, s.tensor(b, 2, 3, 2), true)))
        .containsExactly(1, 12, 20, 60, 74, 88);
  }

  @Test
  void sliceAssignmentReplacesAPartOfEachRow() {
    assertThat(
            valueOf(
                s ->
                    new SliceAssignment(
                        s.tensor(counted(8), 2, 4),
                        s.tensor(new float[] {-1, -2, -3, -4}, 2, 2),
                        1,
                        1)))
        .containsExactly(1, -1, -2, 4, 5, -3, -4, 8);
  }

  @Test
  void windowsLayOutNeighbours() {
    assertThat(valueOf(s -> new Windows(s.tensor(counted(6), 1, 3, 2), 2, 0)))
        .containsExactly(1, 2, 3, 4, 3, 4, 5, 6);
    assertThat(valueOf(s -> new Windows(s.tensor(counted(3), 1, 3, 1), 3, 1)))
        .containsExactly(0, 1, 2, 1, 2, 3, 2, 3, 0);
  }

  @Test
  void foldAddsWhereWindowsOverlap() {
    assertThat(valueOf(s -> new Fold(s.tensor(counted(8), 1, 2, 4), 2, 0)))
        .containsExactly(1, 2, 3 + 5, 4 + 6, 7, 8);
    assertThat(valueOf(s -> new Fold(s.tensor(counted(9), 1, 3, 3), 3, 1)))
        .containsExactly(2 + 4, 3 + 5 + 7, 6 + 8);
  }

  /** {@code <Windows x, y> = <x, Fold y>}. */
  @Test
  void foldIsTheTransposeOfWindows() {
    Numbers numbers = new Numbers(1);
    for (int padding : new int[] {0, 1, 3}) {
      int windows = 7 + 2 * padding - 3 + 1;
      float[] x = numbers.symmetric(2 * 7 * 5);
      float[] y = numbers.symmetric(2 * windows * 15);
      float[] laidOut = valueOf(s -> new Windows(s.tensor(x, 2, 7, 5), 3, padding));
      float[] folded = valueOf(s -> new Fold(s.tensor(y, 2, windows, 15), 3, padding));
      assertThat(product(laidOut, y)).isCloseTo(product(x, folded), ROUNDING);
    }
  }

  private static float product(float[] a, float[] b) {
    assertThat(a).hasSameSizeAs(b);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return (float) sum;
  }

  @Test
  void logSoftmaxIsTheLogarithmOfShares() {
    assertThat(valueOf(s -> new LogSoftmax(s.tensor(new float[] {0, (float) Math.log(3)}, 1, 2))))
        .containsExactly(new float[] {(float) Math.log(0.25), (float) Math.log(0.75)}, ROUNDING);
  }
}

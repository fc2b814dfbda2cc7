package org.seqgan.backend.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

@DisplayName("A view of a tensor by ND4J")
class Nd4jViewsTest {
  @Test
  void hasItsShapeAndSharesItsMemory() {
    try (TensorBackend backend = new Dl4jBackendProvider().open(Dl4jOptions.withThreads(1));
        TensorScope scope = backend.openScope()) {
      Tensor tensor = scope.tensor(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
      INDArray view = Nd4jViews.of(tensor);
      assertThat(view.shape()).containsExactly(2, 3);
      assertThat(view.getFloat(1, 0)).isEqualTo(4);
      view.putScalar(new int[] {0, 2}, 30);
      assertThat(scope.read(tensor)).containsExactly(1, 2, 30, 4, 5, 6);
      scope.affineInPlace(tensor, 2f, 0f);
      assertThat(view.sumNumber().intValue()).isEqualTo(96);
      assertThat(scope.read(scope.rows(tensor, 1, 2))).containsExactly(8, 10, 12);
      INDArray row = Nd4jViews.of(scope.rows(tensor, 1, 2));
      row.muli(0);
      assertThat(scope.read(tensor)).containsExactly(2, 4, 60, 0, 0, 0);
    }
  }

  @Test
  void isOfNoOtherBackend() {
    try (TensorBackend backend = new ReferenceBackend(ReferenceOptions.defaults());
        TensorScope scope = backend.openScope()) {
      Tensor tensor = scope.tensor(new float[] {1}, 1);
      assertThatThrownBy(() -> Nd4jViews.of(tensor))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("another backend");
    }
  }
}

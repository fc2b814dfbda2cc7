package org.seqgan.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.Availability;
import org.seqgan.api.backend.BackendProvider;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.SoftmaxCrossEntropy;
import org.seqgan.testkit.BackendContract;

class ReferenceBackendTest extends BackendContract {
  @Override
  protected TensorBackend open(int threads) {
    return new ReferenceBackend(ReferenceOptions.defaults());
  }

  @Test
  void namesAnIdOutsideTheTable() {
    try (TensorBackend backend = open(1);
        TensorScope scope = backend.openScope()) {
      Tensor table = scope.zeros(3, 2);
      assertThatThrownBy(() -> scope.gatherRows(table, scope.ints(new int[] {0, 3}, 2)))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("gatherRows (reference): id 3 at 1 is not a row of [3, 2]");
      assertThatThrownBy(
              () -> scope.scatterAddRows(table, scope.ints(new int[] {-1, 0, 0}, 3), table))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("scatterAddRows (reference): id -1 at 0 is not a row of [3, 2]");
    }
  }

  @Test
  void namesATargetOutsideTheVocabulary() {
    try (TensorBackend backend = open(1);
        TensorScope scope = backend.openScope()) {
      assertThatThrownBy(
              () ->
                  scope.run(
                      new SoftmaxCrossEntropy(scope.zeros(2, 3), scope.ints(new int[] {0, 3}, 2))))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("target 3 of row 1 is not in 0..2");
    }
  }

  @Test
  void rejectsASecondReleaseAndTheReleaseOfAView() {
    try (TensorBackend backend = open(1)) {
      Tensor tensor = backend.allocate(2, 3);
      assertThatThrownBy(() -> backend.release(backend.view(tensor, 0, 6)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("release (reference): a tensor of shape [6] is not held");
      backend.release(tensor);
      assertThatThrownBy(() -> backend.release(tensor))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("a tensor of shape [2, 3] is not held");
      assertThat(backend.memory().liveBytes()).isZero();
    }
  }

  @Test
  void rejectsTensorsOfAnotherBackend() {
    try (TensorBackend backend = open(1);
        TensorScope scope = backend.openScope()) {
      assertThatThrownBy(() -> scope.softmax(new Foreign(2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a tensor of shape [2] is another backend's, not one of reference");
    }
  }

  @Test
  void isFoundAsAServiceAndAlwaysAvailable() {
    BackendProvider<?> found =
        ServiceLoader.load(BackendProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.about().name().equals("reference"))
            .map(provider -> (BackendProvider<?>) provider)
            .findFirst()
            .orElseThrow();
    assertThat(found.preference()).isZero();
    assertThat(found).isInstanceOf(ReferenceBackendProvider.class);
    assertThat(new ReferenceBackendProvider().availability(ReferenceOptions.defaults()))
        .isInstanceOf(Availability.Available.class);
  }

  private static final class Foreign extends Tensor {
    Foreign(int... shape) {
      super(shape);
    }
  }
}

package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Reading;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.Linear;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

@DisplayName("A counting backend counts")
class CountingBackendTest {
  private final TensorBackend reference = new ReferenceBackend(ReferenceOptions.defaults());
  private final CountingBackend counting = CountingBackend.of(reference);

  @AfterEach
  void close() {
    reference.close();
  }

  private CountingBackend.Traffic during(Consumer<TensorScope> work) {
    return counting.during(
        () -> {
          try (TensorScope scope = counting.backend().openScope()) {
            work.accept(scope);
          }
        });
  }

  @Test
  @DisplayName("an operation once, and its gradient once, whatever they are composed of")
  void operations() {
    CountingBackend.Traffic traffic =
        during(
            scope -> {
              Tensor x = scope.tensor(new float[] {1, 2}, 1, 2);
              Linear linear = new Linear(x, scope.zeros(2, 3), scope.zeros(3), Activation.SIGMOID);
              Forward forward = scope.run(linear);
              scope.gradients(linear, forward, forward.output());
            });
    // Two tensors were filled with zeros.
    assertThat(traffic.operations()).isEqualTo(4);
    assertThat(traffic.uploads()).isEqualTo(1);
    assertThat(traffic.reads()).isZero();
  }

  @Test
  @DisplayName("a reading when somebody looks, and once")
  void readings() {
    CountingBackend.Traffic traffic =
        during(
            scope -> {
              Tensor x = scope.zeros(2);
              Reading later = scope.readLater(x);
              assertThat(counting.during(() -> scope.read(x)).reads()).isEqualTo(1);
              assertThat(counting.during(() -> later.get()).reads()).isEqualTo(1);
              assertThat(counting.during(() -> later.get()).reads()).isZero();
            });
    assertThat(traffic.reads()).isEqualTo(2);
  }

  @Test
  @DisplayName("buffers that no pool could have had")
  void buffers() {
    assertThat(
            during(
                    scope -> {
                      scope.allocate(2, 3);
                      scope.allocateInts(6);
                    })
                .newBuffers())
        .isEqualTo(2);
    assertThat(during(scope -> scope.allocate(6)).newBuffers()).isZero();
    assertThat(during(scope -> scope.allocate(5)).newBuffers()).isEqualTo(1);
  }
}

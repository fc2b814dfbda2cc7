package org.seqgan.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.AdamStep;
import org.seqgan.api.operation.Highway;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.backend.cuda.emulator.EmulatedDriver;
import org.seqgan.backend.cuda.emulator.EmulatedDriver.Setting;
import org.seqgan.testkit.operation.Numbers;

@DisplayName("Gradients of weights that Adam computes itself")
class DeferredProductTest {
  private static final int ROWS = 66;
  private static final int WIDTH = 131;
  private static final float L2 = 0.1f;

  /** So many rows that sums are cut into parts. */
  private static final int MANY_ROWS = 300;

  @BeforeAll
  static void loadDriver() {
    EmulatedDriver.load();
  }

  private static TensorBackend open(Precision precision) {
    return new CudaBackendProvider()
        .open(new CudaOptions(0, new ByteSize(1 << 26), precision, Map.of()));
  }

  /** A highway layer, its gradients, and Adam's state. */
  private static final class Layer {
    private final TensorScope scope;
    private final Numbers numbers = new Numbers(23);
    final Highway highway;
    final List<Tensor> gradients;

    Layer(TensorScope scope, int rows) {
      this.scope = scope;
      this.highway =
          new Highway(
              tensor(rows, WIDTH),
              tensor(WIDTH, WIDTH),
              tensor(WIDTH),
              tensor(WIDTH, WIDTH),
              tensor(WIDTH));
      Forward forward = scope.run(highway);
      this.gradients = scope.gradients(highway, forward, tensor(rows, WIDTH));
      // Whoever computes later must not look at it any more.
      scope.fill(highway.x(), Float.NaN);
    }

    private Tensor tensor(int... shape) {
      int size = 1;
      for (int length : shape) {
        size *= length;
      }
      return scope.tensor(numbers.symmetric(size), shape);
    }

    List<Tensor> parameters() {
      return List.of(
          highway.transformWeights(),
          highway.transformBias(),
          highway.gateWeights(),
          highway.gateBias());
    }

    List<float[]> readGradients() {
      return gradients.stream().map(scope::read).toList();
    }

    /** A step of Adam; parameters and moments after it, and the norm. */
    List<float[]> step(float clip) {
      List<AdamStep.Slot> slots = new ArrayList<>();
      for (int i = 0; i < parameters().size(); i++) {
        Tensor parameter = parameters().get(i);
        slots.add(
            new AdamStep.Slot(
                parameter,
                gradients.get(i + 1),
                scope.zeros(parameter.shape()),
                scope.zeros(parameter.shape()),
                i == 0 ? L2 : 0f));
      }
      List<float[]> results = new ArrayList<>();
      Tensor norm = scope.run(new AdamStep(slots, AdamStep.Settings.of(0.01f, clip), 1));
      for (AdamStep.Slot slot : slots) {
        results.add(scope.read(slot.parameter()));
        results.add(scope.read(slot.firstMoment()));
        results.add(scope.read(slot.secondMoment()));
      }
      results.add(scope.read(norm));
      return results;
    }

    boolean isDeferred(int gradient) {
      return ((CudaTensor) gradients.get(gradient)).deferred().isPresent();
    }
  }

  /** What a step of Adam leaves, with the gradients read before it or not. */
  private static List<float[]> stepped(Precision precision, float clip, boolean readBefore) {
    try (TensorBackend backend = open(precision);
        TensorScope scope = backend.openScope()) {
      Layer layer = new Layer(scope, ROWS);
      if (readBefore) {
        layer.readGradients();
      }
      return layer.step(clip);
    }
  }

  private static void assertSame(List<float[]> found, List<float[]> expected) {
    int norm = expected.size() - 1;
    assertThat(found.subList(0, norm))
        .usingRecursiveComparison()
        .isEqualTo(expected.subList(0, norm));
    // Its squares are added up in another order.
    float length = expected.get(norm)[0];
    assertThat(found.get(norm)[0]).isCloseTo(length, within(1e-5f * length));
  }

  @ParameterizedTest
  @EnumSource
  void leaveTheParametersThatThoseInMemoryLeave(Precision precision) {
    for (float clip : new float[] {0f, 0.5f}) {
      assertSame(stepped(precision, clip, false), stepped(precision, clip, true));
    }
  }

  @Test
  void areNotWrittenByAStepButCanBeReadAfterIt() {
    try (TensorBackend backend = open(Precision.FLOAT32);
        TensorScope scope = backend.openScope()) {
      Layer layer = new Layer(scope, ROWS);
      List<float[]> expected = new Layer(scope, ROWS).readGradients();
      assertThat(layer.isDeferred(1)).isTrue();
      layer.step(0f);
      assertThat(layer.isDeferred(1)).isTrue();
      assertThat(layer.readGradients()).usingRecursiveComparison().isEqualTo(expected);
    }
  }

  /** While its arguments are collected, a launch has them written by another. */
  @Test
  void areWrittenForWhoeverNeedsThem() {
    try (TensorBackend backend = open(Precision.FLOAT32);
        TensorScope scope = backend.openScope()) {
      float[] one = new Layer(scope, ROWS).readGradients().get(1);
      Tensor first = new Layer(scope, ROWS).gradients.get(1);
      Tensor second = new Layer(scope, ROWS).gradients.get(1);
      float[] sum = scope.read(scope.binary(BinaryOperation.ADD, first, second));
      for (int i = 0; i < sum.length; i++) {
        assertThat(sum[i]).isEqualTo(2 * one[i]);
      }
    }
  }

  @Test
  void areComputedAtOnceWhereTheirSumsAreCut() {
    try (TensorBackend backend = open(Precision.FLOAT32);
        TensorScope scope = backend.openScope()) {
      assertThat(new Layer(scope, MANY_ROWS).isDeferred(1)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void haveNoRaces(Precision precision) {
    EmulatedDriver.with(
        Setting.CHECK,
        1,
        () -> {
          stepped(precision, 0f, false);
          assertThat(EmulatedDriver.failure()).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource
  void giveTheSameBitsInAnyOrderOfThreads(Precision precision) {
    List<float[]> forward = stepped(precision, 0f, false);
    for (int order : new int[] {1, 20170208}) {
      EmulatedDriver.with(
          Setting.ORDER,
          order,
          () ->
              assertThat(stepped(precision, 0f, false))
                  .usingRecursiveComparison()
                  .isEqualTo(forward));
    }
  }
}

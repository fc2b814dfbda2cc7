package org.seqgan.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Reading;
import org.seqgan.api.backend.ShapeException;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.backend.cuda.driver.Counters;
import org.seqgan.backend.cuda.emulator.EmulatedDriver;
import org.seqgan.backend.cuda.emulator.EmulatedDriver.Counter;
import org.seqgan.backend.cuda.emulator.EmulatedDriver.Setting;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

@DisplayName("Memory, copies and errors of backend cuda")
class ResourcesTest {
  private static final int MIB = 1 << 20;

  private CudaBackend backend;
  private TensorScope scope;

  @BeforeAll
  static void loadDriver() {
    EmulatedDriver.load();
  }

  @BeforeEach
  void open() {
    backend = open(MIB);
    scope = backend.openScope();
  }

  @AfterEach
  void close() {
    scope.close();
    backend.close();
  }

  private static CudaBackend open(long bytes) {
    return (CudaBackend)
        new CudaBackendProvider()
            .open(new CudaOptions(0, new ByteSize(bytes), Precision.FLOAT32, Map.of()));
  }

  // ---- memory ----

  @Test
  void workThatRepeatsItselfAllocatesNothing() {
    work();
    Counters.Snapshot before = backend.counters();
    work();
    assertThat(backend.counters().since(before).allocations()).isZero();
    assertThat(backend.memory().liveTensors()).isZero();
    assertThat(backend.memory().pooledBytes()).isPositive();
  }

  private void work() {
    try (TensorScope inner = backend.openScope()) {
      Tensor a = inner.zeros(100, 50);
      inner.matmul(a, false, a, true);
      inner.matmul(a, true, a, false); // cut into parts
      inner.allocateInts(10);
    }
  }

  @Test
  void idleMemoryIsBounded() {
    for (int size = 1000; size < MIB; size += 50_000) {
      try (TensorScope inner = backend.openScope()) {
        inner.zeros(size);
      }
      assertThat(backend.memory().pooledBytes()).isLessThanOrEqualTo(MIB);
    }
  }

  @Test
  void theEndFreesWhatTensorsHold() {
    long before = liveBytes();
    CudaBackend other = open(MIB);
    other.allocate(1000);
    assertThat(liveBytes()).isGreaterThan(before + 4000);
    other.close();
    other.close();
    assertThat(liveBytes()).isEqualTo(before);
    assertThatThrownBy(() -> other.allocate(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the backend is closed");
  }

  private static long liveBytes() {
    return EmulatedDriver.counts().get(Counter.LIVE_BYTES);
  }

  @Test
  void usingAClosedBackendIsAnErrorAndNoCrash() {
    CudaBackend other = open(MIB);
    TensorScope late = other.openScope();
    Tensor a = late.zeros(4);
    other.close();
    assertThatThrownBy(() -> late.read(a)).hasMessageContaining("the backend is closed");
    assertThatThrownBy(() -> late.fill(a, 1f)).hasMessageContaining("the backend is closed");
    assertThatThrownBy(() -> late.softmax(a)).hasMessageContaining("the backend is closed");
    late.close();
  }

  @Test
  void aViewCannotBeReleasedNorATensorTwice() {
    Tensor a = backend.allocate(4);
    Tensor view = backend.view(a, 1, 2);
    assertThatThrownBy(() -> backend.release(view)).isInstanceOf(IllegalStateException.class);
    backend.release(a);
    assertThatThrownBy(() -> backend.release(a)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void memoryThatRunsOutIsToldInFigures() {
    EmulatedDriver.with(
        Setting.MEMORY_MIB,
        64,
        () ->
            assertThatThrownBy(() -> scope.allocate(64, MIB))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("device memory ran out: expected 256.0 MiB for one tensor")
                .hasMessageContaining("of 64.0 MiB on device 0")
                .hasMessageContaining("lower training.batch-size"));
    assertThat(scope.read(scope.zeros(2))).containsExactly(0f, 0f); // and all goes on
  }

  @Test
  void idleMemoryIsGivenUpBeforeMemoryRunsOut() {
    try (CudaBackend roomy = open(1L << 30);
        TensorScope outer = roomy.openScope()) {
      try (TensorScope inner = roomy.openScope()) {
        inner.allocate(10, MIB);
      }
      EmulatedDriver.with(Setting.MEMORY_MIB, 64, () -> outer.allocate(11, MIB));
      assertThat(roomy.memory().pooledBytes()).isZero();
    }
  }

  @Test
  void aWrongShapeTakesNoMemory() {
    long before = liveBytes();
    assertThatThrownBy(() -> scope.allocate(3, -1)).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> scope.allocate(MIB, MIB)).isInstanceOf(ShapeException.class);
    assertThat(liveBytes()).isEqualTo(before);
  }

  // ---- copies ----

  @Test
  void largeTensorsTravelInPieces() {
    float[] values = new float[3 * MIB + 5];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    int[] ids = new int[MIB + 3];
    ids[MIB + 2] = 7;
    Tensor a = scope.tensor(values, values.length);
    IntTensor b = scope.ints(ids, ids.length);
    assertThat(scope.read(a)).isEqualTo(values);
    assertThat(scope.read(b)).isEqualTo(ids);
    assertThat(scope.readLater(a).get()).isEqualTo(values);
  }

  @Test
  void whatIsReadLaterIsWhatWasThere() {
    EmulatedDriver.with(
        Setting.LAZY,
        1,
        () -> {
          float[] sent = {1f, 2f};
          Tensor a = scope.tensor(sent, 2);
          sent[0] = 9f; // the array may be changed at once
          Counters.Snapshot before = backend.counters();
          Reading first = scope.readLater(a);
          scope.fill(a, 3f);
          Reading second = scope.readLater(a);
          assertThat(backend.counters().since(before).waits()).isZero();
          assertThat(first.isDone()).isFalse();
          assertThat(second.get()).containsExactly(3f, 3f);
          assertThat(first.isDone()).isTrue();
          assertThat(first.get()).containsExactly(1f, 2f).isSameAs(first.get());
          assertThat(backend.counters().since(before).waits()).isOne();
        });
  }

  // ---- errors ----

  @Test
  void aWrongIdIsReportedByTheNextReading() {
    Tensor table = scope.zeros(3, 2);
    IntTensor ids = scope.ints(new int[] {0, 3}, 2);
    Tensor rows = scope.gatherRows(table, ids);
    assertThatThrownBy(() -> scope.read(rows))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("gatherRows (cuda): id 3 at 1 is not a row of a table of 3");
    assertThat(scope.read(rows)).as("once").containsExactly(0f, 0f, 0f, 0f);

    scope.scatterAddRows(rows, scope.ints(new int[] {1, -1}, 2), table);
    Reading loss = scope.readLater(scope.zeros(1));
    assertThatThrownBy(loss::get)
        .hasMessage("scatterAddRows (cuda): id -1 at 1 is not a row of a table of 3");
  }

  @Test
  void tensorsOfAnotherBackendAreRefused() {
    try (ReferenceBackend reference = new ReferenceBackend(ReferenceOptions.defaults())) {
      Tensor foreign = reference.allocate(2);
      assertThatThrownBy(() -> scope.read(foreign))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("was made by another backend");
    }
  }
}

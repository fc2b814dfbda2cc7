package org.seqgan.backend.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.MemoryPool;
import org.seqgan.backend.dl4j.memory.Workers;
import org.seqgan.backend.dl4j.product.Gemm;
import org.seqgan.backend.dl4j.product.NativeLibraries;
import org.seqgan.backend.dl4j.product.NativeThreads;
import org.seqgan.backend.dl4j.product.OneDnnGemm;
import org.seqgan.backend.dl4j.product.Precision;

@DisplayName("Memory and threads")
class ResourcesTest {
  @Test
  void aClosedScopeLeavesNothingLiveAndItsMemoryIsReused() {
    try (TensorBackend backend = open(2, 1 << 24)) {
      allocateSomething(backend);
      long pooled = backend.memory().pooledBytes();
      assertThat(backend.memory().liveBytes()).isZero();
      assertThat(backend.memory().liveTensors()).isZero();
      assertThat(pooled).isPositive();
      allocateSomething(backend);
      assertThat(backend.memory().pooledBytes()).isEqualTo(pooled);
    }
  }

  @Test
  void pooledMemoryIsBounded() {
    long bound = 1 << 20;
    try (TensorBackend backend = open(1, bound)) {
      for (int size = 1000; size < 1_000_000; size += 50_000) {
        try (TensorScope scope = backend.openScope()) {
          scope.zeros(size);
        }
        long scratch = 1 << 18;
        assertThat(backend.memory().pooledBytes()).isLessThanOrEqualTo(bound + scratch);
      }
    }
  }

  @Test
  void closingTheBackendFreesEverything() {
    TensorBackend backend = open(2, 1 << 24);
    allocateSomething(backend);
    backend.close();
    backend.close();
    assertThat(backend.memory().pooledBytes()).isZero();
    assertThatThrownBy(() -> backend.openScope().zeros(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the backend is closed");
  }

  @Test
  @Timeout(60)
  void workersRunEveryBlockOnce() {
    try (MemoryPool pool = new MemoryPool(1 << 20);
        Workers workers = new Workers(3, pool, () -> {})) {
      for (int blocks = 0; blocks < 200; blocks++) {
        AtomicIntegerArray runs = new AtomicIntegerArray(blocks);
        workers.forEach(blocks, (block, scratch) -> runs.incrementAndGet(block));
        for (int block = 0; block < blocks; block++) {
          assertThat(runs.get(block)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  @Timeout(60)
  void aFailureInABlockReachesTheCallerAndTheWorkersGoOn() {
    try (MemoryPool pool = new MemoryPool(1 << 20);
        Workers workers = new Workers(2, pool, () -> {})) {
      assertThatThrownBy(
              () ->
                  workers.forEach(
                      8,
                      (block, scratch) -> {
                        throw new IllegalStateException("block failed");
                      }))
          .hasMessage("block failed");
      AtomicInteger runs = new AtomicInteger();
      workers.forEach(8, (block, scratch) -> runs.incrementAndGet());
      assertThat(runs).hasValue(8);
    }
  }

  @Test
  @Timeout(60)
  void anErrorOfAnyThreadReachesTheCallerEvenIfAllThrowTheSameOne() {
    OutOfMemoryError error = new OutOfMemoryError("none left");
    try (MemoryPool pool = new MemoryPool(1 << 20);
        Workers workers = new Workers(3, pool, () -> {})) {
      assertThatThrownBy(
              () ->
                  workers.forEach(
                      64,
                      (block, scratch) -> {
                        sleep();
                        throw error;
                      }))
          .isSameAs(error);
      Thread caller = Thread.currentThread();
      CountDownLatch begun = new CountDownLatch(1);
      assertThatThrownBy(
              () ->
                  workers.forEach(
                      64,
                      (block, scratch) -> {
                        if (Thread.currentThread() != caller) {
                          begun.countDown();
                          throw new StackOverflowError("block " + block);
                        }
                        await(begun); // else this thread might do all blocks alone
                      }))
          .isInstanceOf(StackOverflowError.class);
    }
  }

  @Test
  @Timeout(60)
  void anErrorOfAThreadThatStartsReachesTheCaller() {
    Thread caller = Thread.currentThread();
    Runnable prepare =
        () -> {
          if (Thread.currentThread() != caller) {
            throw new UnsatisfiedLinkError("no native library here");
          }
        };
    try (MemoryPool pool = new MemoryPool(1 << 20);
        Workers workers = new Workers(2, pool, prepare)) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  workers.forEach(8, (block, scratch) -> sleep());
                }
              })
          .isInstanceOf(UnsatisfiedLinkError.class);
    }
  }

  @Test
  @Timeout(60)
  void everyWorkingThreadIsLimitedToItself() {
    try (TensorBackend backend = open(1, 1 << 20)) {
      List<Integer> limits = new ArrayList<>();
      Runnable raiseThenPrepare =
          () -> {
            nativeOps().setOmpNumThreads(4);
            NativeThreads.limitToOne();
            synchronized (limits) {
              limits.add(NativeThreads.limit());
            }
          };
      try (MemoryPool pool = new MemoryPool(1 << 20);
          Workers workers = new Workers(3, pool, raiseThenPrepare)) {
        workers.forEach(64, (block, scratch) -> sleep());
      }
      assertThat(backend.budgetBytes()).isEqualTo(1 << 20);
      assertThat(limits).hasSize(3).containsOnly(1);
    }
  }

  @Test
  @Timeout(60)
  void theLimitHoldsForMatrixProducts() throws InterruptedException {
    Path tasks = Path.of("/proc/self/task");
    assumeTrue(Files.isDirectory(tasks), "threads of this process cannot be counted here");
    try (MemoryPool pool = new MemoryPool(1 << 24);
        TensorBackend backend = open(1, 1 << 20)) {
      assertThat(backend.name()).isEqualTo("dl4j");
      FloatRegion memory = new FloatRegion(pool.take(512 * 512), 0);
      assertThat(
              threadsStartedByAProduct("omp-three", memory, () -> nativeOps().setOmpNumThreads(3)))
          .isEqualTo(2);
      assertThat(threadsStartedByAProduct("omp-one", memory, NativeThreads::limitToOne)).isZero();
    }
  }

  private static int threadsStartedByAProduct(String name, FloatRegion memory, Runnable prepare)
      throws InterruptedException {
    AtomicInteger started = new AtomicInteger(-1);
    Thread thread =
        new Thread(
            () -> {
              prepare.run();
              FloatRegion.Matrix matrix = memory.matrix(512);
              Gemm.Size size = new Gemm.Size(512, 512, 512);
              new OneDnnGemm().multiply(matrix, false, matrix, false, matrix, size, 0f);
              // This thread has the name too.
              started.set(countThreads(name) - 1);
            },
            name);
    thread.start();
    thread.join();
    return started.get();
  }

  /** Native threads of a name: OpenMP's threads inherit that of the thread that started them. */
  private static int countThreads(String name) {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      return (int) tasks.filter(task -> isNamed(task, name)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isNamed(Path task, String name) {
    try {
      return Files.readString(task.resolve("comm")).strip().equals(name);
    } catch (IOException e) {
      return false; // it has ended meanwhile
    }
  }

  private static NativeOps nativeOps() {
    return NativeOpsHolder.getInstance().getDeviceNativeOps();
  }

  @Test
  void aViewCannotBeReleasedNorATensorTwice() {
    try (TensorBackend backend = open(1, 1 << 20)) {
      Tensor a = backend.allocate(4);
      Tensor view = backend.view(a, 1, 2);
      assertThatThrownBy(() -> backend.release(view)).isInstanceOf(IllegalStateException.class);
      backend.release(a);
      assertThatThrownBy(() -> backend.release(a)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void usingAClosedBackendIsAnErrorAndNoCrash() {
    TensorBackend backend = open(2, 1 << 20);
    TensorScope scope = backend.openScope();
    Tensor a = scope.zeros(4);
    backend.close();
    assertThatThrownBy(() -> scope.read(a)).hasMessageContaining("the backend is closed");
    assertThatThrownBy(() -> scope.fill(a, 1f)).hasMessageContaining("the backend is closed");
    scope.close();
  }

  @Test
  void oneOpenMpRuntimeServesAllLibraries() {
    try (TensorBackend backend = open(1, 1 << 20)) {
      assertThat(backend.name()).isEqualTo("dl4j");
      assertThat(NativeLibraries.openMpRuntimes()).isLessThanOrEqualTo(1);
    }
  }

  private static void allocateSomething(TensorBackend backend) {
    try (TensorScope scope = backend.openScope()) {
      Tensor a = scope.zeros(100, 50);
      scope.matmul(a, false, a, true);
      scope.allocateInts(10);
      assertThat(backend.memory().liveTensors()).isEqualTo(3);
    }
  }

  private static TensorBackend open(int threads, long bytes) {
    Dl4jOptions options =
        new Dl4jOptions(threads, new ByteSize(bytes), Precision.FLOAT32, Map.of());
    return new Dl4jBackendProvider().open(options);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

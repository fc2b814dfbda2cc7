package org.seqgan.backend.cuda.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seqgan.backend.cuda.driver.CudaException;
import org.seqgan.backend.cuda.driver.Session;
import org.seqgan.backend.cuda.emulator.EmulatedDriver.Setting;

/**
 * Check mode finds the errors of {@code src/test/cuda/planted}, each by its name, and no others.
 */
final class CheckModeTest {
  private static final int THREADS = 64;
  private static final int INPUTS = 4 * THREADS;

  @BeforeAll
  static void load() {
    EmulatedDriver.load();
  }

  /** Runs a kernel of {@code planted.cu} on x of 256 numbers and y of 65, and gives y. */
  private static float[] run(String kernel, int blocks, int n, int sharedBytes) {
    float[] result = new float[THREADS];
    OpenSession.with(
        session -> {
          long x = session.allocate(Float.BYTES * INPUTS);
          long y = session.allocate(Float.BYTES * (THREADS + 1));
          try {
            session.upload(numbers(), x);
            session.upload(new float[THREADS + 1], y);
            launch(session, kernel, blocks, n, sharedBytes, x, y);
            session.download(y, THREADS).into(result, 0);
          } finally {
            EmulatedDriver.recover();
            session.free(x);
            session.free(y);
          }
        });
    return result;
  }

  private static void launch(
      Session session, String kernel, int blocks, int n, int sharedBytes, long x, long y) {
    session
        .launch(kernel)
        .grid(blocks)
        .block(THREADS)
        .shared(sharedBytes)
        .with(x)
        .with(y)
        .with(n)
        .run();
  }

  private static float[] numbers() {
    float[] numbers = new float[INPUTS];
    for (int i = 0; i < INPUTS; i++) {
      numbers[i] = i * 0.37f - 11;
    }
    return numbers;
  }

  /** What the emulator says of a kernel that fails. */
  private static String failureOf(String kernel, int blocks, int n, int sharedBytes) {
    StringBuilder failure = new StringBuilder();
    OpenSession.with(
        session -> {
          long x = session.allocate(Float.BYTES * INPUTS);
          long y = session.allocate(Float.BYTES * THREADS);
          session.upload(numbers(), x);
          session.upload(new float[THREADS], y);
          assertThatThrownBy(
                  () -> {
                    launch(session, kernel, blocks, n, sharedBytes, x, y);
                    session.synchronize();
                  })
              .as(kernel)
              .isInstanceOf(CudaException.class);
          failure.append(EmulatedDriver.failure());
        });
    return failure.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          missing_barrier        | 0   | reads shared s + 252, which nobody has written
          missing_second_barrier | 128 | reads shared s + 0, which thread (0, 0, 0) writes with no barrier between; thread (1, 0, 0) of block (0, 0, 0), after the barrier in line 25
          divergent_barrier      | 40  | a barrier is not reached by all threads: thread (0, 0, 0) of block (0, 0, 0) waits at __syncthreads in line 33; thread (40, 0, 0) of block (0, 0, 0) has returned
          shared_overrun         | 7   | writes 4 bytes at an address that is 0 bytes beyond the end of dynamic shared memory
          static_overrun         | 1   | writes 4 bytes that are not of one variable
          global_overrun         | 193 | reads 4 bytes at an address that is 0 bytes beyond the end of an allocation
          unwritten_read         | 0   | reads shared s + 0, which nobody has written
          lost_update            | 0   | reads device memory + 0, which thread (0, 0, 0) writes with no barrier between
          exited_lane            | 0   | a barrier is not reached by all threads: thread (0, 0, 0) of block (0, 0, 0) waits for its warp in line 70; thread (5, 0, 0) of block (0, 0, 0) has returned
          """)
  void findsThePlantedErrors(String kernel, int n, String expected) {
    EmulatedDriver.with(
        Setting.QUIET,
        1,
        () ->
            EmulatedDriver.with(
                Setting.CHECK,
                1,
                () ->
                    assertThat(failureOf(kernel, 1, n, Float.BYTES * THREADS))
                        .startsWith(kernel + " (planted.cu): ")
                        .contains(expected)));
  }

  /** In this order of threads each has been written before it is read, but by another thread. */
  @Test
  void findsARaceThatDidNoHarm() {
    EmulatedDriver.with(
        Setting.QUIET,
        1,
        () ->
            EmulatedDriver.with(
                Setting.CHECK,
                1,
                () ->
                    assertThat(failureOf("late_barrier", 1, 0, 0))
                        .contains("shared s + ")
                        .contains("writes with no barrier between")));
  }

  @ParameterizedTest
  @CsvSource({"both_barriers, 1, 128", "warp_barrier, 1, 0", "whole_number_update, 3, 0"})
  void saysNothingOfRightKernels(String kernel, int blocks, int n) {
    EmulatedDriver.with(Setting.CHECK, 1, () -> run(kernel, blocks, n, 0));
  }

  @Test
  void knowsThePatternOfTheLastBlock() {
    EmulatedDriver.with(
        Setting.CHECK,
        1,
        () -> {
          float[] y = run("last_block", THREADS, 0, 0);
          double sum = 0;
          for (int i = 0; i < THREADS; i++) {
            sum += numbers()[i];
          }
          assertThat((double) y[0]).isCloseTo(sum, Offset.offset(1e-3));
        });
  }

  /** What check mode would find changes the result between orders, where it does not end it. */
  @Test
  void ordersOfThreadsDifferWhereABarrierIsMissing() {
    float[] forward = run("missing_second_barrier", 1, 256, 0);
    EmulatedDriver.with(
        Setting.ORDER,
        1,
        () -> assertThat(run("missing_second_barrier", 1, 256, 0)).isNotEqualTo(forward));
    float[] right = run("both_barriers", 1, 256, 0);
    for (long order : new long[] {1, 2, 3}) {
      EmulatedDriver.with(
          Setting.ORDER, order, () -> assertThat(run("both_barriers", 1, 256, 0)).isEqualTo(right));
    }
  }
}

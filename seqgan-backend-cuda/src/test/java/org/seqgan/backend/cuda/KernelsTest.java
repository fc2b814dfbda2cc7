package org.seqgan.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.backend.cuda.emulator.EmulatedDriver;
import org.seqgan.backend.cuda.emulator.EmulatedDriver.Setting;
import org.seqgan.testkit.operation.Numbers;
import org.seqgan.testkit.operation.OperationCatalog;
import org.seqgan.testkit.operation.OperationProblems;
import org.seqgan.testkit.operation.Problem;

@DisplayName("The kernels of each operation")
@Tag("slow")
class KernelsTest {
  private static final long SEED = 1;
  private static final int REVERSE = 1;
  private static final int SHUFFLED = 20170208;

  @BeforeAll
  static void loadDriver() {
    EmulatedDriver.load();
  }

  static Stream<Class<?>> operations() {
    return OperationCatalog.problems().keySet().stream();
  }

  /** Odd sizes; where an operation has none, larger ones. */
  private static List<Problem> problems(Class<?> operation) {
    OperationProblems problems = OperationCatalog.problems().get(operation);
    List<Problem> all = new ArrayList<>(problems.oddSizes(new Numbers(SEED)));
    problems.padded(new Numbers(SEED)).forEach(padded -> all.add(padded.problem()));
    return all.isEmpty() ? problems.severalBlocks(new Numbers(SEED)) : all;
  }

  /** Everything fused that can be, or everything composed of primitives. */
  private static CudaOptions options(boolean fused) {
    CudaOptions defaults = CudaOptions.defaults();
    Map<FusedOperation, Boolean> switches =
        Stream.of(FusedOperation.values()).collect(Collectors.toMap(each -> each, each -> fused));
    return new CudaOptions(defaults.device(), defaults.memory(), defaults.precision(), switches);
  }

  /** The results of every problem, in a backend of its own. */
  private static List<Map<String, float[]>> solve(Class<?> operation, boolean fused) {
    List<Map<String, float[]>> results = new ArrayList<>();
    try (TensorBackend backend = new CudaBackendProvider().open(options(fused))) {
      problems(operation).forEach(problem -> results.add(problem.solveOnViews(backend)));
    }
    return results;
  }

  @ParameterizedTest
  @MethodSource("operations")
  void haveNoRacesAndTouchOnlyTheirMemory(Class<?> operation) {
    assertNothingIsFound(operation, true);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void ofPrimitivesHaveNoRacesAndTouchOnlyTheirMemory(Class<?> operation) {
    assertNothingIsFound(operation, false);
  }

  private static void assertNothingIsFound(Class<?> operation, boolean fused) {
    EmulatedDriver.with(
        Setting.CHECK,
        1,
        () -> {
          assertThat(solve(operation, fused)).isNotEmpty();
          assertThat(EmulatedDriver.failure()).isEmpty();
        });
  }

  @ParameterizedTest
  @MethodSource("operations")
  void giveTheSameBitsInAnyOrderOfThreads(Class<?> operation) {
    for (boolean fused : new boolean[] {true, false}) {
      List<Map<String, float[]>> forward = solve(operation, fused);
      for (int order : new int[] {REVERSE, SHUFFLED}) {
        EmulatedDriver.with(
            Setting.ORDER,
            order,
            () -> assertSameBits(operation, forward, solve(operation, fused)));
      }
    }
  }

  /** Who looks at numbers, or overwrites them, before the device has come to them would be seen. */
  @ParameterizedTest
  @MethodSource("operations")
  void giveTheSameBitsWhereTheDeviceIsLate(Class<?> operation) {
    List<Map<String, float[]>> atOnce = solve(operation, true);
    EmulatedDriver.with(
        Setting.LAZY, 1, () -> assertSameBits(operation, atOnce, solve(operation, true)));
  }

  private static void assertSameBits(
      Class<?> operation, List<Map<String, float[]>> expected, List<Map<String, float[]>> actual) {
    for (int i = 0; i < expected.size(); i++) {
      Map<String, float[]> found = actual.get(i);
      String problem = problems(operation).get(i).name();
      expected
          .get(i)
          .forEach(
              (result, values) ->
                  assertThat(Arrays.equals(found.get(result), values))
                      .as("%s of %s", result, problem)
                      .isTrue());
    }
  }
}

package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.ShapeException;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.testkit.operation.OperationCatalog;

/** Calls with wrong shapes, and the text of the error that each must give. */
final class ShapeErrors {
  private final TensorBackend backend;

  ShapeErrors(TensorBackend backend) {
    this.backend = backend;
  }

  Stream<DynamicTest> tests() {
    return Stream.of(storage(), primitives(), alongAxes(), operations()).flatMap(List::stream);
  }

  private List<DynamicTest> storage() {
    return List.of(
        test("tensor", "2 values do not fill [3]", s -> s.tensor(new float[2], 3)),
        test("ints", "2 values do not fill [3]", s -> s.ints(new int[2], 3)),
        test("write", "1 values do not fill [2]", s -> s.write(new float[1], s.zeros(2))),
        test("copy", "[2] does not fill [3]", s -> s.copy(s.zeros(2), s.zeros(3))),
        test("reshape", "[2, 3] cannot become [7]", s -> s.reshape(s.zeros(2, 3), 7)),
        test("reshape", "[4] cannot become [3]", s -> s.reshape(ids(s, 4), 3)),
        test("rows", "1 to 3 is outside axis 0 of shape [2]", s -> s.rows(s.zeros(2), 1, 3)),
        test("rows", "-1 to 1 is outside axis 0 of shape [2]", s -> s.rows(ids(s, 2), -1, 1)));
  }

  private List<DynamicTest> primitives() {
    return List.of(
        test(
            "matmul",
            "inner sizes differ: a is [2, 3], b is [4, 5]",
            s -> s.matmul(s.zeros(2, 3), false, s.zeros(4, 5), false)),
        test(
            "matmul",
            "inner sizes differ: a is [2, 3] transposed, b is [4, 5] transposed",
            s -> s.matmul(s.zeros(2, 3), true, s.zeros(4, 5), true)),
        test(
            "matmul",
            "expected 2 axes, found shape [3]",
            s -> s.matmul(s.zeros(2, 3), false, s.zeros(3), false)),
        test(
            "addMatmul",
            "out is [5, 2], expected [2, 5]",
            s -> s.addMatmul(s.zeros(2, 3), false, s.zeros(3, 5), false, s.zeros(5, 2))),
        test(
            "binary",
            "ADD of [2, 3] and [2]: the second must have the first's shape, its last axis, or [1]",
            s -> s.binary(BinaryOperation.ADD, s.zeros(2, 3), s.zeros(2))),
        test("addScaled", "[2] does not fit [3]", s -> s.addScaled(s.zeros(2), 1f, s.zeros(3))),
        test(
            "gatherRows",
            "expected 2 axes, found shape [3]",
            s -> s.gatherRows(s.zeros(3), ids(s, 2))),
        test(
            "scatterAddRows",
            "rows [2, 3] are not one row of [4, 3] for each of ids [3]",
            s -> s.scatterAddRows(s.zeros(2, 3), ids(s, 3), s.zeros(4, 3))));
  }

  private List<DynamicTest> alongAxes() {
    return List.of(
        test("reduce", "no axis 2 in shape [2, 3]", s -> s.reduce(Reduction.SUM, s.zeros(2, 3), 2)),
        test(
            "reduce",
            "axis 0 of [0, 3] is empty",
            s -> s.reduce(Reduction.MAX, s.allocate(0, 3), 0)),
        test("argMax", "no axis -1 in shape [2, 3]", s -> s.argMax(s.zeros(2, 3), -1)),
        test("concat", "nothing to join", s -> s.concat(List.of(), 0)),
        test(
            "concat",
            "[2] and [2, 1] differ in rank",
            s -> s.concat(List.of(s.zeros(2), s.zeros(2, 1)), 0)),
        test(
            "concat",
            "[2, 3] and [3, 3] differ beside axis 1",
            s -> s.concat(List.of(s.zeros(2, 3), s.zeros(3, 3)), 1)),
        test(
            "slice",
            "2 to 5 is outside axis 1 of shape [2, 4]",
            s -> s.slice(s.zeros(2, 4), 1, 2, 5)));
  }

  /** Every operation says itself which shapes do not fit it. */
  private List<DynamicTest> operations() {
    List<DynamicTest> tests = new ArrayList<>();
    OperationCatalog.problems()
        .forEach(
            (operation, problems) ->
                problems
                    .misfits()
                    .forEach(
                        misfit ->
                            tests.add(
                                test(
                                    nameOf(operation),
                                    misfit.message(),
                                    scope -> scope.run(misfit.operation().apply(scope))))));
    return tests;
  }

  private static String nameOf(Class<?> operation) {
    String simple = operation.getSimpleName();
    return Character.toLowerCase(simple.charAt(0)) + simple.substring(1);
  }

  private static IntTensor ids(TensorScope scope, int count) {
    return scope.ints(new int[count], count);
  }

  private DynamicTest test(String operation, String text, Consumer<TensorScope> call) {
    return dynamicTest(
        operation + ": " + text,
        () -> {
          try (TensorScope scope = backend.openScope()) {
            assertThatThrownBy(() -> call.accept(scope))
                .isInstanceOf(ShapeException.class)
                .hasMessage(operation + " (" + backend.name() + "): " + text);
          }
        });
  }
}

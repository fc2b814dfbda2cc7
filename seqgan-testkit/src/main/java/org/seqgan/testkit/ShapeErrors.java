package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.AdamSettings;
import org.seqgan.api.backend.AdamSlot;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.ConvolutionFilters;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.ShapeException;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.random.RandomDraws;

/** Calls with wrong shapes, and the text of the error that each must give. */
final class ShapeErrors {
  private final TensorBackend backend;

  ShapeErrors(TensorBackend backend) {
    this.backend = backend;
  }

  Stream<DynamicTest> tests() {
    return Stream.of(storage(), primitives(), alongAxes(), models(), losses())
        .flatMap(List::stream);
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

  private List<DynamicTest> models() {
    return List.of(
        test(
            "linear",
            "x[n, i] is [2, 3], W[i, o] [4, 5], b[o] [5]",
            s -> s.linear(s.zeros(2, 3), s.zeros(4, 5), s.zeros(5), Activation.RELU)),
        test(
            "linearBackward",
            "dy is [2, 4], y is [2, 5]",
            s ->
                s.linearBackward(
                    s.zeros(2, 3), s.zeros(3, 5), Activation.RELU, s.zeros(2, 5), s.zeros(2, 4))),
        test(
            "lstm",
            "x[B, T, E] is [2, 4, 3], W[E, 4H] [3, 8], U[H, 4H] [2, 8], b[4H] [8], lengths[B] [3]",
            s -> s.lstm(s.zeros(2, 4, 3), s.zeros(3, 8), s.zeros(2, 8), s.zeros(8), ids(s, 3))),
        test(
            "lstmStep",
            "table[V, 4H] is [5, 8], ids[n] [3], U[H, 4H] [2, 8], h[n, H] [3, 2], c[n, H] [3, 3]",
            s -> s.lstmStep(s.zeros(5, 8), ids(s, 3), s.zeros(2, 8), s.zeros(3, 2), s.zeros(3, 3))),
        test(
            "convMaxPool",
            "filter width 5, but there are 4 positions: a width must be 1 to T",
            s -> convMaxPool(s, new ConvolutionFilters(5, s.zeros(15, 6), s.zeros(6)))),
        test(
            "convMaxPool",
            "width 2 with W[width * E, F] [7, 6] and b[F] [6], but E is 3",
            s -> convMaxPool(s, new ConvolutionFilters(2, s.zeros(7, 6), s.zeros(6)))),
        test(
            "tokenConvMaxPool",
            "width 2 with W[width * E, F] [7, 6] and b[F] [6], but E is 3",
            s -> tokenConvMaxPool(s, new ConvolutionFilters(2, s.zeros(7, 6), s.zeros(6)))),
        test(
            "highway",
            "x is [2, 3], so both matrices must be square of its width; found [3, 4] and [3, 3]",
            s -> s.highway(s.zeros(2, 3), s.zeros(3, 4), s.zeros(4), s.zeros(3, 3), s.zeros(3))));
  }

  private List<DynamicTest> losses() {
    RandomDraws draws = new RandomDraws(1, 0, 1, 3);
    AdamSettings settings = AdamSettings.of(0.1f, 0f);
    return List.of(
        test(
            "sampleTokens",
            "h is [2, 3], but there are 3 draws and out is [2]",
            s ->
                s.sampleTokens(
                    s.zeros(2, 3),
                    s.zeros(3, 5),
                    s.zeros(5),
                    Decoding.SAMPLE,
                    draws,
                    s.allocateInts(2))),
        test(
            "tokenLogProbabilities",
            "h is [2, 3], targets are [3]",
            s -> s.tokenLogProbabilities(s.zeros(2, 3), s.zeros(3, 5), s.zeros(5), ids(s, 3))),
        test(
            "linearCrossEntropy",
            "h is [2, 3], targets are [2], weights of tokens [1]",
            s ->
                s.linearCrossEntropy(
                    s.zeros(2, 3), s.zeros(3, 5), s.zeros(5), ids(s, 2), s.zeros(1))),
        test(
            "softmaxCrossEntropy",
            "logits are [2, 3], labels [3]",
            s -> s.softmaxCrossEntropy(s.zeros(2, 3), ids(s, 3))),
        test(
            "dropout",
            "x is [2, 3], but there are 3 draws",
            s -> s.dropout(s.zeros(2, 3), 0.5f, draws)),
        test(
            "dropout",
            "keep must be above 0 and at most 1, found 0.0",
            s -> s.dropout(s.zeros(3), 0f, draws)),
        test(
            "adam",
            "parameter is [2], gradient [3], moments [2] and [2]",
            s ->
                s.adam(
                    List.of(new AdamSlot(s.zeros(2), s.zeros(3), s.zeros(2), s.zeros(2))),
                    settings,
                    1)),
        test("adam", "step is 0, counted from 1", s -> s.adam(List.of(), settings, 0)));
  }

  private static void convMaxPool(TensorScope scope, ConvolutionFilters filters) {
    Tensor x = scope.zeros(2, 4, 3);
    scope.convMaxPool(x, List.of(filters), scope.ints(new int[] {4, 1}, 2));
  }

  private static void tokenConvMaxPool(TensorScope scope, ConvolutionFilters filters) {
    IntTensor ids = scope.ints(new int[2 * 4], 2, 4);
    scope.tokenConvMaxPool(
        scope.zeros(5, 3), ids, List.of(filters), scope.ints(new int[] {4, 1}, 2));
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

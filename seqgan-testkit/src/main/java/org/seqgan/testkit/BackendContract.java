package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.MemoryUse;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.operation.AdamStep;
import org.seqgan.api.operation.Attention;
import org.seqgan.api.operation.ConvMaxPool;
import org.seqgan.api.operation.Dropout;
import org.seqgan.api.operation.Gru;
import org.seqgan.api.operation.GruStep;
import org.seqgan.api.operation.GumbelNoise;
import org.seqgan.api.operation.Linear;
import org.seqgan.api.operation.Lstm;
import org.seqgan.api.operation.SampleTokens;
import org.seqgan.api.operation.StraightThrough;
import org.seqgan.api.operation.TokenConvMaxPool;
import org.seqgan.api.operation.TokenLogProbabilities;
import org.seqgan.api.random.RandomDraws;
import org.seqgan.testkit.operation.Numbers;
import org.seqgan.testkit.operation.OperationCatalog;
import org.seqgan.testkit.operation.OperationProblems;
import org.seqgan.testkit.operation.Problem;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

/**
 * What every tensor backend must do. Extend it and implement {@link #open}; each test opens a
 * backend, and fails if anything is left in it at the end.
 *
 * <p>Numbers are compared with {@link ReferenceBackend} within {@code 1e-6 (8 + d / 4)}, where d is
 * the number of terms of the longest sum; gradients also with finite differences of the backend's
 * own values.
 */
public abstract class BackendContract {
  private static final long[] SEEDS = {1, 2, 3};

  /** Of a tensor in which one number is none. */
  private static final int COLUMNS = 70;

  private final ReferenceBackend reference = new ReferenceBackend(ReferenceOptions.defaults());
  private TensorBackend backend;

  /**
   * A new backend; several may be open at once. The contract closes it.
   *
   * @param threads how many threads it may use; a backend without threads ignores it
   */
  protected abstract TensorBackend open(int threads);

  @BeforeEach
  final void openBackend() {
    backend = open(2);
  }

  @AfterEach
  final void nothingIsLeft() {
    try (TensorBackend closing = backend) {
      assertThat(closing.memory().liveTensors()).as("tensors left").isZero();
      assertThat(closing.memory().liveBytes()).as("bytes left").isZero();
    }
  }

  // ---- life cycle ----

  @Test
  final void hasANameAndABudget() {
    assertThat(backend.name()).matches("[a-z][a-z0-9-]{0,39}");
    assertThat(backend.budgetBytes()).isPositive();
  }

  @Test
  final void countsItsMemory() {
    MemoryUse before = backend.memory();
    try (TensorScope scope = backend.openScope()) {
      Tensor tensor = scope.zeros(10, 100);
      scope.reshape(tensor, 1000);
      scope.allocateInts(10);
      MemoryUse during = backend.memory();
      assertThat(during.liveTensors()).isEqualTo(before.liveTensors() + 2);
      assertThat(during.liveBytes()).isGreaterThanOrEqualTo(before.liveBytes() + 4040);
      assertThat(during.peakBytes()).isGreaterThanOrEqualTo(during.liveBytes());
    }
    assertThat(backend.memory().liveTensors()).isEqualTo(before.liveTensors());
    assertThat(backend.memory().liveBytes()).isEqualTo(before.liveBytes());
    assertThat(backend.memory().peakBytes()).isGreaterThanOrEqualTo(4040);
  }

  @Test
  final void rejectsTensorsOfAClosedScope() {
    try (TensorScope outer = backend.openScope()) {
      TensorScope inner = backend.openScope();
      Tensor owned = inner.zeros(2, 3);
      Tensor view = inner.rows(owned, 0, 1);
      inner.close();
      inner.close();
      assertThat(owned.isClosed()).isTrue();
      for (Tensor closed : List.of(owned, view)) {
        assertThatThrownBy(() -> outer.softmax(closed))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(
                "softmax (%s): a tensor of shape %s was used after its scope closed",
                backend.name(), closed);
      }
      assertThatThrownBy(() -> inner.allocate(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("allocate (%s): the scope is closed", backend.name());
    }
  }

  @TestFactory
  final Stream<DynamicTest> rejectsWrongShapes() {
    return new ShapeErrors(backend).tests();
  }

  // ---- numbers ----

  @TestFactory
  final Stream<DynamicTest> primitivesAgreeWithTheReference() {
    return forEachSeed(PrimitiveProblems::oddSizes, this::assertAgreesWithReference);
  }

  @TestFactory
  final Stream<DynamicTest> primitivesReadViewsLikeTensors() {
    return forEachSeed(PrimitiveProblems::oddSizes, this::assertReadsViews);
  }

  @TestFactory
  final Stream<DynamicTest> operationsAgreeWithTheReference() {
    return forEachSeed(problems(OperationProblems::oddSizes), this::assertAgreesWithReference);
  }

  @TestFactory
  final Stream<DynamicTest> operationsReadViewsLikeTensors() {
    return forEachSeed(problems(OperationProblems::oddSizes), this::assertReadsViews);
  }

  @TestFactory
  final Stream<DynamicTest> operationsAgreeWithTheirComposition() {
    return forEachSeed(
        problems(OperationProblems::oddSizes),
        (problem, seed) ->
            Agreement.assertClose(
                problem, seed, problem.solve(PrimitivesOnly.of(backend)), solve(problem)));
  }

  @TestFactory
  final Stream<DynamicTest> gradientsAgreeWithFiniteDifferences() {
    return forEachSeed(
        problems(OperationProblems::small),
        (problem, seed) -> new FiniteDifferences(backend, problem, seed).check());
  }

  @TestFactory
  final Stream<DynamicTest> hardNumbersStayFinite() {
    return forEachSeed(
        problems(OperationProblems::hardNumbers),
        (problem, seed) -> {
          Agreement.assertFinite(problem, seed, solve(problem));
          assertAgreesWithReference(problem, seed);
        });
  }

  @TestFactory
  final Stream<DynamicTest> everyOperationIsTried() {
    return OperationCatalog.problems().entrySet().stream()
        .map(
            entry ->
                dynamicTest(
                    entry.getKey().getSimpleName(),
                    () -> {
                      OperationProblems problems = entry.getValue();
                      if (Differentiable.class.isAssignableFrom(entry.getKey())
                          && !problems.estimatesGradient()) {
                        assertThat(problems.small(new Numbers(1)))
                            .as("problems for finite differences")
                            .isNotEmpty();
                      }
                      assertThat(
                              problems.oddSizes(new Numbers(1)).size()
                                  + problems.severalBlocks(new Numbers(1)).size())
                          .as("problems")
                          .isPositive();
                    }));
  }

  /** Those of every operation, with numbers of a seed. */
  private static LongFunction<List<Problem>> problems(
      BiFunction<OperationProblems, Numbers, List<Problem>> kind) {
    return seed ->
        OperationCatalog.problems().values().stream()
            .flatMap(each -> kind.apply(each, new Numbers(seed)).stream())
            .toList();
  }

  private interface Check {
    void check(Problem problem, long seed);
  }

  private static Stream<DynamicTest> forEachSeed(
      LongFunction<List<Problem>> problems, Check check) {
    return LongStream.of(SEEDS)
        .boxed()
        .flatMap(
            seed ->
                problems.apply(seed).stream()
                    .map(
                        problem ->
                            dynamicTest(
                                problem + ", seed " + seed, () -> check.check(problem, seed))));
  }

  private void assertAgreesWithReference(Problem problem, long seed) {
    Agreement.assertClose(problem, seed, problem.solve(reference), solve(problem));
  }

  private void assertReadsViews(Problem problem, long seed) {
    Agreement.assertClose(problem, seed, solve(problem), problem.solveOnViews(backend));
  }

  /** Solves a problem and checks that it left nothing behind. */
  private Map<String, float[]> solve(Problem problem) {
    MemoryUse before = backend.memory();
    Map<String, float[]> results = problem.solve(backend);
    assertThat(backend.memory().liveTensors())
        .as("tensors left by %s", problem)
        .isEqualTo(before.liveTensors());
    assertThat(backend.memory().liveBytes())
        .as("bytes left by %s", problem)
        .isEqualTo(before.liveBytes());
    return results;
  }

  // ---- sequences of variable length ----

  @TestFactory
  final Stream<DynamicTest> whatFollowsTheEndOfASequenceDoesNotMatter() {
    return LongStream.of(SEEDS)
        .boxed()
        .flatMap(
            seed ->
                OperationCatalog.problems().values().stream()
                    .flatMap(each -> each.padded(new Numbers(seed)).stream())
                    .map(
                        padded ->
                            dynamicTest(
                                padded.problem() + ", seed " + seed,
                                () -> assertIgnoresPadding(padded, seed))));
  }

  @Test
  final void convolutionOfTokensIsThatOfTheirEmbeddings() {
    for (long seed : SEEDS) {
      // Few tokens in many sequences, and many tokens in few.
      for (int[] size : new int[][] {{90, 3}, {4, 70}}) {
        Numbers numbers = new Numbers(seed);
        try (TensorScope scope = backend.openScope()) {
          Tensor table = scope.tensor(numbers.symmetric(size[1] * 40), size[1], 40);
          IntTensor ids = scope.ints(numbers.ids(size[0] * 6, size[1]), size[0], 6);
          IntTensor lengths = scope.ints(numbers.lengths(size[0], 6), size[0]);
          List<ConvMaxPool.Filters> bank = new ArrayList<>();
          for (int width : new int[] {1, 2, 5, 6}) {
            float[] weights = numbers.symmetric(width * 40 * 21);
            float[] bias = numbers.symmetric(21);
            bank.add(
                new ConvMaxPool.Filters(
                    width, scope.tensor(weights, width * 40, 21), scope.tensor(bias, 21)));
          }
          Tensor x = scope.gatherRows(table, ids);
          float[] expected = scope.read(scope.run(new ConvMaxPool(x, bank, lengths)).output());
          float[] actual = scope.read(scope.run(new TokenConvMaxPool(table, ids, bank, lengths)));
          assertThat(actual)
              .as("%d sequences of %d tokens, seed %d", size[0], size[1], seed)
              .containsExactly(expected, Offset.offset(1e-4f));
        }
      }
    }
  }

  @Test
  final void stepsOfAGruAreThoseOfTheSequence() {
    Numbers numbers = new Numbers(ContractSeed.of(22));
    int batch = 13;
    int time = 5;
    int vocabulary = 7;
    int hidden = 33;
    int[] ids = numbers.ids(time * batch, vocabulary);
    try (TensorScope scope = backend.openScope()) {
      Tensor embedding = scope.tensor(numbers.symmetric(vocabulary * 3), vocabulary, 3);
      Tensor w = scope.tensor(numbers.symmetric(3 * 3 * hidden), 3, 3 * hidden);
      Tensor u = scope.tensor(numbers.symmetric(hidden * 3 * hidden), hidden, 3 * hidden);
      Tensor b = scope.tensor(numbers.symmetric(3 * hidden), 3 * hidden);
      Tensor c = scope.tensor(numbers.symmetric(hidden), hidden);
      Tensor table = scope.binary(BinaryOperation.ADD, scope.matmul(embedding, false, w, false), b);
      Tensor h = scope.zeros(batch, hidden);
      List<Tensor> steps = new ArrayList<>();
      List<Tensor> inputs = new ArrayList<>();
      for (int t = 0; t < time; t++) {
        IntTensor tokens = scope.rows(scope.ints(ids, time, batch), t, t + 1);
        tokens = scope.reshape(tokens, batch);
        scope.run(new GruStep(table, tokens, u, c, h));
        steps.add(scope.affine(scope.reshape(h, batch, 1, hidden), 1f, 0f));
        inputs.add(scope.reshape(scope.gatherRows(embedding, tokens), batch, 1, 3));
      }
      int[] whole = new int[batch];
      Arrays.fill(whole, time);
      Gru sequence = new Gru(scope.concat(inputs, 1), w, u, b, c, scope.ints(whole, batch));
      assertThat(scope.read(scope.run(sequence).output()))
          .containsExactly(scope.read(scope.concat(steps, 1)), within(1e-5f));
    }
  }

  /** Numbers of any size, so that nothing but zero times them is nothing. */
  @Test
  final void keysThatDoNotCountHaveNoWeightAndNoGradient() {
    Numbers numbers = new Numbers(ContractSeed.of(23));
    int size = 3 * 5 * 4;
    int[] lengths = {5, 2, 1};
    float[] keys = numbers.symmetric(size);
    float[] values = numbers.symmetric(size);
    List<List<float[]>> results = new ArrayList<>();
    for (float garbage : new float[] {0f, Float.MAX_VALUE}) {
      for (int b = 0; b < lengths.length; b++) {
        Arrays.fill(keys, (b * 5 + lengths[b]) * 4, (b + 1) * 5 * 4, garbage);
        Arrays.fill(values, (b * 5 + lengths[b]) * 4, (b + 1) * 5 * 4, -garbage);
      }
      try (TensorScope scope = backend.openScope()) {
        Attention attention =
            new Attention(
                scope.tensor(new Numbers(1).symmetric(size), 3, 5, 4),
                scope.tensor(keys, 3, 5, 4),
                scope.tensor(values, 3, 5, 4),
                2,
                0.7f,
                true,
                Optional.of(scope.ints(lengths, 3)));
        Forward forward = scope.run(attention);
        Tensor dOutput = scope.tensor(Problem.outputWeights(size), 3, 5, 4);
        List<float[]> found = new ArrayList<>(List.of(scope.read(forward.output())));
        scope.gradients(attention, forward, dOutput).forEach(each -> found.add(scope.read(each)));
        results.add(found);
      }
    }
    for (int i = 0; i < results.get(0).size(); i++) {
      assertThat(results.get(1).get(i)).isEqualTo(results.get(0).get(i));
    }
    for (int b = 0; b < lengths.length; b++) {
      int from = (b * 5 + lengths[b]) * 4;
      assertThat(isZero(results.get(0).get(2), from, (b + 1) * 20)).as("keys of %d", b).isTrue();
      assertThat(isZero(results.get(0).get(3), from, (b + 1) * 20)).as("values of %d", b).isTrue();
    }
  }

  private void assertIgnoresPadding(OperationProblems.Padded padded, long seed) {
    Problem problem = padded.problem();
    Map<String, float[]> results = solve(problem);
    float[] x = problem.values("x");
    float[] dx = results.get(Problem.DERIVATIVE + "x");
    for (int b = 0; b < padded.lengths().length; b++) {
      int from = (b * padded.time() + padded.lengths()[b]) * padded.features();
      int to = (b + 1) * padded.time() * padded.features();
      Arrays.fill(x, from, to, 1e3f);
      assertThat(isZero(dx, from, to))
          .as("%s, seed %d: gradient after the end of sequence %d is 0", problem, seed, b)
          .isTrue();
    }
    Agreement.assertClose(problem, seed, results, solve(problem.replacing("x", x)));
  }

  @Test
  final void lstmOutputsAfterTheEndAreZero() {
    OperationProblems.Padded padded =
        OperationCatalog.problems().get(Lstm.class).padded(new Numbers(1)).get(0);
    float[] output = solve(padded.problem()).get(Problem.OUTPUT);
    int hidden = output.length / (padded.lengths().length * padded.time());
    for (int b = 0; b < padded.lengths().length; b++) {
      for (int t = 0; t < padded.time(); t++) {
        int row = b * padded.time() + t;
        assertThat(isZero(output, row * hidden, (row + 1) * hidden))
            .as("sequence %d of length %d is 0 at step %d", b, padded.lengths()[b], t)
            .isEqualTo(t >= padded.lengths()[b]);
      }
    }
  }

  /**
   * Whatever the order in which it adds up: a confident model has logits of hundreds, whose last
   * digits are far from 0.
   */
  @Test
  final void noTokenIsMoreThanCertain() {
    int rows = 64;
    int hidden = 256;
    int vocabulary = 200;
    float[] h = new Numbers(1).symmetric(rows * hidden);
    float[] weights = new float[hidden * vocabulary];
    int[] targets = new int[rows];
    for (int row = 0; row < rows; row++) {
      targets[row] = row;
      for (int i = 0; i < hidden; i++) {
        weights[i * vocabulary + row] = 30 * h[row * hidden + i];
      }
    }
    try (TensorScope scope = backend.openScope()) {
      float[] logarithms =
          scope.read(
              scope.run(
                  new TokenLogProbabilities(
                      scope.tensor(h, rows, hidden),
                      scope.tensor(weights, hidden, vocabulary),
                      scope.zeros(vocabulary),
                      scope.ints(targets, rows))));
      for (int row = 0; row < rows; row++) {
        assertThat(logarithms[row]).as("row %d", row).isBetween(-1e-2f, 0f);
      }
    }
  }

  /** A model whose parameters are no numbers any more must not go on as if they were. */
  @TestFactory
  final Stream<DynamicTest> whatIsNoNumberStaysSo() {
    return Stream.of(
        isNone("relu", scope -> scope.unary(UnaryOperation.RELU, unknown(scope))),
        isNone(
            "maximum with a number",
            scope -> scope.binary(BinaryOperation.MAX, unknown(scope), zeros(scope))),
        isNone(
            "maximum of a number with it",
            scope -> scope.binary(BinaryOperation.MAX, zeros(scope), unknown(scope))),
        isNone("maximum of a row", scope -> scope.reduce(Reduction.MAX, unknown(scope), 1)),
        isNone("maximum of a column", scope -> scope.reduce(Reduction.MAX, unknown(scope), 0)),
        isNone("softmax", scope -> scope.softmax(unknown(scope))),
        isNone(
            "relu of a linear layer",
            scope ->
                scope
                    .run(
                        new Linear(
                            zeros(scope),
                            scope.zeros(COLUMNS, 3),
                            scope.tensor(new float[] {0, Float.NaN, 0}, 3),
                            Activation.RELU))
                    .output()));
  }

  private DynamicTest isNone(String name, Function<TensorScope, Tensor> computed) {
    return dynamicTest(
        name,
        () -> {
          try (TensorScope scope = backend.openScope()) {
            assertThat(scope.read(computed.apply(scope))).contains(Float.NaN);
          }
        });
  }

  /** Numbers, but for one that is none, {@code [3, COLUMNS]}. */
  private static Tensor unknown(TensorScope scope) {
    float[] values = new Numbers(1).symmetric(3 * COLUMNS);
    values[COLUMNS + 40] = Float.NaN;
    return scope.tensor(values, 3, COLUMNS);
  }

  private static Tensor zeros(TensorScope scope) {
    return scope.zeros(3, COLUMNS);
  }

  /** Clipping is by the norm of all gradients, which is none then. */
  @Test
  final void aClippedStepOfWhatIsNoNumberIsNone() {
    try (TensorScope scope = backend.openScope()) {
      Tensor spoiled = scope.zeros(2);
      Tensor other = scope.zeros(3);
      AdamStep.Slot[] slots = {
        new AdamStep.Slot(
            spoiled, scope.tensor(new float[] {Float.NaN, 1}, 2), scope.zeros(2), scope.zeros(2)),
        new AdamStep.Slot(
            other, scope.tensor(new float[] {1, 2, 3}, 3), scope.zeros(3), scope.zeros(3))
      };
      AdamStep.Settings clipped = new AdamStep.Settings(0.1f, 0.9f, 0.999f, 1e-8f, 5f);
      assertThat(scope.read(scope.run(new AdamStep(List.of(slots), clipped, 1))))
          .containsExactly(Float.NaN);
      assertThat(scope.read(spoiled)).containsOnly(Float.NaN);
      assertThat(scope.read(other)).containsOnly(Float.NaN);
    }
  }

  /** Of a filter whose bias is no number, and of a token whose embedding is none. */
  @Test
  final void aConvolutionOfWhatIsNoNumberIsNone() {
    int time = 12;
    for (int at = 0; at < time; at++) {
      try (TensorScope scope = backend.openScope()) {
        Numbers numbers = new Numbers(1);
        float[] embeddings = numbers.symmetric(2 * time * 4);
        embeddings[at * 4 + 2] = Float.NaN;
        Tensor table = scope.tensor(embeddings, 2 * time, 4);
        int[] each = IntStream.range(0, 2 * time).toArray();
        IntTensor ids = scope.ints(each, 2, time);
        IntTensor lengths = scope.ints(new int[] {time, time}, 2);
        List<ConvMaxPool.Filters> bank =
            List.of(
                new ConvMaxPool.Filters(
                    2,
                    scope.tensor(numbers.symmetric(2 * 4 * 3), 2 * 4, 3),
                    scope.tensor(new float[] {0, Float.NaN, 0}, 3)));
        float[] expected = new float[] {Float.NaN, Float.NaN, Float.NaN};
        Tensor x = scope.gatherRows(table, ids);
        for (float[] found :
            List.of(
                scope.read(scope.run(new ConvMaxPool(x, bank, lengths)).output()),
                scope.read(scope.run(new TokenConvMaxPool(table, ids, bank, lengths))))) {
          assertThat(Arrays.copyOf(found, 3)).as("NaN at token %d", at).containsExactly(expected);
          assertThat(found[3]).as("of numbers").isFinite();
          assertThat(found[4]).as("of a bias that is none").isNaN();
        }
      }
    }
  }

  private static boolean isZero(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      if (values[i] != 0) {
        return false;
      }
    }
    return true;
  }

  // ---- repeatability ----

  @TestFactory
  final Stream<DynamicTest> givesTheSameBitsForAnyNumberOfThreads() {
    List<Problem> problems = problems(OperationProblems::severalBlocks).apply(1);
    Map<String, Map<String, float[]>> onOneThread = new LinkedHashMap<>();
    try (TensorBackend single = open(1)) {
      problems.forEach(problem -> onOneThread.put(problem.name(), problem.solve(single)));
    }
    return problems.stream()
        .map(
            problem ->
                dynamicTest(
                    problem.name(),
                    () -> {
                      Map<String, float[]> expected = onOneThread.get(problem.name());
                      Agreement.assertSameBits(problem, 1, expected, solve(problem));
                      Agreement.assertSameBits(problem, 1, expected, solve(problem));
                    }));
  }

  @TestFactory
  final Stream<DynamicTest> severalBlocksAgreeWithTheReference() {
    return problems(OperationProblems::severalBlocks).apply(2).stream()
        .filter(problem -> !problem.name().startsWith("sampleTokens"))
        .map(problem -> dynamicTest(problem.name(), () -> assertAgreesWithReference(problem, 2)));
  }

  // ---- random numbers ----

  @Test
  final void uniformNumbersAreThoseOfTheDraws() {
    RandomDraws[] ranges = {
      new RandomDraws(0, 0, 1, 1),
      new RandomDraws(0x123456789ABCDEFL, 7, 1, 1001),
      new RandomDraws(-1, (1L << 40) + 3, 20, 257),
      new RandomDraws(42, 5, 3, 4096)
    };
    for (RandomDraws draws : ranges) {
      try (TensorScope scope = backend.openScope()) {
        float[] numbers = scope.read(scope.uniform(draws));
        for (int i = 0; i < draws.count(); i++) {
          assertThat(numbers[i]).as("number %d of %s", i, draws).isEqualTo(draws.uniform(i));
        }
      }
    }
  }

  @Test
  final void dropoutKeepsWhereTheDrawIsBelowKeep() {
    RandomDraws draws = new RandomDraws(9, 13, 1, 67 * 13);
    float keep = 0.75f;
    try (TensorScope scope = backend.openScope()) {
      float[] x = new Numbers(1).symmetric(67 * 13);
      float[] y = scope.read(scope.run(new Dropout(scope.tensor(x, 67, 13), keep, draws)).output());
      for (int i = 0; i < x.length; i++) {
        float expected = draws.uniform(i) < keep ? x[i] / keep : 0f;
        assertThat(y[i]).as("element %d", i).isCloseTo(expected, within(1e-6f));
      }
      assertThat(scope.read(scope.run(new Dropout(scope.tensor(x, 67, 13), 1f, draws)).output()))
          .isEqualTo(x);
    }
  }

  @Test
  final void gumbelNoiseIsThatOfTheDraws() {
    RandomDraws draws = new RandomDraws(9, 13, 1, 67 * 1001);
    try (TensorScope scope = backend.openScope()) {
      float[] noise = scope.read(scope.run(new GumbelNoise(draws, 67, 1001)));
      double sum = 0;
      for (int i = 0; i < noise.length; i++) {
        float u = draws.uniform(i);
        float expected = (float) -Math.log(-Math.log(u + 1e-10f) + 1e-10);
        assertThat(noise[i]).as("noise of draw %d, %s", i, u).isCloseTo(expected, within(1e-5f));
        sum += noise[i];
      }
      // Euler's constant, give or take five standard errors.
      assertThat(sum / noise.length).isCloseTo(0.5772, Offset.offset(5 * 1.2825 / 259));
    }
  }

  @Test
  final void straightThroughPassesTheGradientAsItIs() {
    Numbers numbers = new Numbers(ContractSeed.of(24));
    float[] derivative = numbers.symmetric(2 * 3);
    try (TensorScope scope = backend.openScope()) {
      StraightThrough operation =
          new StraightThrough(
              scope.tensor(numbers.unit(2 * 3), 2, 3), scope.ints(new int[] {2, 0}, 2));
      Forward forward = scope.run(operation);
      assertThat(scope.read(forward.output())).containsExactly(0, 0, 1, 1, 0, 0);
      Tensor dOutput = scope.tensor(derivative, 2, 3);
      assertThat(scope.read(scope.gradients(operation, forward, dOutput).get(0)))
          .containsExactly(derivative);
    }
  }

  private static Offset<Float> within(float distance) {
    return Offset.offset(distance);
  }

  @Test
  final void samplesFollowTheSoftmax() {
    float[] logits = new Numbers(5).symmetric(67);
    for (int v = 0; v < logits.length; v++) {
      logits[v] *= 3;
    }
    for (float temperature : new float[] {1f, 0.5f}) {
      Decoding decoding = Decoding.atTemperature(temperature);
      int[] tokens = sampleFromLogits(logits, decoding, new RandomDraws(11, 0, 1, 200_000));
      int[] counts = new int[logits.length];
      for (int token : tokens) {
        counts[token]++;
      }
      assertThat(new ExpectedDraws(widen(logits), decoding).chiSquaredRatio(counts))
          .as(
              "chi-squared over its critical value at temperature %s, counts %s",
              temperature, Arrays.toString(counts))
          .isLessThan(1);
    }
  }

  @Test
  final void samplesByInverseCdfInIdOrder() {
    for (long seed : SEEDS) {
      for (int[] size : new int[][] {{1000, 13, 67}, {67, 3, 1}, {513, 32, 501}, {3, 1, 2}}) {
        assertInverseCdf(size[0], size[1], size[2], Decoding.SAMPLE, seed);
        assertInverseCdf(size[0], size[1], size[2], Decoding.atTemperature(0.5f), seed);
        assertInverseCdf(size[0], size[1], size[2], Decoding.atTemperature(2f), seed);
      }
    }
  }

  private void assertInverseCdf(int n, int hidden, int vocabulary, Decoding decoding, long seed) {
    Numbers numbers = new Numbers(seed);
    float[] h = numbers.symmetric(n * hidden);
    float[] weights = numbers.symmetric(hidden * vocabulary);
    float[] bias = numbers.symmetric(vocabulary);
    RandomDraws draws = numbers.stream().table(n, 3).column(1, 0, n);
    int[] tokens = sample(h, weights, bias, decoding, draws);
    for (int r = 0; r < n; r++) {
      double[] logits = widen(bias);
      for (int i = 0; i < hidden; i++) {
        for (int v = 0; v < vocabulary; v++) {
          logits[v] += (double) h[r * hidden + i] * weights[i * vocabulary + v];
        }
      }
      assertThat(new ExpectedDraws(logits, decoding).allows(tokens[r], draws.uniform(r), 1e-5))
          .as("%s, V=%d, seed %d, row %d: token %d", decoding, vocabulary, seed, r, tokens[r])
          .isTrue();
    }
  }

  @Test
  final void aRowTakesTheDrawThatItIsGiven() {
    int n = 301;
    int hidden = 5;
    int vocabulary = 67;
    Numbers numbers = new Numbers(ContractSeed.of(21));
    float[] h = numbers.symmetric(n * hidden);
    float[] weights = numbers.symmetric(hidden * vocabulary);
    float[] bias = numbers.symmetric(vocabulary);
    RandomDraws draws = new RandomDraws(5, 3, 7, n);
    int[] chosen = {300, 0, 17, 18, 5, 250, 17};
    float[] ofChosen = new float[chosen.length * hidden];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(h, chosen[i] * hidden, ofChosen, i * hidden, hidden);
    }
    for (Decoding decoding : List.of(Decoding.SAMPLE, new Decoding(0.5f, 20, 0.8f))) {
      int[] all = sample(h, weights, bias, decoding, draws);
      int[] expected = Arrays.stream(chosen).map(row -> all[row]).toArray();
      int[] found = sample(ofChosen, weights, bias, decoding, draws, Optional.of(chosen));
      assertThat(found).as("%s", decoding).containsExactly(expected);
    }
  }

  @Test
  final void topKAndTopPDrawWhatTheyKeepAndNothingElse() {
    // Logits 0.05 apart, shuffled: no rounding can change which tokens are kept.
    float[] logits = new float[67];
    int[] order = new Numbers(3).stream().permutation(logits.length);
    for (int v = 0; v < logits.length; v++) {
      logits[v] = 0.05f * order[v];
    }
    assertDrawsKeptTokens(logits, new Decoding(1f, 1, 1f));
    assertDrawsKeptTokens(logits, new Decoding(1f, 5, 1f));
    assertDrawsKeptTokens(logits, new Decoding(1f, 1000, 1f));
    assertDrawsKeptTokens(logits, new Decoding(1f, 0, 0.5f));
    assertDrawsKeptTokens(logits, new Decoding(1f, 0, 0.001f));
    assertDrawsKeptTokens(logits, new Decoding(0.5f, 20, 0.8f));
    assertDrawsKeptTokens(logits, new Decoding(2f, 13, 0.3f));
  }

  @Test
  final void topKPrefersTheSmallerIdAmongEqualLogits() {
    int[] tokens =
        sampleFromLogits(new float[67], new Decoding(1f, 3, 1f), new RandomDraws(2, 0, 1, 1000));
    assertThat(tokens).containsOnly(0, 1, 2).contains(0, 1, 2);
  }

  private void assertDrawsKeptTokens(float[] logits, Decoding decoding) {
    RandomDraws draws = new RandomDraws(77, 0, 1, 20_000);
    int[] tokens = sampleFromLogits(logits, decoding, draws);
    ExpectedDraws expected = new ExpectedDraws(widen(logits), decoding);
    int[] counts = new int[logits.length];
    for (int r = 0; r < tokens.length; r++) {
      counts[tokens[r]]++;
      assertThat(expected.allows(tokens[r], draws.uniform(r), 1e-5))
          .as("%s, row %d: token %d for u = %s", decoding, r, tokens[r], draws.uniform(r))
          .isTrue();
    }
    for (int v = 0; v < logits.length; v++) {
      if (expected.probability(v) * tokens.length > 30) {
        assertThat(counts[v]).as("%s: how often token %d was drawn", decoding, v).isPositive();
      }
    }
  }

  @Test
  final void neverDrawsATokenOfProbabilityZero() {
    float[] logits = new float[67];
    for (int v = 0; v < logits.length; v++) {
      logits[v] = v % 3 == 0 ? 80 : v % 3 == 1 ? -80 : -1e30f;
    }
    for (Decoding decoding : List.of(Decoding.SAMPLE, Decoding.atTemperature(0.5f))) {
      int[] tokens = sampleFromLogits(logits, decoding, new RandomDraws(4, 0, 1, 10_000));
      assertThat(Arrays.stream(tokens).filter(v -> v % 3 != 0)).as("%s", decoding).isEmpty();
    }
  }

  private int[] sampleFromLogits(float[] logits, Decoding decoding, RandomDraws draws) {
    return sample(new float[draws.count()], new float[logits.length], logits, decoding, draws);
  }

  private int[] sample(
      float[] h, float[] weights, float[] bias, Decoding decoding, RandomDraws draws) {
    return sample(h, weights, bias, decoding, draws, Optional.empty());
  }

  private int[] sample(
      float[] h,
      float[] weights,
      float[] bias,
      Decoding decoding,
      RandomDraws draws,
      Optional<int[]> which) {
    int n = which.map(rows -> rows.length).orElse(draws.count());
    int vocabulary = bias.length;
    try (TensorScope scope = backend.openScope()) {
      IntTensor tokens = scope.allocateInts(n);
      return scope.read(
          scope.run(
              new SampleTokens(
                  scope.tensor(h, n, h.length / n),
                  scope.tensor(weights, weights.length / vocabulary, vocabulary),
                  scope.tensor(bias, vocabulary),
                  decoding,
                  draws,
                  which.map(rows -> scope.ints(rows, n)),
                  tokens)));
    }
  }

  private static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}

package org.seqgan.backend.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.Differentiable;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.AdamStep;
import org.seqgan.api.operation.ConvMaxPool;
import org.seqgan.api.operation.Dropout;
import org.seqgan.api.operation.Highway;
import org.seqgan.api.operation.Linear;
import org.seqgan.api.operation.LinearCrossEntropy;
import org.seqgan.api.operation.Lstm;
import org.seqgan.api.operation.LstmStep;
import org.seqgan.api.operation.SampleTokens;
import org.seqgan.api.operation.TokenConvMaxPool;
import org.seqgan.api.operation.TokenLogProbabilities;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.api.random.RandomStream;
import org.seqgan.backend.dl4j.product.Precision;

@DisplayName("Each fused operation")
@Tag("slow")
class FusedOperationsTest {
  private static final long SEED = 20170208;

  /** Computes something and returns all of it as floats. */
  @FunctionalInterface
  private interface Computation {
    List<float[]> run(TensorScope scope, RandomTensors random);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void linearAgreesWithItsComposition(Activation activation) {
    assertAgree(
        FusedOperation.LINEAR,
        (scope, random) -> {
          Tensor x = random.tensor(67, 130);
          Tensor weights = random.tensor(0.2f, 130, 211);
          return valueAndGradients(
              scope, random, new Linear(x, weights, random.tensor(211), activation));
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 33, 172})
  void highwayAgreesWithItsComposition(int width) {
    assertAgree(
        FusedOperation.HIGHWAY,
        (scope, random) -> {
          Tensor x = random.tensor(13, width);
          Tensor transform = random.tensor(0.2f, width, width);
          Tensor gate = random.tensor(0.2f, width, width);
          return valueAndGradients(
              scope,
              random,
              new Highway(x, transform, random.tensor(width), gate, random.tensor(width)));
        });
  }

  @Test
  void convolutionAgreesWithItsCompositionForSequencesOfAnyLength() {
    assertAgree(
        FusedOperation.CONV_MAX_POOL,
        (scope, random) -> {
          Tensor x = random.tensor(37, 9, 7);
          IntTensor lengths = random.ints(1, 9, 37);
          List<ConvMaxPool.Filters> bank = new ArrayList<>();
          for (int width : new int[] {1, 3, 4, 9}) {
            int filters = 11 + 10 * width;
            bank.add(
                new ConvMaxPool.Filters(
                    width, random.tensor(0.3f, width * 7, filters), random.tensor(filters)));
          }
          return valueAndGradients(scope, random, new ConvMaxPool(x, bank, lengths));
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 61, 900})
  void convolutionOfTokensAgreesWithItsComposition(int vocabulary) {
    assertAgree(
        FusedOperation.TOKEN_CONV_MAX_POOL,
        (scope, random) -> {
          Tensor table = random.tensor(vocabulary, 48);
          IntTensor ids = scope.reshape(random.ints(0, vocabulary - 1, 133 * 9), 133, 9);
          List<ConvMaxPool.Filters> bank = new ArrayList<>();
          for (int width : new int[] {1, 3, 4, 9}) {
            int filters = 11 + 10 * width;
            bank.add(
                new ConvMaxPool.Filters(
                    width, random.tensor(0.3f, width * 48, filters), random.tensor(filters)));
          }
          return read(
              scope, scope.run(new TokenConvMaxPool(table, ids, bank, random.ints(1, 9, 133))));
        });
  }

  @Test
  void convolutionGradientGoesToTheFirstOfEqualWindows() {
    try (TensorBackend backend = open(2, Map.of());
        TensorScope scope = backend.openScope()) {
      Tensor x = scope.tensor(new float[] {1, 2, 2, 2, 1}, 1, 5, 1);
      List<ConvMaxPool.Filters> bank =
          List.of(
              new ConvMaxPool.Filters(
                  1, scope.tensor(new float[] {1}, 1, 1), scope.tensor(new float[] {0}, 1)));
      IntTensor lengths = scope.ints(new int[] {5}, 1);
      ConvMaxPool convolution = new ConvMaxPool(x, bank, lengths);
      Forward y = scope.run(convolution);
      Tensor dOutput = scope.tensor(new float[] {3}, 1, 1);
      float[] dX = scope.read(scope.gradients(convolution, y, dOutput).get(0));
      assertThat(dX).containsExactly(0, 3, 0, 0, 0);
    }
  }

  @Test
  void lstmAgreesWithItsCompositionForSequencesOfAnyLength() {
    assertAgree(
        FusedOperation.LSTM,
        (scope, random) -> {
          Tensor x = random.tensor(35, 6, 5);
          Tensor input = random.tensor(0.5f, 5, 4 * 19);
          Tensor recurrent = random.tensor(0.5f, 19, 4 * 19);
          IntTensor lengths = random.ints(1, 6, 35);
          return valueAndGradients(
              scope, random, new Lstm(x, input, recurrent, random.tensor(4 * 19), lengths));
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 127, 300})
  void lstmStepAgreesWithItsComposition(int rows) {
    assertAgree(
        FusedOperation.LSTM_STEP,
        (scope, random) -> {
          Tensor h = random.tensor(rows, 19);
          Tensor c = random.tensor(rows, 19);
          scope.run(
              new LstmStep(
                  random.tensor(23, 4 * 19),
                  random.ints(0, 22, rows),
                  random.tensor(0.5f, 19, 4 * 19),
                  h,
                  c));
          return read(scope, h, c);
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 500, 30_011})
  void likelihoodAgreesWithItsComposition(int vocabulary) {
    Computation computation =
        (scope, random) -> {
          int rows = 301;
          Tensor h = random.tensor(rows, 8);
          Tensor weights = random.tensor(2f, 8, vocabulary);
          Tensor bias = random.tensor(vocabulary);
          IntTensor targets = random.ints(0, vocabulary - 1, rows);
          List<float[]> results =
              read(scope, scope.run(new TokenLogProbabilities(h, weights, bias, targets)));
          results.addAll(
              valueAndGradients(
                  scope,
                  random,
                  new LinearCrossEntropy(h, weights, bias, targets, random.tensor(rows))));
          return results;
        };
    assertAgree(FusedOperation.LINEAR_CROSS_ENTROPY, computation);
    assertAgree(FusedOperation.TOKEN_LOG_PROBABILITIES, computation);
  }

  /** More hidden units than 256 rows' sums may have at once, and padding between the others. */
  @Test
  void likelihoodOverALargeVocabularyLeavesPaddingOut() {
    int rows = 301;
    int hidden = 1024;
    int vocabulary = 16_500;
    float[] tokenWeights = new float[rows];
    for (int row = 0; row < rows; row++) {
      tokenWeights[row] = row % 3 == 1 || row > 290 ? 0f : 0.01f * row;
    }
    assertAgree(
        FusedOperation.LINEAR_CROSS_ENTROPY,
        (scope, random) ->
            valueAndGradients(
                scope,
                random,
                new LinearCrossEntropy(
                    random.tensor(rows, hidden),
                    random.tensor(0.1f, hidden, vocabulary),
                    random.tensor(vocabulary),
                    random.ints(0, vocabulary - 1, rows),
                    scope.tensor(tokenWeights, rows))));
  }

  @Test
  void sequencesThatBeginAlikeArePooledAsIfTheyStoodAlone() {
    // Sorted, each begins as the one before it, or is the same; in a random order, few do.
    int count = 200;
    int time = 9;
    RandomStream numbers = RandomStream.of(SEED);
    int[][] rows = new int[count][];
    for (int i = 0; i < count; i++) {
      int[] row = new int[time + 1];
      row[time] = 1 + numbers.nextInt(time); // its length
      for (int t = 0; t < row[time]; t++) {
        row[t] = numbers.nextInt(2);
      }
      rows[i] = row;
    }
    Arrays.sort(rows, Arrays::compare);
    int[] order = numbers.permutation(count);
    int[][] shuffled = new int[count][];
    Arrays.setAll(shuffled, i -> rows[order[i]]);
    float[] together = compute(2, Map.of(), (scope, random) -> pooled(scope, random, rows)).get(0);
    float[] apart = compute(2, Map.of(), (scope, random) -> pooled(scope, random, shuffled)).get(0);
    int width = together.length / count;
    for (int i = 0; i < count; i++) {
      assertThat(Arrays.copyOfRange(apart, i * width, (i + 1) * width))
          .as("features of %s", Arrays.toString(shuffled[i]))
          .containsExactly(Arrays.copyOfRange(together, order[i] * width, (order[i] + 1) * width));
    }
  }

  /** Rows of tokens with the length behind them, pooled by filters of several widths. */
  private static List<float[]> pooled(TensorScope scope, RandomTensors random, int[][] rows) {
    int time = rows[0].length - 1;
    int features = 64; // so many that terms of tokens pay
    List<ConvMaxPool.Filters> bank = new ArrayList<>();
    for (int width : new int[] {1, 2, 5, 9}) {
      bank.add(
          new ConvMaxPool.Filters(width, random.tensor(width * features, 21), random.tensor(21)));
    }
    Tensor table = random.tensor(2, features);
    int[] ids = Arrays.stream(rows).flatMapToInt(row -> Arrays.stream(row, 0, time)).toArray();
    int[] lengths = Arrays.stream(rows).mapToInt(row -> row[time]).toArray();
    return List.of(
        scope.read(
            scope.run(
                new TokenConvMaxPool(
                    table,
                    scope.ints(ids, rows.length, time),
                    bank,
                    scope.ints(lengths, rows.length)))));
  }

  @ParameterizedTest
  @CsvSource({"307, 5000", "20011, 2000"})
  void sampledTokensAgreeButForRounding(int vocabulary, int rows) {
    Computation computation =
        (scope, random) -> {
          Tensor h = random.tensor(rows, 8);
          Tensor weights = random.tensor(2f, 8, vocabulary);
          IntTensor out = scope.allocateInts(rows);
          scope.run(
              new SampleTokens(
                  h,
                  weights,
                  random.tensor(vocabulary),
                  Decoding.atTemperature(0.7f),
                  random.random().draws(rows),
                  out));
          float[] tokens = new float[rows];
          int[] ids = scope.read(out);
          for (int i = 0; i < rows; i++) {
            tokens[i] = ids[i];
          }
          return List.of(tokens);
        };
    float[] fused = compute(2, Map.of(), computation).get(0);
    float[] composed = compute(2, Map.of(FusedOperation.SAMPLE_TOKENS, false), computation).get(0);
    int different = 0;
    for (int i = 0; i < fused.length; i++) {
      different += fused[i] == composed[i] ? 0 : 1;
    }
    assertThat(different)
        .as("tokens that differ, of %d; seed %d", fused.length, SEED)
        .isLessThan(5);
  }

  @Test
  void dropoutAgreesWithItsComposition() {
    assertAgree(
        FusedOperation.DROPOUT,
        (scope, random) -> {
          Tensor x = random.tensor(211, 173);
          return valueAndGradients(
              scope, random, new Dropout(x, 0.75f, random.random().draws(x.size())));
        });
  }

  @ParameterizedTest
  @ValueSource(floats = {0f, 0.5f, 1e6f})
  void adamAgreesWithItsComposition(float clipNorm) {
    assertAgree(
        FusedOperation.ADAM,
        (scope, random) -> {
          List<AdamStep.Slot> slots = new ArrayList<>();
          for (int size : new int[] {1, 70_001, 200}) {
            Tensor second = scope.uniform(random.random().draws(size));
            slots.add(
                new AdamStep.Slot(
                    random.tensor(size), random.tensor(size), random.tensor(size), second));
          }
          Tensor norm = scope.run(new AdamStep(slots, AdamStep.Settings.of(0.01f, clipNorm), 3));
          List<float[]> results = read(scope, norm);
          slots.forEach(
              s -> results.addAll(read(scope, s.parameter(), s.firstMoment(), s.secondMoment())));
          return results;
        });
  }

  @ParameterizedTest
  @ValueSource(floats = {0f, 0.5f})
  void adamAgreesWhetherAProductWasWrittenOutOrNot(float clipNorm) {
    List<float[]> asUsed = compute(2, Map.of(), highwayStep(clipNorm, false));
    List<float[]> writtenOut = compute(2, Map.of(), highwayStep(clipNorm, true));
    for (int i = 0; i < asUsed.size(); i++) {
      assertClose("result " + i, asUsed.get(i), writtenOut.get(i));
    }
    assertThatThreadsDoNotMatter(FusedOperation.ADAM, highwayStep(clipNorm, false), asUsed);
  }

  /** A step of the weights of a highway layer that are larger than a tile. */
  private static Computation highwayStep(float clipNorm, boolean readFirst) {
    return (scope, random) -> {
      int width = 450;
      Tensor x = random.tensor(9, width);
      Tensor transform = random.tensor(0.1f, width, width);
      Tensor gate = random.tensor(0.1f, width, width);
      Highway highway = new Highway(x, transform, random.tensor(width), gate, random.tensor(width));
      List<Tensor> d = scope.gradients(highway, scope.run(highway), random.tensor(9, width));
      Tensor dTransform = d.get(1);
      Tensor dGate = d.get(3);
      if (readFirst) {
        read(scope, dTransform, dGate);
      }
      List<AdamStep.Slot> slots =
          List.of(
              new AdamStep.Slot(
                  transform, dTransform, scope.zeros(width, width), scope.zeros(width, width)),
              new AdamStep.Slot(gate, dGate, scope.zeros(width, width), scope.zeros(width, width)));
      Tensor norm = scope.run(new AdamStep(slots, AdamStep.Settings.of(0.01f, clipNorm), 1));
      List<float[]> results = read(scope, norm);
      slots.forEach(s -> results.addAll(read(scope, s.firstMoment(), s.secondMoment())));
      results.addAll(read(scope, dTransform, dGate));
      return results;
    };
  }

  /** The value of an operation, and its gradients for a random derivative by it. */
  private static List<float[]> valueAndGradients(
      TensorScope scope, RandomTensors random, Differentiable operation) {
    Forward forward = scope.run(operation);
    Tensor dOutput = random.tensor(forward.output().shape());
    List<float[]> results = read(scope, forward.output());
    for (Tensor gradient : scope.gradients(operation, forward, dOutput)) {
      results.addAll(read(scope, gradient));
    }
    return results;
  }

  private static void assertAgree(FusedOperation operation, Computation computation) {
    List<float[]> fused = compute(2, Map.of(), computation);
    List<float[]> composed = compute(2, Map.of(operation, false), computation);
    assertThat(fused).hasSameSizeAs(composed);
    for (int i = 0; i < fused.size(); i++) {
      assertClose(operation + ", result " + i, fused.get(i), composed.get(i));
    }
    assertThatThreadsDoNotMatter(operation, computation, fused);
  }

  private static void assertThatThreadsDoNotMatter(
      FusedOperation operation, Computation computation, List<float[]> onTwoThreads) {
    for (int threads : new int[] {1, 3}) {
      List<float[]> results = compute(threads, Map.of(), computation);
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i))
            .as("%s, result %d on %d threads; seed %d", operation, i, threads, SEED)
            .isEqualTo(onTwoThreads.get(i));
      }
    }
  }

  /** Within 2e-5 of the largest magnitude in the composed result. */
  private static void assertClose(String what, float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i])
          .as("%s at %d; seed %d", what, i, SEED)
          .isCloseTo(expected[i], Offset.offset(2e-5f * Math.max(largest, 1e-3f)));
    }
  }

  private static List<float[]> compute(
      int threads, Map<FusedOperation, Boolean> fused, Computation computation) {
    try (TensorBackend backend = open(threads, fused)) {
      List<float[]> results;
      try (TensorScope scope = backend.openScope()) {
        results = computation.run(scope, new RandomTensors(scope, SEED));
      }
      assertThat(backend.memory().liveTensors()).isZero();
      assertThat(backend.memory().liveBytes()).isZero();
      return results;
    }
  }

  private static TensorBackend open(int threads, Map<FusedOperation, Boolean> fused) {
    Map<FusedOperation, Boolean> switches = new EnumMap<>(FusedOperation.class);
    switches.putAll(fused);
    return new Dl4jBackendProvider()
        .open(new Dl4jOptions(threads, new ByteSize(1L << 28), Precision.FLOAT32, switches));
  }

  private static List<float[]> read(TensorScope scope, Tensor... tensors) {
    List<float[]> values = new ArrayList<>();
    for (Tensor tensor : tensors) {
      values.add(scope.read(tensor));
    }
    return values;
  }
}

package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.AdamStep;
import org.seqgan.api.operation.ConvMaxPool;
import org.seqgan.api.operation.Highway;
import org.seqgan.api.operation.Linear;
import org.seqgan.api.operation.LinearCrossEntropy;
import org.seqgan.api.operation.Lstm;
import org.seqgan.api.operation.LstmStep;
import org.seqgan.api.operation.SoftmaxCrossEntropy;
import org.seqgan.api.operation.TokenLogProbabilities;
import org.seqgan.testkit.operation.Numbers;
import org.seqgan.testkit.operation.OperationCatalog;
import org.seqgan.testkit.operation.OperationProblems;
import org.seqgan.testkit.operation.Problem;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

/**
 * The values of the composed coarse operations, which all other tests take as the truth, against
 * the formulas in the documentation of {@link TensorScope}, written out in double precision.
 */
class ComposedFormulasTest {
  private static final Offset<Double> ROUNDING = Offset.offset(1e-5);

  private final ReferenceBackend backend = new ReferenceBackend(ReferenceOptions.defaults());
  private final Numbers numbers = new Numbers(1);

  @AfterEach
  void nothingIsLeft() {
    assertThat(backend.memory().liveTensors()).isZero();
  }

  @Test
  void linearIsAnActivationOfASum() {
    float[] x = numbers.symmetric(2 * 3);
    float[] weights = numbers.symmetric(3 * 4);
    float[] bias = numbers.symmetric(4);
    for (Activation activation : Activation.values()) {
      try (TensorScope scope = backend.openScope()) {
        Tensor y =
            scope
                .run(
                    new Linear(
                        scope.tensor(x, 2, 3),
                        scope.tensor(weights, 3, 4),
                        scope.tensor(bias, 4),
                        activation))
                .output();
        float[] actual = scope.read(y);
        for (int i = 0; i < actual.length; i++) {
          double sum = sum(x, i / 4, weights, 4, i % 4) + bias[i % 4];
          double expected =
              switch (activation) {
                case IDENTITY -> sum;
                case RELU -> Math.max(sum, 0);
                case TANH -> Math.tanh(sum);
                case SIGMOID -> sigmoid(sum);
              };
          assertThat((double) actual[i]).as("%s, %d", activation, i).isCloseTo(expected, ROUNDING);
        }
      }
    }
  }

  @Test
  void lstmFollowsItsEquationsUpToTheEndOfEachSequence() {
    OperationProblems.Padded padded = padded(Lstm.class, 3);
    Problem problem = padded.problem();
    int time = padded.time();
    int hidden = problem.values("b").length / 4;
    int[] lengths = padded.lengths();
    float[] actual = problem.solve(backend).get(Problem.OUTPUT);
    for (int b = 0; b < lengths.length; b++) {
      Cell cell = new Cell(new double[hidden], new double[hidden]);
      for (int t = 0; t < time; t++) {
        double[] sums = new double[4 * hidden];
        for (int j = 0; j < sums.length; j++) {
          sums[j] =
              sum(problem.values("x"), b * time + t, problem.values("W"), 4 * hidden, j)
                  + problem.values("b")[j];
        }
        cell = cell.next(sums, problem.values("U"));
        for (int j = 0; j < hidden; j++) {
          assertThat((double) actual[(b * time + t) * hidden + j])
              .as("h of sequence %d, step %d, unit %d", b, t, j)
              .isCloseTo(t < lengths[b] ? cell.h[j] : 0, ROUNDING);
        }
      }
    }
  }

  @Test
  void lstmStepFollowsTheSameEquations() {
    int hidden = 3;
    float[] table = numbers.symmetric(5 * 4 * hidden);
    float[] recurrent = numbers.symmetric(hidden * 4 * hidden);
    float[] h = numbers.symmetric(2 * hidden);
    float[] c = numbers.symmetric(2 * hidden);
    int[] ids = {4, 2};
    try (TensorScope scope = backend.openScope()) {
      Tensor newH = scope.tensor(h, 2, hidden);
      Tensor newC = scope.tensor(c, 2, hidden);
      scope.run(
          new LstmStep(
              scope.tensor(table, 5, 4 * hidden),
              scope.ints(ids, 2),
              scope.tensor(recurrent, hidden, 4 * hidden),
              newH,
              newC));
      for (int b = 0; b < 2; b++) {
        Cell cell = new Cell(row(h, b, hidden), row(c, b, hidden));
        Cell next = cell.next(row(table, ids[b], 4 * hidden), recurrent);
        for (int j = 0; j < hidden; j++) {
          int at = b * hidden + j;
          assertThat((double) scope.read(newH)[at]).isCloseTo(next.h[j], ROUNDING);
          assertThat((double) scope.read(newC)[at]).isCloseTo(next.c[j], ROUNDING);
        }
      }
    }
  }

  private static OperationProblems.Padded padded(Class<?> operation, long seed) {
    return OperationCatalog.problems().get(operation).padded(new Numbers(seed)).get(0);
  }

  /** The state of one sequence, and the equations of the LSTM in the order of their gates. */
  private static final class Cell {
    final double[] h;
    final double[] c;

    Cell(double[] h, double[] c) {
      this.h = h;
      this.c = c;
    }

    Cell next(double[] inputSums, float[] recurrent) {
      int hidden = h.length;
      double[] nextH = new double[hidden];
      double[] nextC = new double[hidden];
      for (int j = 0; j < hidden; j++) {
        double[] gates = new double[4];
        for (int g = 0; g < 4; g++) {
          int column = g * hidden + j;
          gates[g] = inputSums[column];
          for (int k = 0; k < hidden; k++) {
            gates[g] += h[k] * recurrent[k * 4 * hidden + column];
          }
        }
        nextC[j] = sigmoid(gates[1]) * c[j] + sigmoid(gates[0]) * Math.tanh(gates[3]);
        nextH[j] = sigmoid(gates[2]) * Math.tanh(nextC[j]);
      }
      return new Cell(nextH, nextC);
    }
  }

  @Test
  void convMaxPoolTakesTheLargestWindowThatStartsInTheSequence() {
    OperationProblems.Padded padded = padded(ConvMaxPool.class, 4);
    Problem problem = padded.problem();
    int time = padded.time();
    int features = padded.features();
    int[] lengths = padded.lengths();
    int[] widths = new int[3];
    int[] outputs = new int[3];
    for (int i = 0; i < widths.length; i++) {
      outputs[i] = problem.values("b" + i).length;
      widths[i] = problem.values("W" + i).length / outputs[i] / features;
    }
    float[] actual = problem.solve(backend).get(Problem.OUTPUT);
    float[] x = problem.values("x");
    for (int b = 0; b < lengths.length; b++) {
      for (int t = lengths[b]; t < time; t++) {
        Arrays.fill(x, (b * time + t) * features, (b * time + t + 1) * features, 0f);
      }
    }
    int at = 0;
    for (int b = 0; b < lengths.length; b++) {
      for (int i = 0; i < widths.length; i++) {
        for (int f = 0; f < outputs[i]; f++) {
          double largest = Double.NEGATIVE_INFINITY;
          for (int start = 0; start <= Math.max(lengths[b] - widths[i], 0); start++) {
            double window = problem.values("b" + i)[f];
            for (int k = 0; k < widths[i] * features; k++) {
              window +=
                  (double) x[(b * time + start) * features + k]
                      * problem.values("W" + i)[k * outputs[i] + f];
            }
            largest = Math.max(largest, Math.max(window, 0));
          }
          assertThat((double) actual[at++])
              .as("sequence %d of length %d, width %d, filter %d", b, lengths[b], widths[i], f)
              .isCloseTo(largest, ROUNDING);
        }
      }
    }
  }

  @Test
  void highwayCarriesWhatItsGateDoesNotTransform() {
    float[] x = numbers.symmetric(2 * 3);
    float[] transform = numbers.symmetric(9);
    float[] transformBias = numbers.symmetric(3);
    float[] gating = numbers.symmetric(9);
    float[] gateBias = numbers.symmetric(3);
    try (TensorScope scope = backend.openScope()) {
      Tensor y =
          scope
              .run(
                  new Highway(
                      scope.tensor(x, 2, 3),
                      scope.tensor(transform, 3, 3),
                      scope.tensor(transformBias, 3),
                      scope.tensor(gating, 3, 3),
                      scope.tensor(gateBias, 3)))
              .output();
      for (int i = 0; i < 6; i++) {
        double gate = sigmoid(sum(x, i / 3, gating, 3, i % 3) + gateBias[i % 3]);
        double value = Math.max(sum(x, i / 3, transform, 3, i % 3) + transformBias[i % 3], 0);
        assertThat((double) scope.read(y)[i]).isCloseTo(gate * value + (1 - gate) * x[i], ROUNDING);
      }
    }
  }

  @Test
  void crossEntropiesAreMinusWeightedLogProbabilities() {
    float[] h = numbers.symmetric(3 * 2);
    float[] weights = numbers.symmetric(2 * 5);
    float[] bias = numbers.symmetric(5);
    int[] targets = {4, 0, 2};
    float[] tokenWeights = {0.5f, 0f, -2f};
    double loss = 0;
    double meanLoss = 0;
    double[] logProbabilities = new double[3];
    for (int r = 0; r < 3; r++) {
      double total = 0;
      for (int v = 0; v < 5; v++) {
        total += Math.exp(sum(h, r, weights, 5, v) + bias[v]);
      }
      logProbabilities[r] = sum(h, r, weights, 5, targets[r]) + bias[targets[r]] - Math.log(total);
      loss -= tokenWeights[r] * logProbabilities[r];
      meanLoss -= logProbabilities[r] / 3;
    }
    try (TensorScope scope = backend.openScope()) {
      Tensor states = scope.tensor(h, 3, 2);
      Tensor matrix = scope.tensor(weights, 2, 5);
      Tensor vector = scope.tensor(bias, 5);
      IntTensor ids = scope.ints(targets, 3);
      Tensor weighted =
          scope
              .run(
                  new LinearCrossEntropy(
                      states, matrix, vector, ids, scope.tensor(tokenWeights, 3)))
              .output();
      Tensor alone = scope.run(new TokenLogProbabilities(states, matrix, vector, ids));
      Tensor logits = scope.run(new Linear(states, matrix, vector, Activation.IDENTITY)).output();
      Tensor mean = scope.run(new SoftmaxCrossEntropy(logits, ids)).output();
      assertThat((double) scope.read(weighted)[0]).isCloseTo(loss, ROUNDING);
      assertThat((double) scope.read(mean)[0]).isCloseTo(meanLoss, ROUNDING);
      for (int r = 0; r < 3; r++) {
        assertThat((double) scope.read(alone)[r]).isCloseTo(logProbabilities[r], ROUNDING);
      }
    }
  }

  @Test
  void adamClipsTheNormOfAllGradientsAndStepsAsTensorFlowDoes() {
    AdamStep.Settings settings = new AdamStep.Settings(0.01f, 0.8f, 0.95f, 1e-3f, 2.5f);
    try (TensorScope scope = backend.openScope()) {
      AdamStep.Slot first = slot(scope, 1f, 3f, 0.5f, 0.25f);
      AdamStep.Slot second = slot(scope, -1f, 4f, -0.5f, 4f);
      Tensor norm = scope.run(new AdamStep(List.of(first, second), settings, 3));
      assertThat(scope.read(norm)).containsExactly(5f);
      // Clipped to half.
      assertSlot(scope, first, settings, Map.of("p", 1.0, "g", 1.5, "m", 0.5, "v", 0.25));
      assertSlot(scope, second, settings, Map.of("p", -1.0, "g", 2.0, "m", -0.5, "v", 4.0));
    }
  }

  @Test
  void adamLeavesSmallGradientsAsTheyAre() {
    AdamStep.Settings clipped = new AdamStep.Settings(0.01f, 0.8f, 0.95f, 1e-3f, 100f);
    AdamStep.Settings unclipped = new AdamStep.Settings(0.01f, 0.8f, 0.95f, 1e-3f, 0f);
    for (AdamStep.Settings settings : List.of(clipped, unclipped)) {
      try (TensorScope scope = backend.openScope()) {
        AdamStep.Slot slot = slot(scope, 1f, 3f, 0.5f, 0.25f);
        scope.run(new AdamStep(List.of(slot), settings, 3));
        assertSlot(scope, slot, settings, Map.of("p", 1.0, "g", 3.0, "m", 0.5, "v", 0.25));
      }
    }
  }

  private static AdamStep.Slot slot(TensorScope scope, float p, float g, float m, float v) {
    return new AdamStep.Slot(
        number(scope, p), number(scope, g), number(scope, m), number(scope, v));
  }

  private static Tensor number(TensorScope scope, float value) {
    return scope.tensor(new float[] {value}, 1);
  }

  private static void assertSlot(
      TensorScope scope,
      AdamStep.Slot slot,
      AdamStep.Settings settings,
      Map<String, Double> before) {
    double gradient = before.get("g");
    double m = 0.8 * before.get("m") + 0.2 * gradient;
    double v = 0.95 * before.get("v") + 0.05 * gradient * gradient;
    double rate = 0.01 * Math.sqrt(1 - Math.pow(0.95, 3)) / (1 - Math.pow(0.8, 3));
    double p = before.get("p") - rate * m / (Math.sqrt(v) + 1e-3);
    assertThat((double) scope.read(slot.firstMoment())[0])
        .as("m with %s", settings)
        .isCloseTo(m, ROUNDING);
    assertThat((double) scope.read(slot.secondMoment())[0]).isCloseTo(v, ROUNDING);
    assertThat((double) scope.read(slot.parameter())[0]).isCloseTo(p, Offset.offset(1e-6));
  }

  /** Row r of a (as wide as b is high) times column j of b. */
  private static double sum(float[] a, int r, float[] b, int columns, int j) {
    int inner = b.length / columns;
    double sum = 0;
    for (int k = 0; k < inner; k++) {
      sum += (double) a[r * inner + k] * b[k * columns + j];
    }
    return sum;
  }

  private static double[] row(float[] values, int r, int width) {
    double[] row = new double[width];
    for (int j = 0; j < width; j++) {
      row[j] = values[r * width + j];
    }
    return row;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}

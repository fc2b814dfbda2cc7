package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.Attention;
import org.seqgan.api.operation.Gru;
import org.seqgan.testkit.operation.Numbers;
import org.seqgan.testkit.operation.OperationCatalog;
import org.seqgan.testkit.operation.OperationProblems;
import org.seqgan.testkit.operation.Problem;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

/** Attention and the GRU, as they are composed, against their formulas in double precision. */
class ComposedSequencesTest {
  private static final Offset<Double> ROUNDING = Offset.offset(1e-5);
  private static final int BATCH = 3;
  private static final int TIME = 5;
  private static final int HEADS = 2;
  private static final int WIDTH = 3;
  private static final int DEPTH = HEADS * WIDTH;

  private final ReferenceBackend backend = new ReferenceBackend(ReferenceOptions.defaults());
  private final Numbers numbers = new Numbers(1);

  @AfterEach
  void nothingIsLeft() {
    assertThat(backend.memory().liveTensors()).isZero();
  }

  @Test
  void attentionIsAMeanOfTheValuesThatCount() {
    float[] q = numbers.symmetric(BATCH * TIME * DEPTH);
    float[] k = numbers.symmetric(BATCH * TIME * DEPTH);
    float[] v = numbers.symmetric(BATCH * TIME * DEPTH);
    int[] lengths = {5, 1, 3};
    for (boolean causal : new boolean[] {false, true}) {
      for (boolean padded : new boolean[] {false, true}) {
        try (TensorScope scope = backend.openScope()) {
          Attention attention =
              new Attention(
                  sequences(scope, q),
                  sequences(scope, k),
                  sequences(scope, v),
                  HEADS,
                  0.7f,
                  causal,
                  padded ? Optional.of(scope.ints(lengths, BATCH)) : Optional.empty());
          float[] actual = scope.read(scope.run(attention).output());
          for (int at = 0; at < actual.length; at++) {
            int b = at / DEPTH / TIME;
            int query = at / DEPTH % TIME;
            int seen = padded ? lengths[b] : TIME;
            seen = causal ? Math.min(seen, query + 1) : seen;
            assertThat((double) actual[at])
                .as("element %d, causal %s, padded %s", at, causal, padded)
                .isCloseTo(attended(q, k, v, at, seen), ROUNDING);
          }
        }
      }
    }
  }

  private static Tensor sequences(TensorScope scope, float[] values) {
    return scope.tensor(values, BATCH, TIME, DEPTH);
  }

  /** One element of the result, of a query that sees the first keys. */
  private static double attended(float[] q, float[] k, float[] v, int at, int seen) {
    int column = at % DEPTH;
    int head = at / WIDTH * WIDTH;
    int firstKey = at / DEPTH / TIME * TIME * DEPTH;
    double total = 0;
    double sum = 0;
    for (int key = 0; key < seen; key++) {
      double product = 0;
      for (int i = 0; i < WIDTH; i++) {
        product += (double) q[head + i] * k[firstKey + key * DEPTH + column / WIDTH * WIDTH + i];
      }
      double weight = Math.exp(0.7 * product);
      total += weight;
      sum += weight * v[firstKey + key * DEPTH + column];
    }
    return sum / total;
  }

  @Test
  void gruFollowsItsEquationsUpToTheEndOfEachSequence() {
    OperationProblems.Padded padded =
        OperationCatalog.problems().get(Gru.class).padded(new Numbers(3)).get(0);
    Problem problem = padded.problem();
    int time = padded.time();
    int hidden = problem.values("c").length;
    float[] bias = problem.values("b");
    float[] actual = problem.solve(backend).get(Problem.OUTPUT);
    for (int b = 0; b < padded.lengths().length; b++) {
      double[] h = new double[hidden];
      for (int t = 0; t < time; t++) {
        double[] x = row(problem.values("x"), b * time + t, padded.features());
        double[] next = new double[hidden];
        for (int j = 0; j < hidden; j++) {
          double[] inputs = new double[3];
          double[] recurrent = {0, 0, problem.values("c")[j]};
          for (int gate = 0; gate < 3; gate++) {
            int column = gate * hidden + j;
            inputs[gate] = bias[column] + sum(x, problem.values("W"), column);
            recurrent[gate] += sum(h, problem.values("U"), column);
          }
          double reset = sigmoid(inputs[0] + recurrent[0]);
          double update = sigmoid(inputs[1] + recurrent[1]);
          double candidate = Math.tanh(inputs[2] + reset * recurrent[2]);
          next[j] = (1 - update) * candidate + update * h[j];
        }
        h = next;
        double[] found = row(actual, b * time + t, hidden);
        double[] expected = t < padded.lengths()[b] ? h : new double[hidden];
        assertThat(found).as("h of sequence %d, step %d", b, t).containsExactly(expected, ROUNDING);
      }
    }
  }

  private static double[] row(float[] values, int r, int width) {
    float[] row = Arrays.copyOfRange(values, r * width, (r + 1) * width);
    double[] wide = new double[width];
    Arrays.setAll(wide, i -> row[i]);
    return wide;
  }

  /** A row times a column of a matrix. */
  private static double sum(double[] row, float[] matrix, int column) {
    int columns = matrix.length / row.length;
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      sum += row[i] * matrix[i * columns + column];
    }
    return sum;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}

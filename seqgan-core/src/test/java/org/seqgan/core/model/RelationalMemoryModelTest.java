package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.operation.Numbers;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

@DisplayName("Generator relational-memory computes what RelGAN's released code does, in doubles")
class RelationalMemoryModelTest {
  private static final int VOCABULARY = 4;
  private static final int TIME = 3;
  private static final int SLOTS = 2;
  private static final int HEADS = 2;
  private static final int HEAD = 2;
  private static final int SLOT = HEADS * HEAD;
  private static final int START = 1;
  private static final int[] TOKENS = {3, 0, 2};

  private final Map<String, FloatArray> arrays = new LinkedHashMap<>();

  @Test
  void logProbabilitiesFollowTheEquations() {
    RelationalMemoryModel model = new RelationalMemoryModel(VOCABULARY, 3, SLOTS, HEADS, HEAD);
    Numbers numbers = new Numbers(1);
    for (ParameterSpec spec : model.parameters()) {
      int[] shape = spec.shape().stream().mapToInt(Integer::intValue).toArray();
      arrays.put(spec.name(), new FloatArray(shape, numbers.symmetric((int) spec.size())));
    }
    try (ReferenceBackend backend = new ReferenceBackend(ReferenceOptions.defaults());
        Generator generator =
            new ModelSetting.ForGenerator(
                    backend,
                    Vocabulary.fixedLength(VOCABULARY, START),
                    TIME,
                    RandomStream.of(1),
                    ModelSetting.NO_TRAINING,
                    ModelSetting.NO_TRAINING)
                .autoregressive(model)) {
      generator.setParameters(new NamedArrays(arrays));
      float[] actual = generator.logProbabilities(Sequences.ofFullLength(TOKENS, TIME)).values();
      List<Double> expected = expected();
      for (int t = 0; t < TIME; t++) {
        assertThat((double) actual[t])
            .as("log-probability of token %d", t)
            .isCloseTo(expected.get(t), Offset.offset(1e-4));
      }
    }
  }

  private List<Double> expected() {
    List<Double> logs = new ArrayList<>();
    double[][] memory = new double[SLOTS][SLOT];
    for (int s = 0; s < SLOTS; s++) {
      memory[s][s] = 1;
    }
    int read = START;
    for (int token : TOKENS) {
      memory = next(memory, read);
      double[] flat = new double[SLOTS * SLOT];
      for (int i = 0; i < flat.length; i++) {
        flat[i] = memory[i / SLOT][i % SLOT];
      }
      double[] logits = plus(times(flat, "logits.W"), vector("logits.b"));
      double total = 0;
      for (double logit : logits) {
        total += Math.exp(logit);
      }
      logs.add(logits[token] - Math.log(total));
      read = token;
    }
    return logs;
  }

  private double[][] next(double[][] memory, int read) {
    double[] embedded = new double[3];
    for (int i = 0; i < 3; i++) {
      embedded[i] = vector("embedding")[read * 3 + i];
    }
    double[] x = plus(times(embedded, "memory.input.W"), vector("memory.input.b"));
    double[][] all = {memory[0], memory[1], x};
    double[][] attended = attention(all);
    for (int r = 0; r < all.length; r++) {
      attended[r] = plus(attended[r], all[r]);
    }
    double[][] first = norm(attended, "memory.attended.norm");
    double[][] second = new double[first.length][];
    for (int r = 0; r < first.length; r++) {
      double[] inner =
          map(
              plus(times(first[r], "memory.mlp.first.W"), vector("memory.mlp.first.b")),
              v -> Math.max(0, v));
      second[r] =
          plus(first[r], plus(times(inner, "memory.mlp.second.W"), vector("memory.mlp.second.b")));
    }
    second = norm(second, "memory.mlp.norm");
    double[][] after = new double[SLOTS][SLOT];
    for (int s = 0; s < SLOTS; s++) {
      double[] sums =
          plus(times(x, "memory.gates.W"), times(map(memory[s], Math::tanh), "memory.gates.U"));
      for (int j = 0; j < SLOT; j++) {
        double input = sigmoid(sums[j]);
        double forget = sigmoid(sums[SLOT + j] + 1);
        after[s][j] = input * Math.tanh(second[s][j]) + forget * memory[s][j];
      }
    }
    return after;
  }

  private double[][] attention(double[][] all) {
    double[][] read = new double[all.length][];
    for (int r = 0; r < all.length; r++) {
      read[r] = times(all[r], "memory.attention.W");
    }
    read = norm(read, "memory.attention.norm");
    double[][] result = new double[all.length][SLOT];
    for (int head = 0; head < HEADS; head++) {
      int query = head * 3 * HEAD;
      for (int r = 0; r < all.length; r++) {
        double[] weights = new double[all.length];
        double total = 0;
        for (int key = 0; key < all.length; key++) {
          double product = 0;
          for (int i = 0; i < HEAD; i++) {
            product += read[r][query + i] * read[key][query + HEAD + i];
          }
          weights[key] = Math.exp(product / Math.sqrt(3 * HEAD));
          total += weights[key];
        }
        for (int key = 0; key < all.length; key++) {
          for (int i = 0; i < HEAD; i++) {
            result[r][head * HEAD + i] += weights[key] / total * read[key][query + 2 * HEAD + i];
          }
        }
      }
    }
    return result;
  }

  /** One mean and one variance of all rows together. */
  private double[][] norm(double[][] rows, String name) {
    double count = (double) rows.length * rows[0].length;
    double mean = 0;
    double squares = 0;
    for (double[] row : rows) {
      for (double value : row) {
        mean += value / count;
        squares += value * value / count;
      }
    }
    double[][] result = new double[rows.length][rows[0].length];
    for (int r = 0; r < rows.length; r++) {
      for (int j = 0; j < rows[r].length; j++) {
        result[r][j] =
            (rows[r][j] - mean) / Math.sqrt(squares - mean * mean) * vector(name + ".gain")[j]
                + vector(name + ".shift")[j];
      }
    }
    return result;
  }

  private double[] vector(String name) {
    float[] values = arrays.get(name).values();
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private double[] times(double[] row, String matrix) {
    double[] weights = vector(matrix);
    int columns = weights.length / row.length;
    double[] result = new double[columns];
    for (int i = 0; i < weights.length; i++) {
      result[i % columns] += row[i / columns] * weights[i];
    }
    return result;
  }

  private static double[] plus(double[] a, double[] b) {
    double[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }

  private static double[] map(double[] values, DoubleUnaryOperator function) {
    double[] result = values.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] = function.applyAsDouble(values[i]);
    }
    return result;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void slotsThatNoArrayHoldsAreRefused() {
    assertThatThrownBy(() -> new RelationalMemoryOptions(32, 1, 64, 256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("make slots of 16,384 numbers, expected at most 13,377 numbers");
  }
}

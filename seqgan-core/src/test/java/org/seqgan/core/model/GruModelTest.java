package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.operation.Numbers;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

@DisplayName("Generator gru tells the probabilities of its equations in double precision")
class GruModelTest {
  private static final int VOCABULARY = 4;
  private static final int TIME = 3;
  private static final int EMBEDDING = 3;
  private static final int HIDDEN = 2;
  private static final int START = 1;
  private static final int[] TOKENS = {3, 0, 2};

  private final Map<String, float[]> values = new LinkedHashMap<>();

  @Test
  void logProbabilitiesFollowTheEquations() {
    GruModel model = new GruModel(VOCABULARY, EMBEDDING, HIDDEN, 0.1f);
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    Numbers numbers = new Numbers(1);
    for (ParameterSpec spec : model.parameters()) {
      float[] drawn = numbers.symmetric((int) spec.size());
      values.put(spec.name(), drawn);
      int[] shape = spec.shape().stream().mapToInt(Integer::intValue).toArray();
      arrays.put(spec.name(), new FloatArray(shape, drawn));
    }
    OptimizerOptions none = ModelSetting.NO_TRAINING;
    try (ReferenceBackend backend = new ReferenceBackend(ReferenceOptions.defaults());
        Generator generator =
            new ModelSetting.ForGenerator(
                    backend,
                    Vocabulary.fixedLength(VOCABULARY, START),
                    TIME,
                    RandomStream.of(1),
                    none,
                    none)
                .autoregressive(model)) {
      generator.setParameters(new NamedArrays(arrays));
      float[] actual = generator.logProbabilities(Sequences.ofFullLength(TOKENS, TIME)).values();
      List<Double> expected = expected();
      for (int t = 0; t < TIME; t++) {
        assertThat((double) actual[t])
            .as("log-probability of token %d", t)
            .isCloseTo(expected.get(t), Offset.offset(1e-5));
      }
    }
  }

  private List<Double> expected() {
    List<Double> logs = new ArrayList<>();
    double[] h = new double[HIDDEN];
    int read = START;
    for (int token : TOKENS) {
      double[] next = new double[HIDDEN];
      for (int j = 0; j < HIDDEN; j++) {
        double reset = sigmoid(input(read, j) + recurrent(h, j));
        double update = sigmoid(input(read, HIDDEN + j) + recurrent(h, HIDDEN + j));
        double remembered = recurrent(h, 2 * HIDDEN + j) + values.get("gru.c")[j];
        double candidate = Math.tanh(input(read, 2 * HIDDEN + j) + reset * remembered);
        next[j] = (1 - update) * candidate + update * h[j];
      }
      h = next;
      double total = 0;
      for (int v = 0; v < VOCABULARY; v++) {
        total += Math.exp(logit(h, v));
      }
      logs.add(logit(h, token) - Math.log(total));
      read = token;
    }
    return logs;
  }

  private double input(int token, int column) {
    double sum = values.get("gru.b")[column];
    for (int i = 0; i < EMBEDDING; i++) {
      sum +=
          (double) values.get("embedding")[token * EMBEDDING + i]
              * values.get("gru.W")[i * 3 * HIDDEN + column];
    }
    return sum;
  }

  private double recurrent(double[] h, int column) {
    double sum = 0;
    for (int i = 0; i < HIDDEN; i++) {
      sum += h[i] * values.get("gru.U")[i * 3 * HIDDEN + column];
    }
    return sum;
  }

  private double logit(double[] h, int token) {
    double sum = values.get("logits.b")[token];
    for (int i = 0; i < HIDDEN; i++) {
      sum += h[i] * values.get("logits.W")[i * VOCABULARY + token];
    }
    return sum;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}

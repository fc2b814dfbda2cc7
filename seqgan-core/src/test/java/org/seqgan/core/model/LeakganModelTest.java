package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seqgan.api.UserException;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.ValueTape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.autograd.GradientTape;
import org.seqgan.core.autograd.ParameterSet;
import org.seqgan.testkit.operation.Numbers;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

@DisplayName("Generator leakgan tells the probabilities of its equations in double precision")
class LeakganModelTest {
  private static final int VOCABULARY = 4;
  private static final int TIME = 5;
  private static final int HIDDEN = 2;
  private static final int GOAL = 3;
  private static final int STEP = 2;
  private static final int START = 1;
  private static final int[] TOKENS = {3, 0, 2, 1, 3};
  private static final List<Integer> WIDTHS = List.of(1, 3);
  private static final List<Integer> COUNTS = List.of(2, 2);
  private static final int FEATURES = 4;

  private final Map<String, FloatArray> arrays = new LinkedHashMap<>();

  private LeakganModel model(LeakganOptions.Goals goals) {
    LeakganModel model =
        new LeakganModel(
            VOCABULARY,
            TIME,
            new LeakganOptions(
                3, HIDDEN, GOAL, STEP, goals, new LeakganOptions.Features(2, WIDTHS, COUNTS), 1));
    Numbers numbers = new Numbers(1);
    for (ParameterSpec spec : model.parameters()) {
      int[] shape = spec.shape().stream().mapToInt(Integer::intValue).toArray();
      arrays.put(spec.name(), new FloatArray(shape, numbers.symmetric((int) spec.size())));
    }
    return model;
  }

  private ParameterSet parameters(ReferenceBackend backend, LeakganModel model) {
    ParameterSet parameters = new ParameterSet(backend, model.parameters(), RandomStream.of(1));
    parameters.setValues(new NamedArrays(arrays));
    return parameters;
  }

  private static LeakganModel.Walk walk(Tape tape, LeakganModel model) {
    int[] inputs = new int[TIME + 1];
    inputs[0] = START;
    System.arraycopy(TOKENS, 0, inputs, 1, TIME);
    return model.walk(tape, tape.scope().ints(inputs, 1, TIME + 1));
  }

  @ParameterizedTest
  @EnumSource
  void logProbabilitiesFollowTheEquations(LeakganOptions.Goals goals) {
    LeakganModel model = model(goals);
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
      double[] expected = expected(goals);
      for (int t = 0; t < TIME; t++) {
        assertThat((double) actual[t])
            .as("log-probability of token %d", t)
            .isCloseTo(expected[t], offset(1e-4));
      }
    }
  }

  /** Of a prefix as the discriminator has them, and of the empty one what follows from biases. */
  @Test
  void featuresOfPrefixesAreThoseOfTheDiscriminator() {
    LeakganModel model = model(LeakganOptions.Goals.WINDOW);
    CnnModel discriminator = new CnnModel(VOCABULARY, 2, WIDTHS, COUNTS, 0.5f, 0);
    try (ReferenceBackend backend = new ReferenceBackend(ReferenceOptions.defaults());
        ParameterSet parameters = parameters(backend, model);
        TensorScope scope = backend.openScope()) {
      List<Variable> found = walk(new ValueTape(scope, parameters::get), model).features();
      Tape theirs = new ValueTape(scope, name -> parameters.get(LeakganModel.LEAKED + name));
      for (int length = 1; length <= TIME; length++) {
        float[] expected =
            scope.read(
                discriminator
                    .features(
                        theirs,
                        new Tokens.Ids(scope.ints(TOKENS, 1, TIME)),
                        scope.ints(new int[] {length}, 1))
                    .value());
        assertThat(scope.read(found.get(length).value()))
            .as("features of the first %d tokens", length)
            .containsExactly(expected, offset(1e-5f));
      }
      assertThat(found).hasSize(TIME + 1);
      assertThat(doubles(scope.read(found.get(0).value())))
          .containsExactly(features(0), offset(1e-5));
    }
  }

  /** The gradients of a function of what a walk shows: those that are not zero. */
  private List<String> reached(LeakganOptions.Goals goals, boolean worker) {
    LeakganModel model = model(goals);
    try (ReferenceBackend backend = new ReferenceBackend(ReferenceOptions.defaults());
        ParameterSet parameters = parameters(backend, model);
        TensorScope scope = backend.openScope()) {
      GradientTape tape = new GradientTape(scope, parameters, RandomStream.of(1));
      LeakganModel.Walk walk = walk(tape, model);
      Variable shown = tape.concat(worker ? walk.worker() : walk.goals(), 0);
      Variable squares = tape.unary(UnaryOperation.SQUARE, tape.affine(shown, 1, 1));
      tape.backward(tape.reduce(Reduction.SUM, tape.reshape(squares, squares.value().size()), 0));
      List<String> reached = new ArrayList<>();
      tape.gradients(List.copyOf(parameters.names()))
          .forEach(
              (name, gradient) -> {
                for (float value : scope.read(gradient)) {
                  if (value != 0 && !reached.contains(name)) {
                    reached.add(name);
                  }
                }
              });
      return reached;
    }
  }

  @ParameterizedTest
  @EnumSource
  void inAWalkManagerAndWorkerLearnApart(LeakganOptions.Goals goals) {
    assertThat(reached(goals, true))
        .containsExactlyInAnyOrder(
            "worker.embedding",
            "worker.lstm.W",
            "worker.lstm.U",
            "worker.lstm.b",
            "worker.goal.W",
            "goal-init");
    assertThat(reached(goals, false))
        .containsExactlyInAnyOrder(
            "manager.lstm.W",
            "manager.lstm.U",
            "manager.lstm.b",
            "manager.goal.W",
            "manager.goal.b");
  }

  @Test
  void sizesThatDoNotFitAreErrorsOfOneLine() {
    assertError(
        3, List.of(1, 6), "generator.features.filter-widths has 6, but sequences have 5 tokens");
    assertError(6, List.of(1, 2), "generator.step-size is 6, but sequences have 5 tokens");
  }

  private static void assertError(int step, List<Integer> widths, String message) {
    try (ReferenceBackend backend = new ReferenceBackend(ReferenceOptions.defaults())) {
      ModelSetting.ForGenerator setting =
          new ModelSetting.ForGenerator(
              backend,
              Vocabulary.fixedLength(VOCABULARY, START),
              TIME,
              RandomStream.of(1),
              ModelSetting.NO_TRAINING,
              ModelSetting.NO_TRAINING);
      LeakganOptions options =
          new LeakganOptions(
              2,
              2,
              2,
              step,
              LeakganOptions.Goals.WINDOW,
              new LeakganOptions.Features(2, widths, COUNTS),
              1);
      assertThatThrownBy(() -> new LeakganGeneratorProvider().create(setting, options))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(message)
          .hasMessageNotContaining("\n");
    }
  }

  // ---- the equations, in doubles ----

  private double[] expected(LeakganOptions.Goals goals) {
    double[] logs = new double[TIME];
    double[][] worker = new double[2][HIDDEN];
    double[][] manager = new double[2][HIDDEN];
    List<double[]> before = new ArrayList<>();
    double[] first = vector("goal-init");
    for (int t = 0; t < TIME; t++) {
      int read = t == 0 ? START : TOKENS[t - 1];
      double[] sum = new double[FEATURES];
      for (int i = 1; i <= STEP; i++) {
        int at = goals == LeakganOptions.Goals.WINDOW ? t - i : t - t % STEP - i;
        sum = plus(sum, at < 0 ? first : before.get(at));
      }
      double[] direction = norm(times(sum, "worker.goal.W"));
      worker = lstm("worker.lstm", row("worker.embedding", read), worker);
      manager = lstm("manager.lstm", features(t), manager);
      before.add(norm(plus(times(manager[0], "manager.goal.W"), vector("manager.goal.b"))));
      // O_t: the numbers of (h, 1), each with its matrix [k, V].
      double[] state = {worker[0][0], worker[0][1], 1};
      double[] logits = vector("logits.b");
      for (int v = 0; v < VOCABULARY; v++) {
        for (int i = 0; i <= HIDDEN; i++) {
          for (int k = 0; k < GOAL; k++) {
            logits[v] += state[i] * direction[k] * row("logits.W", i * GOAL + k)[v];
          }
        }
      }
      double total = Arrays.stream(logits).map(Math::exp).sum();
      logs[t] = logits[TOKENS[t]] - Math.log(total);
    }
    return logs;
  }

  private double[] features(int length) {
    double[] pooled = new double[FEATURES];
    int column = 0;
    for (int i = 0; i < WIDTHS.size(); i++) {
      int width = WIDTHS.get(i);
      for (int from = 0; from <= Math.max(length - width, 0); from++) {
        double[] window = new double[2 * width];
        for (int at = from; at < Math.min(from + width, length); at++) {
          System.arraycopy(row("features.embedding", TOKENS[at]), 0, window, 2 * (at - from), 2);
        }
        double[] found =
            plus(
                times(window, "features.conv" + width + ".W"),
                vector("features.conv" + width + ".b"));
        for (int f = 0; f < COUNTS.get(i); f++) {
          pooled[column + f] = Math.max(pooled[column + f], found[f]);
        }
      }
      column += COUNTS.get(i);
    }
    double[] transformed = plus(times(pooled, "features.highway.W"), vector("features.highway.b"));
    double[] gate = plus(times(pooled, "features.gate.W"), vector("features.gate.b"));
    double[] features = new double[FEATURES];
    for (int f = 0; f < FEATURES; f++) {
      double open = sigmoid(gate[f]);
      features[f] = open * Math.max(transformed[f], 0) + (1 - open) * pooled[f];
    }
    return features;
  }

  private double[][] lstm(String name, double[] x, double[][] state) {
    double[] sums =
        plus(plus(times(x, name + ".W"), times(state[0], name + ".U")), vector(name + ".b"));
    double[][] after = new double[2][HIDDEN];
    for (int i = 0; i < HIDDEN; i++) {
      after[1][i] =
          sigmoid(sums[HIDDEN + i]) * state[1][i]
              + sigmoid(sums[i]) * Math.tanh(sums[3 * HIDDEN + i]);
      after[0][i] = sigmoid(sums[2 * HIDDEN + i]) * Math.tanh(after[1][i]);
    }
    return after;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double[] norm(double[] values) {
    double length = Math.sqrt(Arrays.stream(values).map(x -> x * x).sum());
    return map(values, x -> x / length);
  }

  private static double[] map(double[] values, DoubleUnaryOperator function) {
    return Arrays.stream(values).map(function).toArray();
  }

  private static double[] plus(double[] a, double[] b) {
    double[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private double[] vector(String name) {
    return doubles(arrays.get(name).values());
  }

  private double[] row(String name, int row) {
    int width = arrays.get(name).shape()[1];
    return Arrays.copyOfRange(vector(name), row * width, (row + 1) * width);
  }

  private double[] times(double[] x, String name) {
    double[] product = new double[arrays.get(name).shape()[1]];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < product.length; j++) {
        product[j] += x[i] * row(name, i)[j];
      }
    }
    return product;
  }
}

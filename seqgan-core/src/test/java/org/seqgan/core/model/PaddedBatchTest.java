package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.ValueTape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.TestBackends;
import org.seqgan.core.autograd.GradientTape;
import org.seqgan.core.autograd.ParameterSet;

@DisplayName("Losses and gradients of a padded batch are those of its sequences one by one")
class PaddedBatchTest {
  private static final int TIME = 6;
  private static final int END = 6;
  private static final Vocabulary VOCABULARY = new Vocabulary(7, 0, OptionalInt.of(END));
  private static final LstmModel LSTM = new LstmModel(7, 5, 4, 0.5f);
  private static final CnnModel CNN =
      new CnnModel(7, 5, List.of(1, 2, 3), List.of(6, 4, 5), 1f, 0.1f);
  private static final double ROUNDING = 2e-6;

  static List<String> backends() {
    return TestBackends.names().toList();
  }

  /** Of every length; those of full length with an end token and without. */
  private static Sequences batch() {
    return Sequences.ofUnequalRows(
        List.of(
            new int[] {1, 2, 3, 4, 5, 0},
            new int[] {3},
            new int[] {5, 5, 1},
            new int[] {0, 4, 2, 2, 1},
            new int[] {2, 3},
            new int[] {4, 1, 0, 3}),
        TIME,
        END);
  }

  /** The same, and a sequence that is its end token alone, which no rows of data are. */
  private static Sequences batchWithAnEmptyText() {
    int[] ends = new int[TIME];
    Arrays.fill(ends, END);
    return Sequences.concat(List.of(batch(), Sequences.of(ends, new int[] {1}, TIME)));
  }

  /** A sequence without padding. */
  private static Sequences alone(Sequences batch, int i) {
    return Sequences.ofFullLength(batch.row(i), batch.length(i));
  }

  // ---- generator ----

  @ParameterizedTest
  @MethodSource("backends")
  void maximumLikelihood(String backendName) {
    Sequences batch = batchWithAnEmptyText();
    try (TensorBackend backend = TestBackends.open(backendName)) {
      Sums oneByOne = new Sums();
      for (int i = 0; i < batch.count(); i++) {
        float[] weights = new float[batch.length(i)];
        Arrays.fill(weights, 1f / weights.length);
        // A mean over tokens: each sequence counts as often as it has tokens.
        double share = (double) batch.length(i) / batch.tokenCount();
        addAlone(backend, batch, i, weights, share, oneByOne);
      }
      float[] weights = new float[batch.tokens().length];
      for (int i = 0; i < batch.count(); i++) {
        Arrays.fill(weights, i * TIME, i * TIME + batch.length(i), 1f / batch.tokenCount());
      }
      try (AutoregressiveGenerator generator = generator(backend, TIME)) {
        oneByOne.assertEqual(lossAndGradients(generator, batch, weights));
        Step step = generator.trainMaximumLikelihood(batch, 1f, RandomStream.of(1));
        oneByOne.assertEqual(step);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void policyGradient(String backendName) {
    Sequences batch = batchWithAnEmptyText();
    float[] rewards = new float[batch.tokens().length];
    RandomStream.of(5).draws(rewards.length).fill(rewards, 0); // after the ends too
    try (TensorBackend backend = TestBackends.open(backendName)) {
      Sums oneByOne = new Sums();
      float[] weights = new float[rewards.length];
      for (int i = 0; i < batch.count(); i++) {
        float[] own = Arrays.copyOfRange(rewards, i * TIME, i * TIME + batch.length(i));
        System.arraycopy(own, 0, weights, i * TIME, own.length);
        addAlone(backend, batch, i, own, 1, oneByOne);
      }
      try (AutoregressiveGenerator generator = generator(backend, TIME)) {
        oneByOne.assertEqual(lossAndGradients(generator, batch, weights));
        TokenValues values = new TokenValues(batch.count(), TIME, rewards);
        oneByOne.assertEqual(generator.trainPolicyGradient(batch, values));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void logProbabilities(String backendName) {
    Sequences batch = batchWithAnEmptyText();
    try (TensorBackend backend = TestBackends.open(backendName);
        AutoregressiveGenerator generator = generator(backend, TIME)) {
      TokenValues together = generator.logProbabilities(batch);
      assertThat(together.upToTheEnds(batch)).as("0 after the ends").isSameAs(together);
      for (int i = 0; i < batch.count(); i++) {
        try (AutoregressiveGenerator shorter = generator(backend, batch.length(i))) {
          TokenValues alone = shorter.logProbabilities(alone(batch, i));
          for (int t = 0; t < batch.length(i); t++) {
            assertThat((double) together.get(i, t))
                .as("token %d of sequence %d", t, i)
                .isCloseTo(alone.get(0, t), within(ROUNDING));
          }
        }
      }
    }
  }

  /** Adds what a sequence gives in a batch of its own, whose time is its length. */
  private static void addAlone(
      TensorBackend backend, Sequences batch, int i, float[] weights, double share, Sums sums) {
    try (AutoregressiveGenerator shorter = generator(backend, batch.length(i))) {
      sums.add(lossAndGradients(shorter, alone(batch, i), weights), share);
    }
  }

  private static AutoregressiveGenerator generator(TensorBackend backend, int time) {
    return new AutoregressiveGenerator(
        new ModelSetting.ForGenerator(
            backend, VOCABULARY, time, RandomStream.of(3), adam(), adam()),
        LSTM);
  }

  private static Result lossAndGradients(
      AutoregressiveGenerator generator, Sequences batch, float[] weights) {
    try (TensorScope scope = generator.backend().openScope()) {
      var result = generator.lossAndGradients(scope, batch, weights);
      return Result.of(scope, result.loss(), result.gradients());
    }
  }

  // ---- discriminator ----

  @ParameterizedTest
  @MethodSource("backends")
  void discriminatorScores(String backendName) {
    Sequences batch = batchWithAnEmptyText();
    try (TensorBackend backend = TestBackends.open(backendName);
        ClassifierDiscriminator discriminator = discriminator(backend, TIME)) {
      float[] together = discriminator.probabilityReal(batch);
      for (int i = 0; i < batch.count(); i++) {
        assertThat((double) discriminator.probabilityReal(batch.slice(i, i + 1))[0])
            .as("sequence %d, as long a time", i)
            .isCloseTo(together[i], within(ROUNDING));
        if (batch.length(i) >= 3) { // as long as the widest filter
          assertThat((double) discriminator.probabilityReal(alone(batch, i))[0])
              .as("sequence %d, a time of its length", i)
              .isCloseTo(together[i], within(ROUNDING));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void discriminatorLossAndGradients(String backendName) {
    Sequences batch = batchWithAnEmptyText();
    boolean[] real = {true, false, true, true, false, false, true};
    RandomStream noDropout = RandomStream.of(1);
    try (TensorBackend backend = TestBackends.open(backendName);
        ClassifierDiscriminator discriminator = discriminator(backend, TIME)) {
      Sums oneByOne = new Sums();
      for (int i = 0; i < batch.count(); i++) {
        Sequences one = batch.length(i) >= 3 ? alone(batch, i) : batch.slice(i, i + 1);
        try (TensorScope scope = backend.openScope()) {
          var result =
              discriminator.lossAndGradients(scope, one, new boolean[] {real[i]}, noDropout);
          oneByOne.add(Result.of(scope, result.loss(), result.gradients()), 1.0 / batch.count());
        }
      }
      try (TensorScope scope = backend.openScope()) {
        var result = discriminator.lossAndGradients(scope, batch, real, noDropout);
        oneByOne.assertEqual(Result.of(scope, result.loss(), result.gradients()));
      }
      // The optimiser adds the penalty's part of the gradients.
      NamedArrays parameters = discriminator.parameters();
      oneByOne.addPenalty(CnnModel.OUTPUT_WEIGHTS, parameters);
      oneByOne.addPenalty(CnnModel.OUTPUT_BIAS, parameters);
      oneByOne.assertEqual(discriminator.train(batch, real, noDropout));
    }
  }

  private static ClassifierDiscriminator discriminator(TensorBackend backend, int time) {
    return new ClassifierDiscriminator(
        new ModelSetting.ForDiscriminator(backend, VOCABULARY, time, RandomStream.of(4), adam()),
        CNN);
  }

  // ---- what stands after the end, where a model reads tokens itself ----

  @ParameterizedTest
  @MethodSource("backends")
  void lstmDoesNotReadPastTheEnd(String backendName) {
    assertDoesNotReadPastTheEnd(
        backendName,
        LSTM.parameters(),
        (tape, ids, lengths) -> {
          Variable hidden = LSTM.hidden(tape, ids, lengths);
          for (String name : List.of(LstmModel.LOGIT_WEIGHTS, LstmModel.LOGIT_BIAS)) {
            tape.parameter(name);
          }
          return hidden;
        });
  }

  @ParameterizedTest
  @MethodSource("backends")
  void cnnDoesNotReadPastTheEnd(String backendName) {
    assertDoesNotReadPastTheEnd(
        backendName,
        CNN.parameters(),
        (tape, ids, lengths) -> CNN.logits(tape, new Tokens.Ids(ids), lengths));
  }

  @FunctionalInterface
  private interface ForwardFunction {
    Variable apply(Tape tape, IntTensor ids, IntTensor lengths);
  }

  /** Bit for bit: the output, in training and inference, and the derivative by all parameters. */
  private static void assertDoesNotReadPastTheEnd(
      String backendName, List<ParameterSpec> specs, ForwardFunction function) {
    Sequences batch = batchWithAnEmptyText();
    int[] otherTokens = batch.tokens().clone();
    for (int i = 0; i < batch.count(); i++) {
      for (int t = batch.length(i); t < TIME; t++) {
        otherTokens[i * TIME + t] = (i + t) % VOCABULARY.size();
      }
    }
    try (TensorBackend backend = TestBackends.open(backendName);
        ParameterSet parameters = new ParameterSet(backend, specs, RandomStream.of(6))) {
      List<String> names = specs.stream().map(ParameterSpec::name).toList();
      Map<String, float[]> expected =
          valuesAndGradients(backend, parameters, names, batch, batch.tokens(), function);
      Map<String, float[]> actual =
          valuesAndGradients(backend, parameters, names, batch, otherTokens, function);
      expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).isEqualTo(values));
    }
  }

  private static Map<String, float[]> valuesAndGradients(
      TensorBackend backend,
      ParameterSet parameters,
      List<String> names,
      Sequences batch,
      int[] tokens,
      ForwardFunction function) {
    Map<String, float[]> values = new LinkedHashMap<>();
    try (TensorScope scope = backend.openScope()) {
      IntTensor ids = scope.ints(tokens, batch.count(), TIME);
      IntTensor lengths = scope.ints(batch.lengths(), batch.count());
      Tape inference = new ValueTape(scope, parameters::get);
      Tensor inferred = function.apply(inference, ids, lengths).value();
      values.put("output of inference", plusZero(scope, inferred));
      GradientTape tape = new GradientTape(scope, parameters, RandomStream.of(7));
      Variable output = function.apply(tape, ids, lengths);
      values.put("output of training", plusZero(scope, output.value()));
      float[] seed = new float[output.value().size()];
      RandomStream.of(8).draws(seed.length).fill(seed, 0);
      tape.backward(output, scope.tensor(seed, output.value().shape()));
      tape.gradients(names)
          .forEach(
              (name, gradient) -> values.put("gradient of " + name, plusZero(scope, gradient)));
    }
    return values;
  }

  /** Minus zero becomes zero: the two are different floats to an assertion. */
  private static float[] plusZero(TensorScope scope, Tensor tensor) {
    float[] values = scope.read(tensor);
    for (int i = 0; i < values.length; i++) {
      values[i] += 0f;
    }
    return values;
  }

  private static OptimizerOptions adam() {
    return new OptimizerOptions(0.01f, 0.9f, 0.999f, 1e-8f, 0f);
  }

  // ---- sums ----

  /** A loss and its derivative by every parameter. */
  private record Result(double loss, Map<String, float[]> gradients) {
    static Result of(TensorScope scope, Tensor loss, Map<String, Tensor> gradients) {
      Map<String, float[]> values = new LinkedHashMap<>();
      gradients.forEach((name, gradient) -> values.put(name, scope.read(gradient)));
      return new Result(scope.read(loss)[0], values);
    }
  }

  /** Sums in double precision. */
  private static final class Sums {
    private double loss;
    private final Map<String, double[]> gradients = new LinkedHashMap<>();

    void add(Result result, double share) {
      loss += share * result.loss();
      result
          .gradients()
          .forEach(
              (name, values) -> {
                double[] sum = gradients.computeIfAbsent(name, n -> new double[values.length]);
                for (int i = 0; i < sum.length; i++) {
                  sum[i] += share * values[i];
                }
              });
    }

    void addPenalty(String name, NamedArrays parameters) {
      double[] sum = gradients.get(name);
      float[] values = parameters.get(name).values();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += CNN.l2() * values[i];
      }
    }

    void assertEqual(Result result) {
      assertThat(result.loss()).as("loss").isCloseTo(loss, within(ROUNDING * Math.abs(loss)));
      assertThat(result.gradients().keySet()).isEqualTo(gradients.keySet());
      gradients.forEach(
          (name, sum) -> {
            float[] actual = result.gradients().get(name);
            double largest = Arrays.stream(sum).map(Math::abs).max().orElseThrow();
            assertThat(largest).as("gradient of %s", name).isPositive();
            for (int i = 0; i < sum.length; i++) {
              assertThat((double) actual[i])
                  .as("gradient of %s[%d]", name, i)
                  .isCloseTo(sum[i], within(ROUNDING * largest));
            }
          });
    }

    void assertEqual(Step step) {
      double squares = 0;
      for (double[] sum : gradients.values()) {
        squares += Arrays.stream(sum).map(value -> value * value).sum();
      }
      double norm = Math.sqrt(squares);
      assertThat(step.loss()).as("loss").isCloseTo(loss, within(ROUNDING * Math.abs(loss)));
      assertThat(step.gradientNorm()).as("norm").isCloseTo(norm, within(ROUNDING * norm));
    }
  }
}

package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.autograd.FrozenTape;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.Unrolled;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.TestBackends;
import org.seqgan.core.autograd.GradientTape;
import org.seqgan.core.autograd.ParameterSet;

@DisplayName("Sequences written on the tape")
class UnrolledTest {
  private static final int VOCABULARY = 5;
  private static final int TIME = 3;
  private static final int BATCH = 4;
  private static final LstmModel GENERATOR = new LstmModel(VOCABULARY, 3, 4, 0.7f);
  private static final CnnModel CRITIC =
      new CnnModel(VOCABULARY, 3, List.of(1, 2), List.of(3, 3), 1f, 0f);

  static Stream<String> backends() {
    return TestBackends.names();
  }

  static Stream<Arguments> smooth() {
    return TestBackends.names()
        .flatMap(
            backend ->
                Stream.of(Unrolled.Feedback.SOFT, Unrolled.Feedback.HARD)
                    .map(feedback -> Arguments.of(backend, feedback)));
  }

  private static Unrolled write(Tape tape, int count, Unrolled.Feedback feedback, float beta) {
    return Unrolled.of(tape, GENERATOR, new Unrolled.Request(count, TIME, 0, feedback, beta));
  }

  /** The mean logit of real that a frozen critic gives to relaxed sequences. */
  private static Variable loss(Tape tape, ParameterSet critic, Unrolled.Feedback feedback) {
    Unrolled written = write(tape, BATCH, feedback, 0.8f);
    Variable logits =
        CRITIC.logits(
            new FrozenTape(tape, critic::get),
            written.tokens(),
            tape.scope().ints(new int[] {TIME, TIME, 2, 1}, BATCH));
    Variable real = tape.reshape(tape.slice(logits, 1, 1, 2), BATCH);
    return tape.reduce(Reduction.MEAN, real, 0);
  }

  /** With the noise as it is; a hard token must not change, so the step is small. */
  @ParameterizedTest
  @MethodSource("smooth")
  void gradientsThroughACriticAgreeWithFiniteDifferences(
      String backendName, Unrolled.Feedback feedback) {
    float delta = 4e-3f;
    try (TensorBackend backend = TestBackends.open(backendName);
        ParameterSet critic = parameters(backend, CRITIC.parameters(), 3);
        ParameterSet parameters = parameters(backend, GENERATOR.parameters(), 4)) {
      NamedArrays start = parameters.values();
      Map<String, float[]> gradients = gradients(backend, parameters, critic, feedback);
      for (String name : start.names()) {
        FloatArray array = start.get(name);
        for (int i = 0; i < array.values().length; i++) {
          double above = lossAt(backend, parameters, critic, feedback, name, i, delta);
          double below = lossAt(backend, parameters, critic, feedback, name, i, -delta);
          parameters.setValues(start);
          assertThat((double) gradients.get(name)[i])
              .as("derivative by %s[%d], %s", name, i, feedback)
              .isCloseTo((above - below) / (2 * delta), offset(2e-3));
        }
      }
      assertThat(gradients.get("embedding")).isNotEqualTo(new float[VOCABULARY * 3]);
    }
  }

  private static ParameterSet parameters(
      TensorBackend backend, List<ParameterSpec> specs, long seed) {
    return new ParameterSet(backend, specs, RandomStream.of(seed));
  }

  private static Map<String, float[]> gradients(
      TensorBackend backend,
      ParameterSet parameters,
      ParameterSet critic,
      Unrolled.Feedback feedback) {
    try (TensorScope scope = backend.openScope()) {
      GradientTape tape = new GradientTape(scope, parameters, RandomStream.of(5));
      tape.backward(loss(tape, critic, feedback));
      Map<String, float[]> read = new LinkedHashMap<>();
      tape.gradients(List.copyOf(parameters.names()))
          .forEach((name, gradient) -> read.put(name, scope.read(gradient)));
      return read;
    }
  }

  private static double lossAt(
      TensorBackend backend,
      ParameterSet parameters,
      ParameterSet critic,
      Unrolled.Feedback feedback,
      String name,
      int at,
      float change) {
    NamedArrays start = parameters.values();
    Map<String, FloatArray> changed = new LinkedHashMap<>(start.arrays());
    float[] values = start.get(name).values().clone();
    values[at] += change;
    changed.put(name, new FloatArray(start.get(name).shape(), values));
    parameters.setValues(new NamedArrays(changed));
    try (TensorScope scope = backend.openScope()) {
      GradientTape tape = new GradientTape(scope, parameters, RandomStream.of(5));
      return scope.read(loss(tape, critic, feedback).value())[0];
    } finally {
      parameters.setValues(start);
    }
  }

  /** Hard tokens are draws from the policy: each token's share is its probability. */
  @ParameterizedTest
  @MethodSource("backends")
  void tokensAreDrawnFromThePolicy(String backendName) {
    int count = 20_000;
    try (TensorBackend backend = TestBackends.open(backendName);
        ParameterSet parameters = parameters(backend, GENERATOR.parameters(), 4);
        TensorScope scope = backend.openScope()) {
      Tape tape = new GradientTape(scope, parameters, RandomStream.of(6));
      Sequences drawn =
          write(tape, count, Unrolled.Feedback.HARD, 1f).sequences(scope, OptionalInt.empty());
      Map<List<Integer>, Integer> counts = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        counts.merge(List.of(drawn.token(i, 0), drawn.token(i, 1)), 1, Integer::sum);
      }
      double chiSquare = 0;
      for (int a = 0; a < VOCABULARY; a++) {
        for (int b = 0; b < VOCABULARY; b++) {
          double expected = count * probability(tape, a, b);
          double found = counts.getOrDefault(List.of(a, b), 0);
          chiSquare += (found - expected) * (found - expected) / expected;
        }
      }
      // 24 degrees of freedom: above 51.2 once in a thousand seeds.
      assertThat(chiSquare).isLessThan(51.2);
    }
  }

  /** Of tokens a and b in the first two places, by reading them step by step. */
  private static double probability(Tape tape, int a, int b) {
    TensorScope scope = tape.scope();
    List<Variable> state = new ArrayList<>();
    for (int width : GENERATOR.stateWidths()) {
      state.add(tape.constant(scope.zeros(1, width)));
    }
    double probability = 1;
    int[] read = {0, a};
    int[] drawn = {a, b};
    for (int t = 0; t < 2; t++) {
      var step = GENERATOR.step(tape, new Tokens.Ids(scope.ints(new int[] {read[t]}, 1)), state, t);
      state = step.state();
      float[] distribution =
          scope.read(
              tape.softmax(
                      tape.binary(
                          BinaryOperation.ADD,
                          tape.matmul(step.hidden(), tape.parameter("logits.W")),
                          tape.parameter("logits.b")))
                  .value());
      probability *= distribution[drawn[t]];
    }
    return probability;
  }

  /** As tau goes to 0, a relaxed token is the token. */
  @ParameterizedTest
  @MethodSource("backends")
  void coldRelaxedTokensAreTheTokens(String backendName) {
    try (TensorBackend backend = TestBackends.open(backendName);
        ParameterSet parameters = parameters(backend, GENERATOR.parameters(), 4);
        TensorScope scope = backend.openScope()) {
      Tape tape = new GradientTape(scope, parameters, RandomStream.of(7));
      Unrolled cold = write(tape, BATCH, Unrolled.Feedback.HARD, 1e6f);
      Tape again = new GradientTape(scope, parameters, RandomStream.of(7));
      Unrolled oneHot = write(again, BATCH, Unrolled.Feedback.STRAIGHT_THROUGH, 1f);
      float[] relaxed = scope.read(cold.weights().value());
      float[] rows = scope.read(oneHot.weights().value());
      for (int i = 0; i < rows.length; i++) {
        assertThat(relaxed[i]).isCloseTo(rows[i], offset(1e-4f));
      }
    }
  }
}

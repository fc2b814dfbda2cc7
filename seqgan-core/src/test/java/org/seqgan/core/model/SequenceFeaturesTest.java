package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.ValueTape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.model.SequenceClassifier;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.TestBackends;
import org.seqgan.core.autograd.ParameterSet;

/** What of sequences discriminators {@code lstm} and {@code transformer} judge. */
class SequenceFeaturesTest {
  private static final int TIME = 4;
  private static final int[] TOKENS = {1, 3, 0, 2, 2, 1, 4, 4, 3, 4, 4, 4};
  private static final int[] LENGTHS = {4, 3, 1};

  static Stream<String> backends() {
    return TestBackends.names();
  }

  private static float[] compute(
      TensorBackend backend, ParameterSet parameters, Function<Tape, Variable> values) {
    try (TensorScope scope = backend.openScope()) {
      return scope.read(values.apply(new ValueTape(scope, parameters::get)).value());
    }
  }

  private static Tokens tokens(Tape tape) {
    return new Tokens.Ids(tape.scope().ints(TOKENS, LENGTHS.length, TIME));
  }

  private static float[] features(
      TensorBackend backend, ParameterSet parameters, SequenceClassifier model) {
    return compute(
        backend,
        parameters,
        tape -> model.features(tape, tokens(tape), tape.scope().ints(LENGTHS, LENGTHS.length)));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void lstmJudgesTheStateAtTheLastToken(String name) {
    LstmClassifier model = new LstmClassifier(5, 3, 2, 1, 0);
    try (TensorBackend backend = TestBackends.open(name);
        ParameterSet parameters =
            new ParameterSet(backend, model.parameters(), RandomStream.of(1))) {
      float[] states = // of sequences that are all as long as they can be
          compute(
              backend,
              parameters,
              tape ->
                  tape.lstm(
                      tape.embedding(tape.parameter("embedding"), tokens(tape)),
                      tape.parameter("lstm.W"),
                      tape.parameter("lstm.U"),
                      tape.parameter("lstm.b"),
                      tape.scope().ints(new int[] {TIME, TIME, TIME}, LENGTHS.length)));
      float[] found = features(backend, parameters, model);
      for (int i = 0; i < LENGTHS.length; i++) {
        int from = (i * TIME + LENGTHS[i] - 1) * 2;
        assertThat(Arrays.copyOfRange(found, 2 * i, 2 * i + 2))
            .as("sequence %d", i)
            .containsExactly(Arrays.copyOfRange(states, from, from + 2), offset(1e-6f));
      }
    }
  }

  /** Without blocks: the mean of what is read and its place, normalised, before the end. */
  @ParameterizedTest
  @MethodSource("backends")
  void transformerJudgesTheMeanOverThePositionsThatCount(String name) {
    int width = 4;
    TransformerClassifier model = new TransformerClassifier(5, TIME, width, 2, 0, 3, 1, 0);
    try (TensorBackend backend = TestBackends.open(name);
        ParameterSet parameters =
            new ParameterSet(backend, model.parameters(), RandomStream.of(1))) {
      float[] embedding = parameters.values().get("embedding").values();
      float[] position = parameters.values().get("position").values();
      float[] found = features(backend, parameters, model);
      for (int i = 0; i < LENGTHS.length; i++) {
        double[] mean = new double[width];
        for (int t = 0; t < LENGTHS[i]; t++) {
          double[] x = new double[width];
          for (int j = 0; j < width; j++) {
            x[j] = embedding[TOKENS[i * TIME + t] * width + j] + position[t * width + j];
          }
          double m = Arrays.stream(x).average().orElseThrow();
          double v = Arrays.stream(x).map(y -> (y - m) * (y - m)).average().orElseThrow();
          for (int j = 0; j < width; j++) {
            mean[j] += (x[j] - m) / Math.sqrt(v + 1e-5) / LENGTHS[i];
          }
        }
        for (int j = 0; j < width; j++) {
          assertThat((double) found[i * width + j])
              .as("number %d of sequence %d", j, i)
              .isCloseTo(mean[j], offset(1e-4));
        }
      }
    }
  }
}

package org.seqgan.core.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.core.TestBackends;

/** The token discriminator of ScratchGAN. */
class TokenJudgeTest {
  private static final int TIME = 3;
  private static final int E = 2;
  private static final int H = 2;
  private static final TokenJudge JUDGE = new TokenJudge(4, TIME, E, H, 1f);
  private static final Sequences BATCH =
      Sequences.of(new int[] {1, 3, 0, 2, 2, 1}, new int[] {3, 3}, TIME);

  static Stream<String> backends() {
    return TestBackends.names();
  }

  /** Parameters without a pattern, none of them 0. */
  private static Map<String, float[]> parameters() {
    Map<String, float[]> values = new HashMap<>();
    for (ParameterSpec spec : JUDGE.parameters()) {
      float[] numbers = new float[(int) spec.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) Math.sin(1.7 * i + spec.name().length() * 0.9 + 0.4);
      }
      values.put(spec.name(), numbers);
    }
    return values;
  }

  private static Formula formula(String backend, Map<String, float[]> parameters) {
    Formula formula = new Formula(backend);
    for (ParameterSpec spec : JUDGE.parameters()) {
      int[] shape = spec.shape().stream().mapToInt(Integer::intValue).toArray();
      formula.input(spec.name(), parameters.get(spec.name()), shape);
    }
    return formula;
  }

  private static float logit(Formula formula, Sequences batch, int at) {
    formula.run(tape -> tape.slice(JUDGE.logits(tape, batch), 0, at, at + 1));
    return formula.value();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void logitsAreThoseOfTheEquations(String backend) {
    Map<String, float[]> parameters = parameters();
    try (Formula formula = formula(backend, parameters)) {
      for (int i = 0; i < BATCH.count(); i++) {
        double[] expected = logits(parameters, BATCH.row(i));
        for (int t = 0; t < TIME; t++) {
          assertThat((double) logit(formula, BATCH, i * TIME + t))
              .as("token %d of sequence %d", t, i)
              .isCloseTo(expected[t], offset(1e-4));
        }
      }
    }
  }

  /** The equations in double, number by number. */
  private static double[] logits(Map<String, float[]> p, int[] tokens) {
    double[] h = new double[H];
    double[] c = new double[H];
    double[] logits = new double[TIME];
    for (int t = 0; t < TIME; t++) {
      double[] x = new double[E + TokenJudge.WAVES];
      for (int e = 0; e < E; e++) {
        x[e] = p.get("embedding")[tokens[t] * E + e];
      }
      for (int w = 0; w < TokenJudge.WAVES; w++) {
        x[E + w] = TokenJudge.wave(t, w, TIME);
      }
      double[] a =
          sum(
              product(sum(product(x, p.get("input.W")), p.get("input.b")), p.get("lstm.W")),
              product(h, p.get("lstm.U")));
      double mean = Arrays.stream(a).average().orElseThrow();
      double variance = Arrays.stream(a).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      for (int j = 0; j < a.length; j++) {
        a[j] =
            p.get("lstm.gain")[j] * (a[j] - mean) / Math.sqrt(variance + 1e-5)
                + p.get("lstm.shift")[j];
      }
      for (int j = 0; j < H; j++) {
        c[j] = sigmoid(a[H + j] + 1) * c[j] + sigmoid(a[j]) * Math.tanh(a[3 * H + j]);
        h[j] = sigmoid(a[2 * H + j]) * Math.tanh(c[j]);
      }
      logits[t] = product(h, p.get("out.W"))[0] + p.get("out.b")[0];
    }
    return logits;
  }

  private static double[] product(double[] x, float[] weights) {
    double[] result = new double[weights.length / x.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < result.length; j++) {
        result[j] += x[i] * weights[i * result.length + j];
      }
    }
    return result;
  }

  private static double[] sum(double[] a, double[] b) {
    double[] result = a.clone();
    Arrays.setAll(result, i -> a[i] + b[i]);
    return result;
  }

  private static double[] sum(double[] a, float[] b) {
    double[] result = a.clone();
    Arrays.setAll(result, i -> a[i] + b[i]);
    return result;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void gradientsAreDifferencesOfTheLoss(String backend) {
    try (Formula formula = formula(backend, parameters())) {
      formula.assertFiniteDifferences(TokenJudgeTest::squares, 5e-3);
    }
  }

  private static Variable squares(Tape tape) {
    return tape.reduce(
        Reduction.SUM, tape.unary(UnaryOperation.SQUARE, JUDGE.logits(tape, BATCH)), 0);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void whatComesLaterDoesNotMatter(String backend) {
    Sequences other = Sequences.of(new int[] {1, 3, 2, 2, 0, 0}, new int[] {3, 3}, TIME);
    try (Formula formula = formula(backend, parameters())) {
      for (int same : new int[] {0, 1, 3}) {
        assertThat(logit(formula, other, same)).isEqualTo(logit(formula, BATCH, same));
      }
      for (int different : new int[] {2, 4}) {
        assertThat(logit(formula, other, different)).isNotEqualTo(logit(formula, BATCH, different));
      }
    }
  }

  /** Where dropout drops an entry of the table, it does so for every token that reads it. */
  @ParameterizedTest
  @MethodSource("backends")
  void dropoutIsOfTheTable(String backend) {
    TokenJudge dropping = new TokenJudge(4, 1, E, H, 0.5f);
    int[] tokens = {1, 1, 1, 1, 1, 1};
    int[] lengths = {1, 1, 1, 1, 1, 1};
    Sequences same = Sequences.of(tokens, lengths, 1);
    try (Formula formula = formula(backend, parameters())) {
      formula.run(
          tape -> {
            float[] logits = tape.scope().read(dropping.logits(tape, same).value());
            for (float logit : logits) {
              assertThat(logit).isEqualTo(logits[0]);
            }
            return squares(tape);
          });
    }
  }

  /** By hand: the first turns every two positions, the last falls from 1 towards -1 at T. */
  @Test
  void wavesTellThePosition() {
    for (int t = 0; t < 20; t++) {
      assertThat(TokenJudge.wave(t, 0, 20))
          .isEqualTo((float) Math.cos(Math.PI * t / 2), offset(1e-6f));
      assertThat(TokenJudge.wave(t, 7, 20))
          .isEqualTo((float) Math.cos(Math.PI * t / 20), offset(1e-6f));
    }
    // The second: period 2 * 10^(1/7), shift 2/7.
    assertThat(TokenJudge.wave(3, 1, 20))
        .isEqualTo(
            (float) Math.cos(Math.PI * (3 / (2 * Math.pow(10, 1 / 7.0)) + 2 / 7.0)), offset(1e-6f));
  }
}

package org.seqgan.core.trainer;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.MethodCase;

/** The critic's loss of WGAN-GP with its exact gradient penalty. */
class WganGpGoldenTest {
  private static final float PENALTY = 10;

  static Stream<Arguments> cases() {
    return Formula.onEveryBackend(MethodCase.of("wgan-gp"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lossPenaltyAndGradients(String backend, MethodCase example) {
    int[] filters = example.shape("filters"); // (channels, width, vocabulary)
    int[] shape = example.shape("real"); // (batch, time, vocabulary)
    int channels = filters[0];
    ConvolutionalCritic critic =
        new ConvolutionalCritic(shape[2], shape[1], channels, filters[1], 0);
    int inputs = filters[1] * filters[2];
    float[] real = example.floats("real");
    float[] fake = example.floats("fake");
    float[] between = between(real, fake, example.floats("alpha"));
    try (Formula formula = new Formula(backend)) {
      formula.input(
          "input.W", transposed(example.floats("filters"), channels, inputs), inputs, channels);
      formula.input("input.b", example.floats("filter-bias"), channels);
      float[] output = example.floats("output");
      formula.input("out.W", output, output.length, 1);
      formula.input("out.b", new float[] {(float) example.number("output-bias")}, 1);
      formula.run(tape -> critic.penalty(tape, constant(tape, between, shape), PENALTY));
      example.assertClose(formula.value(), "penalty", MethodCase.FLOAT);
      formula.run(
          tape ->
              WganGp.criticLoss(
                  tape,
                  critic,
                  constant(tape, real, shape),
                  constant(tape, fake, shape),
                  constant(tape, between, shape),
                  PENALTY,
                  new Accuracy()));
      example.assertClose(formula.value(), "loss", MethodCase.FLOAT);
      example.assertClose(
          transposed(formula.gradient("input.W"), inputs, channels), "filters-gradient");
      example.assertClose(formula.gradient("input.b"), "filter-bias-gradient");
      example.assertClose(formula.gradient("out.W"), "output-gradient");
    }
  }

  /** The paper's critic has residual blocks, which the reference cases have not. */
  @Test
  void penaltyOfResidualBlocksAgreesWithFiniteDifferences() {
    ConvolutionalCritic critic = new ConvolutionalCritic(3, 6, 2, 1, 2);
    int[] shape = {2, 6, 3};
    float[] x = numbers(36, 1);
    try (Formula formula = new Formula("reference")) {
      int seed = 2;
      for (ParameterSpec spec : critic.parameters()) {
        int[] sizes = spec.shape().stream().mapToInt(Integer::intValue).toArray();
        formula.input(spec.name(), numbers((int) spec.size(), seed++), sizes);
      }
      formula.assertFiniteDifferences(
          tape -> critic.penalty(tape, constant(tape, x, shape), 1), 1e-2);
    }
  }

  private static float[] numbers(int count, int seed) {
    float[] numbers = new float[count];
    RandomStream.of(seed).draws(count).fill(numbers, 0);
    for (int i = 0; i < count; i++) {
      numbers[i] -= 0.5f;
    }
    return numbers;
  }

  private static Variable constant(Tape tape, float[] values, int[] shape) {
    return tape.constant(tape.scope().tensor(values, shape));
  }

  private static float[] between(float[] real, float[] fake, float[] alpha) {
    float[] between = new float[real.length];
    int each = real.length / alpha.length;
    for (int i = 0; i < between.length; i++) {
      between[i] = real[i] + alpha[i / each] * (fake[i] - real[i]);
    }
    return between;
  }

  private static float[] transposed(float[] matrix, int rows, int columns) {
    float[] transposed = new float[matrix.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        transposed[j * rows + i] = matrix[i * columns + j];
      }
    }
    return transposed;
  }
}

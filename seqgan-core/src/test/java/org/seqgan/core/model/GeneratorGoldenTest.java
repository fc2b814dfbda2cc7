package org.seqgan.core.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.TestBackends;

@DisplayName("The LSTM generator agrees with reference numbers")
class GeneratorGoldenTest {
  /** Gate order of the fused matrices. */
  private static final List<String> GATES = List.of("input", "forget", "output", "cell");

  static Stream<Arguments> cases() {
    return GoldenCase.files("generator")
        .flatMap(golden -> TestBackends.names().map(backend -> Arguments.of(golden, backend)));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void logProbabilities(GoldenCase golden, String backend) {
    with(
        golden,
        backend,
        generator -> {
          float[] actual = generator.logProbabilities(golden.tokens()).values();
          float[] expected = golden.array("token_log_probabilities").values();
          golden.assertClose(actual, expected, "token_log_probabilities");
        });
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void maximumLikelihoodLossAndGradients(GoldenCase golden, String backend) {
    with(
        golden,
        backend,
        generator -> {
          Sequences batch = golden.tokens();
          float[] weights = new float[batch.tokens().length];
          java.util.Arrays.fill(weights, 1f / weights.length);
          assertGradients(golden, generator, weights, "mle_loss_mean_per_token", "mle_gradients");
        });
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void policyGradientLossAndGradients(GoldenCase golden, String backend) {
    with(
        golden,
        backend,
        generator ->
            assertGradients(
                golden,
                generator,
                golden.tokenValues("rewards").values(),
                "policy_gradient_loss_sum",
                "policy_gradients"));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void oneClippedAdamStep(GoldenCase golden, String backend) {
    with(
        golden,
        backend,
        generator -> {
          TokenValues rewards = golden.tokenValues("rewards");
          var step = generator.trainPolicyGradient(golden.tokens(), rewards);
          golden.assertClose(step.gradientNorm(), "policy_gradient_global_norm");
          golden.assertClose(step.loss(), "policy_gradient_loss_sum");
          NamedArrays expected = parameters(golden, "parameters_after_one_clipped_adam_step");
          NamedArrays actual = generator.parameters();
          expected
              .arrays()
              .forEach(
                  (name, array) ->
                      golden.assertClose(
                          actual.get(name).values(), array.values(), "after Adam: " + name));
        });
  }

  private static void assertGradients(
      GoldenCase golden,
      AutoregressiveGenerator generator,
      float[] weights,
      String loss,
      String gradients) {
    try (TensorScope scope = generator.backend().openScope()) {
      var result = generator.lossAndGradients(scope, golden.tokens(), weights);
      golden.assertClose(scope.read(result.loss())[0], loss);
      NamedArrays expected = parameters(golden, gradients);
      expected
          .arrays()
          .forEach(
              (name, array) ->
                  golden.assertClose(
                      scope.read(result.gradients().get(name)),
                      array.values(),
                      gradients + "." + name));
    }
  }

  private static void with(
      GoldenCase golden, String backendName, Consumer<AutoregressiveGenerator> test) {
    LstmModel model =
        new LstmModel(
            golden.integer("vocab"),
            golden.integer("embedding_size"),
            golden.integer("hidden_size"),
            0.1f);
    OptimizerOptions optimizer =
        new OptimizerOptions(
            (float) golden.number("adam", "learning_rate"),
            (float) golden.number("adam", "beta1"),
            (float) golden.number("adam", "beta2"),
            (float) golden.number("adam", "epsilon"),
            (float) golden.number("clip_global_norm"));
    Vocabulary vocabulary =
        Vocabulary.fixedLength(golden.integer("vocab"), golden.integer("start_token"));
    try (TensorBackend backend = TestBackends.open(backendName);
        AutoregressiveGenerator generator =
            new AutoregressiveGenerator(
                new ModelSetting.ForGenerator(
                    backend,
                    vocabulary,
                    golden.integer("sequence_length"),
                    RandomStream.of(1),
                    optimizer,
                    optimizer),
                model)) {
      generator.setParameters(parameters(golden, "parameters"));
      test.accept(generator);
    }
  }

  /** The four matrices of each kind side by side, as the fused operation wants them. */
  private static NamedArrays parameters(GoldenCase golden, String group) {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    arrays.put(LstmModel.EMBEDDING, golden.array(group, "embedding"));
    arrays.put(LstmModel.INPUT_WEIGHTS, fuse(golden, group, "W_"));
    arrays.put(LstmModel.RECURRENT_WEIGHTS, fuse(golden, group, "U_"));
    FloatArray bias = fuse(golden, group, "b_");
    arrays.put(
        LstmModel.GATE_BIAS, new FloatArray(new int[] {bias.values().length}, bias.values()));
    arrays.put(LstmModel.LOGIT_WEIGHTS, golden.array(group, "W_logits"));
    arrays.put(LstmModel.LOGIT_BIAS, golden.array(group, "b_logits"));
    return new NamedArrays(arrays);
  }

  private static FloatArray fuse(GoldenCase golden, String group, String prefix) {
    FloatArray first = golden.array(group, prefix + GATES.get(0));
    int columns = first.shape()[first.shape().length - 1];
    int rows = first.values().length / columns;
    float[] fused = new float[rows * 4 * columns];
    for (int gate = 0; gate < 4; gate++) {
      float[] values = golden.array(group, prefix + GATES.get(gate)).values();
      for (int row = 0; row < rows; row++) {
        System.arraycopy(values, row * columns, fused, row * 4 * columns + gate * columns, columns);
      }
    }
    return new FloatArray(new int[] {rows, 4 * columns}, fused);
  }
}

package org.seqgan.core.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.TestBackends;

@DisplayName("The CNN discriminator agrees with reference numbers")
class DiscriminatorGoldenTest {
  static Stream<Arguments> cases() {
    return GoldenCase.files("discriminator")
        .flatMap(golden -> TestBackends.names().map(backend -> Arguments.of(golden, backend)));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void probabilities(GoldenCase golden, String backendName) {
    with(
        golden,
        backendName,
        (backend, discriminator) ->
            golden.assertClose(
                discriminator.probabilityReal(golden.tokens()),
                golden.array("probability_real").values(),
                "probability_real"));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void lossAndGradients(GoldenCase golden, String backendName) {
    with(
        golden,
        backendName,
        (backend, discriminator) -> {
          List<Integer> labels = golden.integers("labels");
          boolean[] real = new boolean[labels.size()];
          for (int i = 0; i < real.length; i++) {
            real[i] = labels.get(i) == 1;
          }
          try (TensorScope scope = backend.openScope()) {
            var result =
                discriminator.lossAndGradients(scope, golden.tokens(), real, RandomStream.of(1));
            golden.assertClose(scope.read(result.loss())[0], "loss");
            parameters(golden, "gradients")
                .arrays()
                .forEach(
                    (name, array) ->
                        golden.assertClose(
                            withPenalty(golden, name, scope.read(result.gradients().get(name))),
                            array.values(),
                            "gradients." + name));
          }
        });
  }

  /** The optimiser adds the penalty's part of a gradient, lambda times the parameter. */
  private static float[] withPenalty(GoldenCase golden, String name, float[] gradient) {
    if (name.equals(CnnModel.OUTPUT_WEIGHTS) || name.equals(CnnModel.OUTPUT_BIAS)) {
      float[] values = parameters(golden, "parameters").get(name).values();
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += (float) golden.number("l2_lambda") * values[i];
      }
    }
    return gradient;
  }

  private static void with(
      GoldenCase golden,
      String backendName,
      BiConsumer<TensorBackend, ClassifierDiscriminator> test) {
    CnnModel model =
        new CnnModel(
            golden.integer("vocab"),
            golden.integer("embedding_size"),
            golden.integers("filter_widths"),
            golden.integers("filter_counts"),
            1f,
            (float) golden.number("l2_lambda"));
    try (TensorBackend backend = TestBackends.open(backendName);
        ClassifierDiscriminator discriminator =
            new ClassifierDiscriminator(
                new ModelSetting.ForDiscriminator(
                    backend,
                    Vocabulary.fixedLength(golden.integer("vocab"), 0),
                    golden.integer("sequence_length"),
                    RandomStream.of(1),
                    new OptimizerOptions(1e-4f, 0.9f, 0.999f, 1e-8f, 0f)),
                model)) {
      discriminator.setParameters(parameters(golden, "parameters"));
      test.accept(backend, discriminator);
    }
  }

  private static NamedArrays parameters(GoldenCase golden, String group) {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    arrays.put(CnnModel.EMBEDDING, golden.array(group, "embedding"));
    for (int width : golden.integers("filter_widths")) {
      FloatArray weights =
          golden.array(group, "conv" + width + "_W"); // (width, embedding, filters)
      int[] shape = weights.shape();
      arrays.put(
          CnnModel.filterWeights(width),
          new FloatArray(new int[] {shape[0] * shape[1], shape[2]}, weights.values()));
      arrays.put(CnnModel.filterBias(width), golden.array(group, "conv" + width + "_b"));
    }
    arrays.put(CnnModel.TRANSFORM_WEIGHTS, golden.array(group, "highway_W"));
    arrays.put(CnnModel.TRANSFORM_BIAS, golden.array(group, "highway_b"));
    arrays.put(CnnModel.GATE_WEIGHTS, golden.array(group, "gate_W"));
    arrays.put(CnnModel.GATE_BIAS, golden.array(group, "gate_b"));
    arrays.put(CnnModel.OUTPUT_WEIGHTS, golden.array(group, "out_W"));
    arrays.put(CnnModel.OUTPUT_BIAS, golden.array(group, "out_b"));
    return new NamedArrays(arrays);
  }
}

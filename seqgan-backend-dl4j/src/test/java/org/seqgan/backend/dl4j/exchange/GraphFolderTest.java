package org.seqgan.backend.dl4j.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.export.TrainedParts;
import org.seqgan.api.export.TrainedParts.Part;

@DisplayName("Format dl4j")
class GraphFolderTest {
  @TempDir private Path folder;
  private final Dl4jFormatProvider format = new Dl4jFormatProvider();

  @Test
  void isWhatDl4jLoadsTrainsAndSaves() throws IOException {
    format.write(parts(), folder);
    Path file = folder.resolve("generator.zip");
    ComputationGraph graph = ModelSerializer.restoreComputationGraph(file.toFile(), true);
    assertThat(graph.getLayer("lstm").getParam("b").dup('c').data().asFloat())
        .as("candidate, forget, output, input")
        .containsExactly(7, 8, 3, 4, 5, 6, 1, 2);
    graph.fit(new INDArray[] {Nd4j.zeros(2, 3)}, new INDArray[] {Nd4j.ones(2, 4, 3)});
    ModelSerializer.writeModel(graph, file.toFile(), true);
    TrainedParts read = format.read(file);
    assertThat(read.settings()).as("settings, which DL4J does not keep").isEmpty();
    assertThat(read.generator().orElseThrow().parameters().get("logits.b").values())
        .isEqualTo(graph.getLayer("logits").getParam("b").dup('c').data().asFloat())
        .isNotEqualTo(parts().generator().orElseThrow().parameters().get("logits.b").values());
  }

  @Test
  void hasTheSameBytesForTheSameModel() throws IOException {
    format.write(parts(), folder.resolve("one"));
    format.write(parts(), folder.resolve("other"));
    assertThat(folder.resolve("one/generator.zip"))
        .hasSameBinaryContentAs(folder.resolve("other/generator.zip"));
  }

  @Test
  void saysWhatItCannotRead() throws IOException {
    assertThatThrownBy(() -> format.read(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expected generator.zip or discriminator.zip in this folder");
    Path text = Files.writeString(folder.resolve("text"), "words");
    assertThatThrownBy(() -> format.read(text))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("found something else");
  }

  /** Somebody added to the graph, or changed what it computes: our models cannot be that. */
  @Test
  void anEditedGraphIsRefused() throws IOException {
    format.write(discriminator(), folder);
    Path file = folder.resolve("discriminator.zip");
    assertThat(format.read(file).discriminator()).isPresent();
    ComputationGraph graph = ModelSerializer.restoreComputationGraph(file.toFile(), true);
    ComputationGraph deeper =
        new TransferLearning.GraphBuilder(graph)
            .removeVertexKeepConnections("out")
            .addLayer("more", new DenseLayer.Builder().nIn(3).nOut(3).build(), "mixed")
            .addLayer("out", new OutputLayer.Builder().nIn(3).nOut(2).build(), "more")
            .setOutputs("out")
            .build();
    ModelSerializer.writeModel(deeper, file.toFile(), true);
    assertRefused(file);
    ((DenseLayer) graph.getLayer("gate").conf().getLayer()).setActivationFn(new ActivationTanH());
    ModelSerializer.writeModel(graph, file.toFile(), true);
    assertRefused(file);
  }

  /** What trains a graph changes nothing that it computes. */
  @Test
  void aGraphThatIsTrainedInAnotherWayIsRead() throws IOException {
    format.write(discriminator(), folder);
    Path file = folder.resolve("discriminator.zip");
    ComputationGraph graph = ModelSerializer.restoreComputationGraph(file.toFile(), true);
    ComputationGraph tuned =
        new TransferLearning.GraphBuilder(graph)
            .fineTuneConfiguration(
                new FineTuneConfiguration.Builder().updater(new Sgd(0.5)).l2(0.25).build())
            .build();
    ModelSerializer.writeModel(tuned, file.toFile(), true);
    assertThat(format.read(file).discriminator().orElseThrow().options())
        .containsEntry("l2", "0.25");
  }

  /** What is replaced in a graph comes last in it, and is merged where it was. */
  @Test
  void filtersAreInTheOrderInWhichTheGraphMergesThem() throws IOException {
    format.write(discriminator(), folder);
    Path file = folder.resolve("discriminator.zip");
    ComputationGraph graph = ModelSerializer.restoreComputationGraph(file.toFile(), true);
    ComputationGraph edited =
        new TransferLearning.GraphBuilder(graph)
            .removeVertexKeepConnections("conv1")
            .addLayer("conv1", graph.getLayer("conv1").conf().getLayer().clone(), "embedding")
            .build();
    assertThat(edited.getConfiguration().getVertices().keySet())
        .containsSubsequence("conv2", "conv1");
    ModelSerializer.writeModel(edited, file.toFile(), true);
    assertThat(format.read(file).discriminator().orElseThrow().options())
        .containsEntry("filter-widths", "[1, 2]")
        .containsEntry("filter-counts", "[1, 2]");
  }

  private void assertRefused(Path file) {
    assertThatThrownBy(() -> format.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expected the layers of an exported generator 'lstm'")
        .hasMessageEndingWith("use the graph as it is by dl4j-graph");
  }

  /** V 4, E 2, filters of widths 1 and 2. */
  private static TrainedParts discriminator() {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    arrays.put("embedding", counted(4, 2));
    arrays.put("conv1.W", counted(2, 1));
    arrays.put("conv1.b", counted(1));
    arrays.put("conv2.W", counted(4, 2));
    arrays.put("conv2.b", counted(2));
    for (String square : List.of("highway", "gate")) {
      arrays.put(square + ".W", counted(3, 3));
      arrays.put(square + ".b", counted(3));
    }
    arrays.put("out.W", counted(3, 2));
    arrays.put("out.b", counted(2));
    return new TrainedParts(
        Optional.empty(),
        Optional.of(new Part("cnn", Map.of("keep", "0.75"), new NamedArrays(arrays))),
        4,
        OptionalInt.empty(),
        OptionalInt.of(3),
        Map.of("seed", "1"));
  }

  /** V 4, E 2, H 2: every number is another. */
  private static TrainedParts parts() {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    arrays.put("embedding", counted(4, 2));
    arrays.put("lstm.W", counted(2, 8));
    arrays.put("lstm.U", counted(2, 8));
    arrays.put("lstm.b", counted(8));
    arrays.put("logits.W", counted(2, 4));
    arrays.put("logits.b", counted(4));
    return new TrainedParts(
        Optional.of(new Part("lstm", Map.of(), new NamedArrays(arrays))),
        Optional.empty(),
        4,
        OptionalInt.empty(),
        OptionalInt.of(3),
        Map.of("seed", "1"));
  }

  private static FloatArray counted(int... shape) {
    int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = i + 1;
    }
    return new FloatArray(shape, values);
  }
}

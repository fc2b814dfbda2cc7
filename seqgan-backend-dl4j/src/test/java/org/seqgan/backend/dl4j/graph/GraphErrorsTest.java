package org.seqgan.backend.dl4j.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

@DisplayName("Plugins dl4j-graph")
class GraphErrorsTest {
  private static final int TIME = 6;
  private static final Vocabulary VOCABULARY = new Vocabulary(9, 0, OptionalInt.of(8));

  @TempDir private Path folder;

  // ---- the file ----

  @Test
  void sayWhatAFileIsThatIsNoGraph() throws IOException {
    Path file = folder.resolve("graph");
    assertRefused(file, "expected a ComputationGraphConfiguration as JSON", "found nothing there");
    Files.writeString(file, "generator = lstm\n");
    assertRefused(file, "discriminator.file = " + file, "found something else");
    Files.writeString(file, "{\"vertices\": 3}");
    assertRefused(file, "expected a ComputationGraphConfiguration as JSON");
    Files.writeString(
        file,
        new NeuralNetConfiguration.Builder()
            .list(new OutputLayer.Builder().nIn(3).nOut(2).activation(Activation.SOFTMAX).build())
            .build()
            .toJson());
    assertRefused(file, "found a MultiLayerNetwork; save network.toComputationGraph()");
    zip(file, "words.txt", new byte[3]);
    assertRefused(file, "found a zip without configuration.json");
    Files.write(file, new byte[] {'P', 'K', 3, 4, 0});
    assertRefused(file, "found a damaged zip; save it again");
  }

  @Test
  void refuseWeightsThatAreCutOffOrOfAnotherGraph() throws IOException {
    Path whole = folder.resolve("whole.zip");
    Graphs.zip(whole, Graphs.convolutional(9));
    byte[] weights;
    try (ZipFile zip = new ZipFile(whole.toFile())) {
      weights = zip.getInputStream(zip.getEntry("coefficients.bin")).readAllBytes();
    }
    Path file = folder.resolve("d.zip");
    byte[] json = Graphs.convolutional(9).toJson().getBytes(UTF_8);
    zip(file, "configuration.json", json, "coefficients.bin", Arrays.copyOf(weights, 200));
    assertRefused(file, "its coefficients.bin is cut off");
    byte[] boastful = weights.clone();
    Arrays.fill(boastful, 60, 100, (byte) 0x7f);
    zip(file, "configuration.json", json, "coefficients.bin", boastful);
    assertThatThrownBy(() -> discriminator(file, Optional.empty()))
        .isInstanceOf(UserException.class);
    byte[] wider = Graphs.bag(9).toJson().getBytes(UTF_8);
    zip(file, "configuration.json", wider, "coefficients.bin", weights);
    assertThatThrownBy(() -> discriminator(file, Optional.of(TokenInput.ONE_HOT)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("weights for its configuration, found");
  }

  /** DL4J would make a Java object of it. */
  @Test
  void beginWithTheWeightsOfAZipAndTouchNothingElseInIt() throws IOException {
    Path saved = folder.resolve("saved.zip");
    ComputationGraph graph = Graphs.zip(saved, Graphs.convolutional(9));
    Path file = folder.resolve("d.zip");
    try (ZipFile zip = new ZipFile(saved.toFile())) {
      zip(
          file,
          "configuration.json",
          zip.getInputStream(zip.getEntry("configuration.json")).readAllBytes(),
          "coefficients.bin",
          zip.getInputStream(zip.getEntry("coefficients.bin")).readAllBytes(),
          "preprocessor.bin",
          new byte[] {1, 2, 3});
    }
    try (Discriminator discriminator = discriminator(file, Optional.empty())) {
      assertThat(discriminator.parameters().get("out_W").values())
          .isEqualTo(graph.getLayer("out").getParam("W").dup('c').data().asFloat());
    }
  }

  // ---- what a discriminator needs ----

  @Test
  void refuseOutputsThatAreNoJudgement() {
    OutputLayer.Builder out = new OutputLayer.Builder(LossFunction.MCXENT).nIn(4);
    assertRefused(
        pooled(out.nOut(3).activation(Activation.SOFTMAX).build()),
        "expected an OutputLayer of 1 sigmoid with loss XENT, or of 2 with softmax and loss MCXENT",
        "found 3 with softmax");
    assertRefused(
        pooled(
            new OutputLayer.Builder(LossFunction.MSE)
                .nIn(4)
                .nOut(1)
                .activation(Activation.SIGMOID)
                .build()),
        "found 1 with sigmoid and LossMSE");
    assertRefused(
        Graphs.json(folder.resolve("g.json"), Graphs.generator(9)), "found a RnnOutputLayer");
  }

  @Test
  void refuseAnotherVocabulary() {
    assertRefused(
        Graphs.json(folder.resolve("d.json"), Graphs.convolutional(7)),
        "expected nIn = 9, the tokens of the task, in its layer 'embedding' that reads them, found 7");
  }

  @Test
  void tellHowTokensEnterOrAsk() {
    Path bag = Graphs.json(folder.resolve("bag.json"), Graphs.bag(9));
    assertRefused(bag, "set discriminator.input to ids or one-hot");
    ComputationGraphConfiguration recurrent =
        base()
            .addLayer("lstm", new LSTM.Builder().nIn(9).nOut(4).build(), "tokens")
            .addLayer("pool", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "lstm")
            .addLayer(
                "out",
                new OutputLayer.Builder(LossFunction.XENT)
                    .nIn(4)
                    .nOut(1)
                    .activation(Activation.SIGMOID)
                    .build(),
                "pool")
            .setOutputs("out")
            .build();
    try (Discriminator oneHot =
        discriminator(Graphs.json(folder.resolve("d.json"), recurrent), Optional.empty())) {
      assertThat(oneHot.parameters().get("lstm_W").shape()).containsExactly(9, 16);
    }
  }

  // ---- what a generator needs ----

  @Test
  void refuseAGraphThatCannotStep() {
    assertCannotWrite(
        new Bidirectional(Bidirectional.Mode.ADD, new LSTM.Builder().nIn(3).nOut(4).build()),
        "replace 'middle' (Bidirectional) by layers that can step, such as LSTM");
    assertCannotWrite(
        new Convolution1DLayer.Builder(3)
            .nIn(3)
            .nOut(4)
            .convolutionMode(ConvolutionMode.Same)
            .build(),
        "replace 'middle' (Convolution1DLayer) by layers that can step, such as LSTM");
  }

  @Test
  void refuseAGeneratorOfAnotherVocabulary() {
    Path file = Graphs.json(folder.resolve("g.json"), Graphs.generator(7));
    assertThatThrownBy(() -> generator(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("generator.file = " + file)
        .hasMessageContaining("(9 tokens) at its output, found 7 with softmax");
  }

  private void assertCannotWrite(Layer middle, String advice) {
    ComputationGraphConfiguration graph =
        base()
            .addLayer(
                "embedding",
                new EmbeddingSequenceLayer.Builder().nIn(9).nOut(3).hasBias(false).build(),
                "tokens")
            .addLayer("middle", middle, "embedding")
            .addLayer("out", Graphs.softmaxOverTokens(4, 9), "middle")
            .setOutputs("out")
            .build();
    Path file = Graphs.json(folder.resolve("g.json"), graph);
    assertThatThrownBy(() -> generator(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(advice);
  }

  private static ComputationGraphConfiguration.GraphBuilder base() {
    return new NeuralNetConfiguration.Builder().seed(7).graphBuilder().addInputs("tokens");
  }

  private Path pooled(BaseLayer out) {
    return Graphs.json(
        folder.resolve("d.json"),
        base()
            .addLayer(
                "embedding",
                new EmbeddingSequenceLayer.Builder().nIn(9).nOut(4).hasBias(false).build(),
                "tokens")
            .addLayer("pool", new GlobalPoolingLayer.Builder(PoolingType.MAX).build(), "embedding")
            .addLayer("out", out, "pool")
            .setOutputs("out")
            .build());
  }

  private void assertRefused(Path file, String... parts) {
    AbstractThrowableAssert<?, ?> refusal =
        assertThatThrownBy(() -> discriminator(file, Optional.empty()))
            .isInstanceOf(UserException.class)
            .hasMessageContaining(file.toString());
    for (String part : parts) {
      refusal.hasMessageContaining(part);
    }
  }

  private static Discriminator discriminator(Path file, Optional<TokenInput> input) {
    try (TensorBackend backend = new ReferenceBackend(ReferenceOptions.defaults())) {
      return new GraphDiscriminatorProvider()
          .create(
              new Contexts.OfDiscriminator(backend, VOCABULARY, TIME, RandomStream.of(1)),
              new GraphOptions(file, input));
    }
  }

  private static Generator generator(Path file) {
    try (TensorBackend backend = new ReferenceBackend(ReferenceOptions.defaults())) {
      return new GraphGeneratorProvider()
          .create(
              new Contexts.OfGenerator(backend, VOCABULARY, TIME, RandomStream.of(1)),
              new GraphOptions(file, Optional.empty()));
    }
  }

  /** Names and contents in turn. */
  private static void zip(Path file, Object... entries) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < entries.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) entries[i]));
        zip.write((byte[]) entries[i + 1]);
        zip.closeEntry();
      }
    }
  }
}

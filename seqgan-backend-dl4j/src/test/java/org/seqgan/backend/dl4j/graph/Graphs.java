package org.seqgan.backend.dl4j.graph;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Graphs as a user of DL4J builds them, small. */
final class Graphs {
  private Graphs() {}

  private static ComputationGraphConfiguration.GraphBuilder builder(double learningRate) {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .updater(new Adam(learningRate))
        .graphBuilder()
        .addInputs("tokens");
  }

  /** Embedding, convolution, maximum over time, a softmax over generated and real. */
  static ComputationGraphConfiguration convolutional(int vocabulary) {
    return builder(0.02)
        .addLayer(
            "embedding",
            new EmbeddingSequenceLayer.Builder().nIn(vocabulary).nOut(4).hasBias(false).build(),
            "tokens")
        .addLayer(
            "convolution",
            new Convolution1DLayer.Builder(3)
                .nIn(4)
                .nOut(5)
                .convolutionMode(ConvolutionMode.Same)
                .activation(Activation.TANH)
                .build(),
            "embedding")
        .addLayer("pool", new GlobalPoolingLayer.Builder(PoolingType.MAX).build(), "convolution")
        .addLayer(
            "out",
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(5)
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build(),
            "pool")
        .setOutputs("out")
        .build();
  }

  /** How often each token stands in a sequence, a layer, one sigmoid; dropout and a penalty. */
  static ComputationGraphConfiguration bag(int vocabulary) {
    return builder(0.02)
        .addLayer("pool", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "tokens")
        .addLayer(
            "layer",
            new DenseLayer.Builder().nIn(vocabulary).nOut(6).activation(Activation.TANH).build(),
            "pool")
        .addLayer(
            "out",
            new OutputLayer.Builder(LossFunction.XENT)
                .nIn(6)
                .nOut(1)
                .activation(Activation.SIGMOID)
                .dropOut(new Dropout(0.75))
                .l2(0.02)
                .build(),
            "layer")
        .setOutputs("out")
        .build();
  }

  /** A generator: embedding, LSTM, a softmax over the vocabulary. */
  static ComputationGraphConfiguration generator(int vocabulary) {
    return builder(0.05)
        .addLayer(
            "embedding",
            new EmbeddingSequenceLayer.Builder().nIn(vocabulary).nOut(2).hasBias(false).build(),
            "tokens")
        .addLayer(
            "lstm",
            new LSTM.Builder().nIn(2).nOut(2).activation(Activation.TANH).build(),
            "embedding")
        .addLayer("out", softmaxOverTokens(2, vocabulary), "lstm")
        .setOutputs("out")
        .build();
  }

  static RnnOutputLayer softmaxOverTokens(int inputs, int vocabulary) {
    return new RnnOutputLayer.Builder(LossFunction.MCXENT)
        .nIn(inputs)
        .nOut(vocabulary)
        .activation(Activation.SOFTMAX)
        .build();
  }

  /** Saves a configuration as JSON. */
  static Path json(Path file, ComputationGraphConfiguration configuration) {
    try {
      return Files.write(file, configuration.toJson().getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Saves a graph with its initial weights as DL4J does. */
  static ComputationGraph zip(Path file, ComputationGraphConfiguration configuration) {
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    try {
      ModelSerializer.writeModel(graph, file.toFile(), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return graph;
  }
}

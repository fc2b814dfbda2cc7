package org.example.judge;

import java.io.File;
import java.io.IOException;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Builds the network and saves it as {@code judge.zip}. The argument is the number of tokens of the
 * task.
 */
public final class BuildJudge {
  private static final int EMBEDDING = 32;
  private static final int FILTERS = 48;

  private BuildJudge() {}

  /** Builds and saves. */
  public static void main(String[] args) throws IOException {
    ComputationGraph judge = new ComputationGraph(judge(Integer.parseInt(args[0])));
    judge.init();
    ModelSerializer.writeModel(judge, new File("judge.zip"), false);
  }

  /** Convolutions of two widths over token embeddings, after Kim (2014). */
  static ComputationGraphConfiguration judge(int tokens) {
    return new NeuralNetConfiguration.Builder()
        .updater(new Adam(1e-3))
        .graphBuilder()
        .addInputs("tokens") // [batch, time]: ids
        .addLayer(
            "embedding",
            new EmbeddingSequenceLayer.Builder().nIn(tokens).nOut(EMBEDDING).hasBias(false).build(),
            "tokens")
        .addLayer("narrow", filters(2), "embedding")
        .addLayer("wide", filters(4), "embedding")
        .addVertex("both", new MergeVertex(), "narrow", "wide")
        .addLayer("strongest", new GlobalPoolingLayer.Builder(PoolingType.MAX).build(), "both")
        .addLayer(
            "judgement", // [batch, 2]: generated, real
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(2 * FILTERS)
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .dropOut(0.75)
                .build(),
            "strongest")
        .setOutputs("judgement")
        .build();
  }

  private static Convolution1DLayer filters(int width) {
    return new Convolution1DLayer.Builder(width)
        .nIn(EMBEDDING)
        .nOut(FILTERS)
        .convolutionMode(ConvolutionMode.Same)
        .activation(Activation.RELU)
        .build();
  }
}

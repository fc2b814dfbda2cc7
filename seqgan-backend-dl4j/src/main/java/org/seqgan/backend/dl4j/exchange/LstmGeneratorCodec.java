package org.seqgan.backend.dl4j.exchange;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.export.TrainedParts;
import org.seqgan.api.export.TrainedParts.Part;

/**
 * Generator {@code lstm}: it reads ids {@code [batch, time]}, the start token first, and gives the
 * probabilities of the next token at each position, {@code [batch, V, time]}.
 */
final class LstmGeneratorCodec implements GraphCodec {
  private static final String EMBEDDING = "embedding";
  private static final String LSTM = "lstm";
  private static final String LOGITS = "logits";

  @Override
  public String plugin() {
    return "lstm";
  }

  @Override
  public ComputationGraphConfiguration configuration(TrainedParts parts, Part part) {
    int[] embedding = part.parameters().get("embedding").shape();
    int hidden = part.parameters().get("logits.W").shape()[0];
    return configuration(embedding[0], embedding[1], hidden);
  }

  private static ComputationGraphConfiguration configuration(
      long vocabulary, long width, long hidden) {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new Adam(Adam.DEFAULT_ADAM_LEARNING_RATE))
        .graphBuilder()
        .addInputs("tokens")
        .addLayer(
            EMBEDDING,
            new EmbeddingSequenceLayer.Builder()
                .nIn(vocabulary)
                .nOut(width)
                .hasBias(false)
                .activation(Activation.IDENTITY)
                .build(),
            "tokens")
        .addLayer(
            LSTM,
            new LSTM.Builder()
                .nIn(width)
                .nOut(hidden)
                .activation(Activation.TANH)
                .gateActivationFunction(Activation.SIGMOID)
                .dataFormat(RNNFormat.NCW)
                .build(),
            EMBEDDING)
        .addLayer(
            LOGITS,
            new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nIn(hidden)
                .nOut(vocabulary)
                .activation(Activation.SOFTMAX)
                .dataFormat(RNNFormat.NCW)
                .build(),
            LSTM)
        .setOutputs(LOGITS)
        .build();
  }

  @Override
  public void fill(NamedArrays parameters, GraphWeights weights) {
    int hidden = parameters.get("logits.W").shape()[0];
    weights.set(EMBEDDING, "W", parameters.get("embedding").values());
    weights.set(LSTM, "W", Gates.swapped(parameters.get("lstm.W").values(), hidden));
    weights.set(LSTM, "RW", Gates.swapped(parameters.get("lstm.U").values(), hidden));
    weights.set(LSTM, "b", Gates.swapped(parameters.get("lstm.b").values(), hidden));
    weights.set(LOGITS, "W", parameters.get("logits.W").values());
    weights.set(LOGITS, "b", parameters.get("logits.b").values());
  }

  @Override
  public boolean knows(ComputationGraphConfiguration configuration) {
    return GraphLayers.of(configuration, LSTM) instanceof LSTM lstm
        && GraphLayers.of(configuration, LOGITS) instanceof RnnOutputLayer logits
        && GraphLayers.computeTheSame(
            configuration(logits.getNOut(), lstm.getNIn(), lstm.getNOut()), configuration);
  }

  @Override
  public Decoded decode(ComputationGraph graph) {
    LSTM lstm = (LSTM) graph.getLayer(LSTM).conf().getLayer();
    int width = (int) lstm.getNIn();
    int hidden = (int) lstm.getNOut();
    int vocabulary = (int) ((RnnOutputLayer) graph.getLayer(LOGITS).conf().getLayer()).getNOut();
    GraphWeights weights = new GraphWeights(graph);
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    put(arrays, "embedding", weights.get(EMBEDDING, "W"), vocabulary, width);
    put(arrays, "lstm.W", Gates.swapped(weights.get(LSTM, "W"), hidden), width, 4 * hidden);
    put(arrays, "lstm.U", Gates.swapped(weights.get(LSTM, "RW"), hidden), hidden, 4 * hidden);
    put(arrays, "lstm.b", Gates.swapped(weights.get(LSTM, "b"), hidden), 4 * hidden);
    put(arrays, "logits.W", weights.get(LOGITS, "W"), hidden, vocabulary);
    put(arrays, "logits.b", weights.get(LOGITS, "b"), vocabulary);
    Map<String, String> options = new LinkedHashMap<>();
    options.put("embedding-size", Integer.toString(width));
    options.put("hidden-size", Integer.toString(hidden));
    return new Decoded(vocabulary, OptionalInt.empty(), options, new NamedArrays(arrays));
  }

  private static void put(
      Map<String, FloatArray> arrays, String name, float[] values, int... shape) {
    arrays.put(name, new FloatArray(shape, values));
  }
}

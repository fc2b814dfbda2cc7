package org.seqgan.backend.dl4j.graph;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.seqgan.api.UserException;
import org.seqgan.backend.dl4j.product.NativeLibraries;

/**
 * Insists that a graph can write: that it gives the same logits when it reads token by token as
 * when it reads a whole sequence. A layer that looks ahead, or forgets between two steps, does not.
 */
record SteppingCheck(GraphSource source, ComputationGraph graph, TokenEncoder encoder) {
  private static final String EXPECTED =
      "an RnnOutputLayer of the vocabulary's size with softmax and loss MCXENT";
  private static final int LONGEST = 4;
  private static final double TOLERANCE = 1e-3;

  /** Layers that read one position after another. */
  private static final List<Class<? extends Layer>> STEPPING =
      List.of(
          EmbeddingSequenceLayer.class,
          EmbeddingLayer.class,
          LSTM.class,
          SimpleRnn.class,
          DenseLayer.class,
          ActivationLayer.class,
          DropoutLayer.class,
          RnnOutputLayer.class);

  /** Insists on the output layer of a generator, and settles what its configuration leaves open. */
  static void requireSoftmax(
      GraphSource source, ComputationGraphConfiguration configuration, int vocabulary) {
    Layer layer = GraphOpening.outputLayer(source, configuration, EXPECTED);
    if (!(layer instanceof RnnOutputLayer output)) {
      throw source.error(
          "expected %s at its output, found a %s; end the graph with such a layer"
              .formatted(EXPECTED, layer.getClass().getSimpleName()));
    }
    if (output.getNOut() != vocabulary
        || !(output.getActivationFn() instanceof ActivationSoftmax)
        || !(output.getLossFn() instanceof LossMCXENT loss)) {
      throw source.error(
          "expected %s (%d tokens) at its output, found %d with %s and %s; build the graph for this task"
              .formatted(
                  EXPECTED,
                  vocabulary,
                  output.getNOut(),
                  output.getActivationFn(),
                  output.getLossFn()));
    }
    if (output.getRnnDataFormat() == RNNFormat.NWC) {
      throw source.error(
          "expected RNNFormat.NCW at its output, found NWC; build the graph without dataFormat(NWC)");
    }
    if (loss.getWeights() == null) {
      // With weights, all of them 1, its gradient is right also for labels that do not add up to 1.
      output.setLossFn(new LossMCXENT(loss.getSoftmaxClipEps(), Nd4j.ones(1, vocabulary)));
    }
    // Without input types DL4J leaves it open, computes as if it was this, and does not train.
    output.setRnnDataFormat(RNNFormat.NCW);
  }

  /** The same graph with logits at its output. */
  static ComputationGraphConfiguration withoutSoftmax(ComputationGraphConfiguration configuration) {
    ComputationGraphConfiguration copy = configuration.clone();
    output(copy).setActivationFn(new ActivationIdentity());
    return copy;
  }

  /** The output layer of a graph that {@link #requireSoftmax} has seen. */
  static RnnOutputLayer output(ComputationGraphConfiguration configuration) {
    LayerVertex output =
        (LayerVertex) configuration.getVertices().get(configuration.getNetworkOutputs().get(0));
    return (RnnOutputLayer) output.getLayerConf().getLayer();
  }

  /**
   * Compares both ways of reading.
   *
   * @param sequenceLength T, of which a few positions are enough
   */
  void require(int sequenceLength) {
    int time = Math.min(LONGEST, sequenceLength);
    int size = encoder.vocabularySize();
    int[] tokens = new int[2 * time];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = (3 * i + 1) % size;
    }
    try {
      float[] whole =
          GraphParameters.values(
              graph.output(false, encoder.encode(tokens, 2))[0].permute(0, 2, 1)); // (2, T, V)
      GraphStepper stepper = new GraphStepper(graph, encoder);
      for (int t = 0; t < time; t++) {
        float[] step = stepper.step(new int[] {tokens[t], tokens[time + t]}); // (2, V)
        for (int i = 0; i < step.length; i++) {
          float expected = whole[(i / size * time + t) * size + i % size];
          if (!(Math.abs(step[i] - expected) <= TOLERANCE * Math.max(1, Math.abs(expected)))) {
            throw source.error(
                "expected the same logits token by token as of a whole sequence, found %.4f and %.4f at position %d; %s"
                    .formatted(step[i], expected, t, advice()));
          }
        }
      }
    } catch (UserException e) {
      throw e;
    } catch (RuntimeException e) {
      throw source.error(
          "it cannot read %d tokens one by one by rnnTimeStep (%s); %s"
              .formatted(time, NativeLibraries.firstLine(e), advice()),
          e);
    }
  }

  private String advice() {
    String suspects =
        graph.getConfiguration().getVertices().entrySet().stream()
            .filter(entry -> entry.getValue() instanceof LayerVertex)
            .map(
                entry ->
                    Map.entry(
                        entry.getKey(),
                        ((LayerVertex) entry.getValue()).getLayerConf().getLayer().getClass()))
            .filter(entry -> !STEPPING.contains(entry.getValue()))
            .map(entry -> "'%s' (%s)".formatted(entry.getKey(), entry.getValue().getSimpleName()))
            .collect(Collectors.joining(", "));
    return suspects.isEmpty()
        ? "build the graph of layers that can step, such as LSTM, or set generator.input"
        : "replace %s by layers that can step, such as LSTM".formatted(suspects);
  }
}

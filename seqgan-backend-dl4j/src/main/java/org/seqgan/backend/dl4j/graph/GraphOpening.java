package org.seqgan.backend.dl4j.graph;

import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.seqgan.api.random.RandomStream;
import org.seqgan.backend.dl4j.product.NativeLibraries;
import org.seqgan.backend.dl4j.product.NativeThreads;

/** Makes the graph of a file, of whatever kind. */
final class GraphOpening {
  private GraphOpening() {}

  /**
   * A graph with the weights of its file, or initial ones where it has none.
   *
   * @param initialisation for the initial ones
   */
  static ComputationGraph open(GraphSource source, GraphFile file, RandomStream initialisation) {
    // One thread: so the sums of a graph do not depend on how many there are.
    NativeThreads.limitToOne();
    ComputationGraphConfiguration configuration = file.configuration();
    requireTrainable(source, configuration);
    configuration.getDefaultConfiguration().setSeed(GraphTrainer.seed(initialisation));
    ComputationGraph graph = new ComputationGraph(configuration);
    try {
      graph.init();
    } catch (RuntimeException e) {
      throw source.error(
          "DL4J cannot make this graph: %s; build it there first"
              .formatted(NativeLibraries.firstLine(e)),
          e);
    }
    file.parameters()
        .ifPresent(weights -> graph.setParams(Nd4j.create(weights, graph.params().shape(), 'c')));
    return graph;
  }

  private static void requireTrainable(
      GraphSource source, ComputationGraphConfiguration configuration) {
    if (configuration.getDataType() != DataType.FLOAT) {
      throw source.error(
          "expected a graph of data type FLOAT, found %s; build it with dataType(DataType.FLOAT)"
              .formatted(configuration.getDataType()));
    }
    if (configuration.getBackpropType() != BackpropType.Standard) {
      throw source.error(
          "expected BackpropType.Standard, found %s; build the graph without truncated back-propagation"
              .formatted(configuration.getBackpropType()));
    }
    OptimizationAlgorithm algorithm = configuration.getDefaultConfiguration().getOptimizationAlgo();
    if (algorithm != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT) {
      throw source.error(
          "expected STOCHASTIC_GRADIENT_DESCENT with an updater, found %s; leave the algorithm out"
              .formatted(algorithm));
    }
  }

  /** The layer at the one output of a graph. */
  static Layer outputLayer(
      GraphSource source, ComputationGraphConfiguration configuration, String expected) {
    if (configuration.getNetworkOutputs().size() != 1) {
      throw source.error(
          "expected one output, %s; found the outputs %s; name one with setOutputs"
              .formatted(expected, configuration.getNetworkOutputs()));
    }
    String name = configuration.getNetworkOutputs().get(0);
    GraphVertex vertex = configuration.getVertices().get(name);
    if (vertex instanceof LayerVertex layer) {
      return layer.getLayerConf().getLayer();
    }
    throw source.error(
        "expected its output '%s' to be %s, found a %s; end the graph with such a layer"
            .formatted(name, expected, vertex.getClass().getSimpleName()));
  }
}

package org.seqgan.backend.dl4j.exchange;

import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.jspecify.annotations.Nullable;

/** The layers of a graph by name. */
final class GraphLayers {
  private GraphLayers() {}

  /** A layer; null where the graph has none of that name. */
  static @Nullable Layer of(ComputationGraphConfiguration configuration, String name) {
    return configuration.getVertices().get(name) instanceof LayerVertex vertex
        ? vertex.getLayerConf().getLayer()
        : null;
  }

  /**
   * Whether two graphs with the same weights compute the same. They may differ in names that only
   * their user sees and in what only training asks for: updaters, penalties, dropout, losses.
   */
  static boolean computeTheSame(
      ComputationGraphConfiguration one, ComputationGraphConfiguration other) {
    Map<String, GraphVertex> vertices = other.getVertices();
    return one.getNetworkInputs().equals(other.getNetworkInputs())
        && one.getNetworkOutputs().equals(other.getNetworkOutputs())
        && one.getVertexInputs().equals(other.getVertexInputs())
        && one.getVertices().entrySet().stream()
            .allMatch(vertex -> computeTheSame(vertex.getValue(), vertices.get(vertex.getKey())));
  }

  private static boolean computeTheSame(GraphVertex one, @Nullable GraphVertex other) {
    if (one instanceof LayerVertex layer && other instanceof LayerVertex otherLayer) {
      return Objects.equals(layer.getPreProcessor(), otherLayer.getPreProcessor())
          && trainedLike(otherLayer.getLayerConf().getLayer(), layer.getLayerConf().getLayer())
              .equals(otherLayer.getLayerConf().getLayer());
    }
    return one.equals(other);
  }

  /** A copy of a layer with all that only training asks for as another layer has it. */
  private static Layer trainedLike(Layer trained, Layer layer) {
    Layer copy = layer.clone();
    copy.setLayerName(trained.getLayerName());
    copy.setIDropout(trained.getIDropout());
    copy.setConstraints(trained.getConstraints());
    if (copy instanceof BaseLayer weighted && trained instanceof BaseLayer from) {
      weighted.setIUpdater(from.getIUpdater());
      weighted.setBiasUpdater(from.getBiasUpdater());
      weighted.setRegularization(from.getRegularization());
      weighted.setRegularizationBias(from.getRegularizationBias());
      weighted.setWeightInitFn(from.getWeightInitFn());
      weighted.setBiasInit(from.getBiasInit());
      weighted.setGainInit(from.getGainInit());
      weighted.setWeightNoise(from.getWeightNoise());
      weighted.setGradientNormalization(from.getGradientNormalization());
      weighted.setGradientNormalizationThreshold(from.getGradientNormalizationThreshold());
    }
    if (copy instanceof BaseOutputLayer output && trained instanceof BaseOutputLayer from) {
      output.setLossFn(from.getLossFn());
    }
    if (copy instanceof EmbeddingSequenceLayer embedding
        && trained instanceof EmbeddingSequenceLayer from
        && from.isInferInputLength()) {
      embedding.setInputLength(from.getInputLength()); // that of the batch before
    }
    return copy;
  }
}

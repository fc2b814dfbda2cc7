package org.seqgan.backend.dl4j.exchange;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
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
}

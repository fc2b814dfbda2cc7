package org.seqgan.backend.dl4j.exchange;

import java.util.Map;
import java.util.OptionalInt;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.export.TrainedParts;
import org.seqgan.api.export.TrainedParts.Part;

/** One kind of our models as a graph of DL4J's, and back. Stateless. */
interface GraphCodec {
  /** The plugin whose models it knows. */
  String plugin();

  /**
   * A graph of standard layers with the outputs of the model, untrained.
   *
   * @param parts of the run, for its sizes
   * @param part the model
   */
  ComputationGraphConfiguration configuration(TrainedParts parts, Part part);

  /** Copies the model's parameters into a graph of {@link #configuration}. */
  void fill(NamedArrays parameters, GraphWeights weights);

  /** Whether a graph computes what that of a {@link #configuration} does, and nothing more. */
  boolean knows(ComputationGraphConfiguration configuration);

  /**
   * What a graph was made of.
   *
   * @param vocabularySize V
   * @param sequenceLength T, where the graph tells it
   * @param options of the plugin, as far as the graph tells them
   */
  record Decoded(
      int vocabularySize,
      OptionalInt sequenceLength,
      Map<String, String> options,
      NamedArrays parameters) {}

  /** Reads a graph that it {@linkplain #knows}. */
  Decoded decode(ComputationGraph graph);
}

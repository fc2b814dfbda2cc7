package org.seqgan.backend.dl4j.graph;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;

/** Arrays of ND4J's as those that travel between plugins and into checkpoints. */
final class GraphParameters {
  private GraphParameters() {}

  /** A copy of all parameters of a graph, by DL4J's names: {@code LAYER_PARAMETER}. */
  static NamedArrays of(ComputationGraph graph) {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    graph.paramTable().forEach((name, array) -> arrays.put(name, copy(array)));
    return new NamedArrays(arrays);
  }

  /** Overwrites all parameters of a graph, or none where something does not fit. */
  static void set(ComputationGraph graph, NamedArrays given) {
    Map<String, INDArray> own = graph.paramTable();
    requireFit("parameters", of(graph), given);
    own.forEach((name, array) -> assign(given.get(name), array));
  }

  /**
   * Insists on arrays of the very names and shapes that are expected.
   *
   * @throws UserException naming the first that is missing, unknown or of another shape
   */
  static void requireFit(String what, NamedArrays expected, NamedArrays given) {
    for (Map.Entry<String, FloatArray> entry : expected.arrays().entrySet()) {
      FloatArray found = given.arrays().get(entry.getKey());
      if (found == null || !Arrays.equals(found.shape(), entry.getValue().shape())) {
        throw misfit(
            "expected '%s' %s among the %s of this graph, found %s"
                .formatted(
                    entry.getKey(),
                    Arrays.toString(entry.getValue().shape()),
                    what,
                    found == null ? "none" : Arrays.toString(found.shape())));
      }
    }
    for (String name : given.names()) {
      if (!expected.arrays().containsKey(name)) {
        throw misfit(
            "expected %s, the %s of this graph, found '%s' too"
                .formatted(String.join(", ", expected.names()), what, name));
      }
    }
  }

  private static UserException misfit(String problem) {
    return new UserException(
        UserException.Kind.DATA,
        problem + "; they are of another graph: take the one they belong to");
  }

  static FloatArray copy(INDArray array) {
    return new FloatArray(shape(array), values(array));
  }

  static void assign(FloatArray from, INDArray to) {
    to.assign(Nd4j.create(from.values(), to.shape(), 'c'));
  }

  /** All numbers, row-major. */
  static float[] values(INDArray array) {
    return array.isEmpty() ? new float[0] : array.dup('c').data().asFloat();
  }

  private static int[] shape(INDArray array) {
    return Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
  }
}

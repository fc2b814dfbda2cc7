package org.seqgan.backend.dl4j.exchange;

import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The weights of a graph as matrices of the Java heap, by layer and DL4J's name of the parameter
 * ({@code W}, {@code RW}, {@code b}).
 */
record GraphWeights(ComputationGraph graph) {
  /** Row-major numbers in the shape that DL4J gives the parameter. */
  float[] get(String layer, String parameter) {
    return array(layer, parameter).dup('c').data().asFloat();
  }

  void set(String layer, String parameter, float[] values) {
    INDArray array = array(layer, parameter);
    if (array.length() != values.length) {
      throw new IllegalArgumentException(
          "%s of layer '%s' is %s, found %d numbers"
              .formatted(parameter, layer, Arrays.toString(array.shape()), values.length));
    }
    array.assign(Nd4j.create(values, array.shape(), 'c'));
  }

  private INDArray array(String layer, String parameter) {
    return graph.getLayer(layer).getParam(parameter);
  }
}

package org.seqgan.backend.dl4j.graph;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A graph that reads sequences token by token, many at a time, from their beginning. */
final class GraphStepper {
  private final ComputationGraph graph;
  private final TokenEncoder encoder;

  /** Begins; what another stepper of this graph remembers is lost. */
  GraphStepper(ComputationGraph graph, TokenEncoder encoder) {
    this.graph = graph;
    this.encoder = encoder;
    graph.rnnClearPreviousState();
  }

  /**
   * Reads one token of each sequence.
   *
   * @param tokens {@code [n]}
   * @return what the graph gives for the next token, {@code [n, V]} row-major
   */
  float[] step(int[] tokens) {
    return GraphParameters.values(graph.rnnTimeStep(encoder.encode(tokens, tokens.length))[0]);
  }

  /**
   * Goes on with other sequences: each with the state of one of those before.
   *
   * @param rows the number of that one, for each
   */
  void select(int[] rows) {
    graph
        .rnnGetPreviousStates()
        .forEach(
            (layer, state) -> {
              Map<String, INDArray> selected = new LinkedHashMap<>();
              state.forEach((name, array) -> selected.put(name, rows(array, rows)));
              graph.rnnSetPreviousState(layer, selected);
            });
  }

  private static INDArray rows(INDArray array, int[] rows) {
    long[] shape = array.shape();
    long width = array.length() / shape[0];
    INDArray picked = Nd4j.pullRows(array.dup('c').reshape('c', shape[0], width), 1, rows);
    long[] selected = Arrays.copyOf(shape, shape.length);
    selected[0] = rows.length;
    return picked.dup('c').reshape('c', selected);
  }
}

package org.seqgan.backend.dl4j.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seqgan.api.data.Vocabulary;

/**
 * Turns tokens into what the one input of a graph reads.
 *
 * @param form of the array
 * @param vocabularySize V
 */
record TokenEncoder(Form form, int vocabularySize) {
  /** The forms that an array of tokens can have. */
  enum Form {
    /** {@code [batch, time]}, of an {@link EmbeddingSequenceLayer}. */
    IDS,
    /**
     * The same, where position t after the end of a sequence holds {@code V + t}: rows of the
     * embedding that the graph has for that. Then nothing is masked.
     */
    IDS_AND_ENDS,
    /** {@code [batch, 1, time]}, of an {@link EmbeddingLayer} or what else reads one number. */
    SERIES_OF_IDS,
    /** {@code [batch, V, time]}. */
    ONE_HOT
  }

  /**
   * What a graph reads, as far as its first layer tells it.
   *
   * @param given what the configuration says, where it says something
   * @param time T, the number of positions
   * @throws org.seqgan.api.UserException where the first layer is made for another vocabulary, or
   *     neither it nor the configuration tells the form
   */
  static TokenEncoder of(
      GraphSource source,
      ComputationGraphConfiguration graph,
      Optional<TokenInput> given,
      Vocabulary vocabulary,
      int time) {
    List<String> inputs = graph.getNetworkInputs();
    if (inputs.size() != 1) {
      throw source.error(
          "expected a graph with one input, the tokens; found %d inputs %s; build one with addInputs(\"tokens\")"
              .formatted(inputs.size(), inputs));
    }
    int size = vocabulary.size();
    for (String name : readersOf(graph, inputs.get(0))) {
      GraphVertex vertex = graph.getVertices().get(name);
      if (vertex instanceof LayerVertex layer) {
        Layer first = layer.getLayerConf().getLayer();
        if (first instanceof EmbeddingSequenceLayer embedding && !isOneHot(given)) {
          boolean ends = embedding.getNIn() == size + (long) time;
          requireWidth(source, name, embedding.getNIn(), ends ? size + time : size);
          return new TokenEncoder(ends ? Form.IDS_AND_ENDS : Form.IDS, size);
        }
        if (first instanceof EmbeddingLayer embedding && !isOneHot(given)) {
          requireWidth(source, name, embedding.getNIn(), size);
          return new TokenEncoder(Form.SERIES_OF_IDS, size);
        }
        if (first instanceof FeedForwardLayer wide && given.isEmpty()) {
          requireWidth(source, name, wide.getNIn(), size);
          return new TokenEncoder(Form.ONE_HOT, size);
        }
      }
    }
    return given
        .map(input -> input == TokenInput.ONE_HOT ? Form.ONE_HOT : Form.SERIES_OF_IDS)
        .map(form -> new TokenEncoder(form, size))
        .orElseThrow(
            () ->
                source.error(
                    "nothing that reads its input '%s' tells how tokens enter it; set %s.input to ids or one-hot"
                        .formatted(inputs.get(0), source.section())));
  }

  private static boolean isOneHot(Optional<TokenInput> given) {
    return given.equals(Optional.of(TokenInput.ONE_HOT));
  }

  private static List<String> readersOf(ComputationGraphConfiguration graph, String input) {
    return graph.getVertexInputs().entrySet().stream()
        .filter(entry -> entry.getValue().contains(input))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static void requireWidth(GraphSource source, String layer, long found, int expected) {
    if (found != expected) {
      throw source.error(
          "expected nIn = %d, the tokens of the task, in its layer '%s' that reads them, found %d; build the graph for this task's vocabulary"
              .formatted(expected, layer, found));
    }
  }

  /**
   * The array of some rows of tokens.
   *
   * @param tokens {@code [rows, time]}, row-major
   * @param lengths {@code [rows]}: how many tokens of each count
   */
  INDArray encode(int[] tokens, int[] lengths) {
    int rows = lengths.length;
    int time = tokens.length / rows;
    if (form == Form.ONE_HOT) {
      float[] values = new float[rows * vocabularySize * time];
      for (int at = 0; at < tokens.length; at++) {
        int row = at / time;
        values[(row * vocabularySize + tokens[at]) * time + at % time] = 1;
      }
      return array(values, rows, vocabularySize, time);
    }
    float[] values = new float[tokens.length];
    for (int at = 0; at < values.length; at++) {
      boolean ended = form == Form.IDS_AND_ENDS && at % time >= lengths[at / time];
      values[at] = (float) (ended ? vocabularySize + at % time : tokens[at]);
    }
    return form == Form.SERIES_OF_IDS ? array(values, rows, 1, time) : array(values, rows, time);
  }

  /** The same where all rows have full length. */
  INDArray encode(int[] tokens, int rows) {
    int[] lengths = new int[rows];
    Arrays.fill(lengths, tokens.length / rows);
    return encode(tokens, lengths);
  }

  /** 1 for each token that counts and 0 after the ends, {@code [rows, time]}. */
  Optional<INDArray> mask(int[] lengths, int time) {
    if (form == Form.IDS_AND_ENDS) {
      return Optional.empty();
    }
    float[] values = new float[lengths.length * time];
    for (int i = 0; i < lengths.length; i++) {
      Arrays.fill(values, i * time, i * time + lengths[i], 1f);
    }
    return Optional.of(array(values, lengths.length, time));
  }

  private static INDArray array(float[] values, int... shape) {
    long[] sizes = Arrays.stream(shape).asLongStream().toArray();
    return Nd4j.create(values, sizes, 'c').castTo(DataType.FLOAT);
  }

  /** How many floats a row of so many positions takes. */
  long floatsPerRow(int time) {
    return (long) time * (form == Form.ONE_HOT ? vocabularySize : 1);
  }
}

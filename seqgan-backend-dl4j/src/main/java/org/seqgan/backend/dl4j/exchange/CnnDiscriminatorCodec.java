package org.seqgan.backend.dl4j.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.export.TrainedParts;
import org.seqgan.api.export.TrainedParts.Part;

/**
 * Discriminator {@code cnn}: it reads ids {@code [batch, T]} and gives the probabilities of
 * generated and real, {@code [batch, 2]}.
 *
 * <p>Our convolutions of width w see of a sequence of L tokens the windows that begin at 0 to
 * {@code max(L - w, 0)}, and zeros after its end. DL4J's masks leave in what overlaps the end. So
 * where sequences have an end, the graph has no mask but further ids: position t after the end
 * holds {@code V + t}. Their rows of the embedding are zeros, but for one further column for each
 * width, which is {@link #PAST} where {@code t >= w}; the last weight of each filter in its column
 * is {@link #SHUT}, which no ReLU lets through. Nothing trains these: where they are not 0, the
 * gradient is.
 */
final class CnnDiscriminatorCodec implements GraphCodec {
  private static final String EMBEDDING = "embedding";
  private static final String EMBEDDING_WITH_ENDS = "embedding-and-ends";
  private static final String CONVOLUTION = "conv";
  private static final String HIGHWAY = "highway";
  private static final String GATE = "gate";
  private static final String OUT = "out";
  private static final String FEATURES = "features";
  private static final String WIDTHS = "filter-widths";
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final float PAST = 1f;
  private static final float SHUT = -1e6f;

  /** The filters of one width. */
  private record Filters(int width, int count) {
    String name() {
      return CONVOLUTION + width;
    }

    String pool() {
      return "max" + width;
    }
  }

  /**
   * The sizes of a graph.
   *
   * @param ends whether positions after the end have ids of their own
   */
  private record Sizes(
      int vocabulary, int time, int embedding, List<Filters> filters, boolean ends) {
    int rows() {
      return ends ? vocabulary + time : vocabulary;
    }

    int columns() {
      return ends ? embedding + filters.size() : embedding;
    }

    String embeddingName() {
      return ends ? EMBEDDING_WITH_ENDS : EMBEDDING;
    }

    int features() {
      return filters.stream().mapToInt(Filters::count).sum();
    }
  }

  @Override
  public String plugin() {
    return "cnn";
  }

  private static Sizes sizes(TrainedParts parts, Part part) {
    NamedArrays parameters = part.parameters();
    int[] embedding = parameters.get("embedding").shape();
    List<Filters> filters = new ArrayList<>();
    for (int width : widths(part)) {
      filters.add(new Filters(width, parameters.get(CONVOLUTION + width + ".W").shape()[1]));
    }
    int time =
        parts
            .sequenceLength()
            .orElseThrow(
                () ->
                    new UserException(
                        UserException.Kind.CONFIGURATION,
                        "expected a length of sequences with the discriminator, found none; export it from a run"));
    return new Sizes(embedding[0], time, embedding[1], filters, parts.endToken().isPresent());
  }

  /**
   * The widths in the order of the model's features. Options alone tell it: files have arrays in
   * the order of their names, conv10 before conv2. Where there are no options it is ascending, as
   * by default.
   */
  private static List<Integer> widths(Part part) {
    List<Integer> ascending = ascendingWidths(part.parameters());
    String option = part.options().get(WIDTHS);
    if (option == null) {
      return ascending;
    }
    List<Integer> widths =
        NUMBER.matcher(option).results().map(found -> Integer.valueOf(found.group())).toList();
    if (!widths.stream().sorted().toList().equals(ascending)) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "expected filters of the widths %s that filter-widths has, found %s; export with the configuration that the discriminator was trained with"
              .formatted(widths, ascending));
    }
    return widths;
  }

  private static List<Integer> ascendingWidths(NamedArrays parameters) {
    int embedding = parameters.get("embedding").shape()[1];
    return parameters.names().stream()
        .filter(name -> name.startsWith(CONVOLUTION) && name.endsWith(".W"))
        .map(name -> parameters.get(name).shape()[0] / embedding)
        .sorted()
        .toList();
  }

  @Override
  public ComputationGraphConfiguration configuration(TrainedParts parts, Part part) {
    double keep = Double.parseDouble(part.options().getOrDefault("keep", "1"));
    double penalty = Double.parseDouble(part.options().getOrDefault("l2", "0"));
    return configuration(sizes(parts, part), keep, penalty);
  }

  private static ComputationGraphConfiguration configuration(
      Sizes sizes, double keep, double penalty) {
    int features = sizes.features();
    ComputationGraphConfiguration.GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(Adam.DEFAULT_ADAM_LEARNING_RATE))
            .graphBuilder()
            .addInputs("tokens")
            .addLayer(
                sizes.embeddingName(),
                new EmbeddingSequenceLayer.Builder()
                    .nIn(sizes.rows())
                    .nOut(sizes.columns())
                    .inputLength(sizes.time())
                    .hasBias(false)
                    .activation(Activation.IDENTITY)
                    .build(),
                "tokens");
    List<String> pooled = new ArrayList<>();
    for (Filters filters : sizes.filters()) {
      graph.addLayer(
          filters.name(),
          new Convolution1DLayer.Builder(filters.width())
              .nIn(sizes.columns())
              .nOut(filters.count())
              .convolutionMode(ConvolutionMode.Truncate)
              .activation(Activation.RELU)
              .build(),
          sizes.embeddingName());
      graph.addLayer(
          filters.pool(), new GlobalPoolingLayer.Builder(PoolingType.MAX).build(), filters.name());
      pooled.add(filters.pool());
    }
    graph.addVertex(FEATURES, new MergeVertex(), pooled.toArray(String[]::new));
    addHighway(graph, features);
    OutputLayer.Builder out =
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nIn(features)
            .nOut(2)
            .activation(Activation.SOFTMAX);
    if (keep < 1) {
      out.dropOut(new Dropout(keep));
    }
    if (penalty > 0) {
      out.l2(penalty);
      out.l2Bias(penalty);
    }
    return graph.addLayer(OUT, out.build(), "mixed").setOutputs(OUT).build();
  }

  /** {@code g r + (1 - g) x}. */
  private static void addHighway(ComputationGraphConfiguration.GraphBuilder graph, int features) {
    graph
        .addLayer(HIGHWAY, dense(features, Activation.RELU), FEATURES)
        .addLayer(GATE, dense(features, Activation.SIGMOID), FEATURES)
        .addVertex("transformed", product(), GATE, HIGHWAY)
        .addVertex("minus-gate", new ScaleVertex(-1), GATE)
        .addVertex("carry", new ShiftVertex(1), "minus-gate")
        .addVertex("carried", product(), "carry", FEATURES)
        .addVertex(
            "mixed", new ElementWiseVertex(ElementWiseVertex.Op.Add), "transformed", "carried");
  }

  private static ElementWiseVertex product() {
    return new ElementWiseVertex(ElementWiseVertex.Op.Product);
  }

  private static DenseLayer dense(int features, Activation activation) {
    return new DenseLayer.Builder().nIn(features).nOut(features).activation(activation).build();
  }

  @Override
  public void fill(NamedArrays parameters, GraphWeights weights) {
    Sizes sizes = sizesOf(weights.graph().getConfiguration());
    weights.set(sizes.embeddingName(), "W", table(parameters.get("embedding").values(), sizes));
    for (int k = 0; k < sizes.filters().size(); k++) {
      Filters filters = sizes.filters().get(k);
      float[] ours = parameters.get(filters.name() + ".W").values();
      weights.set(filters.name(), "W", kernel(ours, sizes, k));
      weights.set(filters.name(), "b", parameters.get(filters.name() + ".b").values());
    }
    for (String layer : List.of(HIGHWAY, GATE, OUT)) {
      weights.set(layer, "W", parameters.get(layer + ".W").values());
      weights.set(layer, "b", parameters.get(layer + ".b").values());
    }
  }

  /** Our embedding, and what positions after the end have. */
  private static float[] table(float[] ours, Sizes sizes) {
    int columns = sizes.columns();
    float[] table = new float[sizes.rows() * columns];
    for (int v = 0; v < sizes.vocabulary(); v++) {
      System.arraycopy(ours, v * sizes.embedding(), table, v * columns, sizes.embedding());
    }
    for (int t = 0; sizes.ends() && t < sizes.time(); t++) {
      for (int k = 0; k < sizes.filters().size(); k++) {
        boolean past = t >= sizes.filters().get(k).width();
        table[(sizes.vocabulary() + t) * columns + sizes.embedding() + k] = past ? PAST : 0;
      }
    }
    return table;
  }

  /**
   * Ours {@code [w * E, F]} to DL4J's {@code [w, E', F]}: the memory of a parameter that it shows
   * as {@code [F, E', w, 1]}.
   */
  private static float[] kernel(float[] ours, Sizes sizes, int k) {
    Filters filters = sizes.filters().get(k);
    int count = filters.count();
    float[] kernel = new float[filters.width() * sizes.columns() * count];
    for (int j = 0; j < filters.width(); j++) {
      int length = sizes.embedding() * count;
      System.arraycopy(ours, j * length, kernel, j * sizes.columns() * count, length);
    }
    if (sizes.ends()) {
      int last = ((filters.width() - 1) * sizes.columns() + sizes.embedding() + k) * count;
      Arrays.fill(kernel, last, last + count, SHUT);
    }
    return kernel;
  }

  @Override
  public boolean knows(ComputationGraphConfiguration configuration) {
    return embedding(configuration) != null
        && !filters(configuration).isEmpty()
        && GraphLayers.computeTheSame(configuration(sizesOf(configuration), 1, 0), configuration);
  }

  private static @Nullable EmbeddingSequenceLayer embedding(
      ComputationGraphConfiguration configuration) {
    for (String name : List.of(EMBEDDING, EMBEDDING_WITH_ENDS)) {
      if (GraphLayers.of(configuration, name) instanceof EmbeddingSequenceLayer layer) {
        return layer;
      }
    }
    return null;
  }

  /** In the order in which the graph merges them, whatever that of its layers is. */
  private static List<Filters> filters(ComputationGraphConfiguration configuration) {
    Map<String, Filters> filters = new HashMap<>();
    for (String name : configuration.getVertices().keySet()) {
      if (GraphLayers.of(configuration, name) instanceof Convolution1DLayer layer) {
        Filters found = new Filters(layer.getKernelSize()[0], (int) layer.getNOut());
        if (name.equals(found.name())) {
          filters.put(found.pool(), found);
        }
      }
    }
    return configuration.getVertexInputs().getOrDefault(FEATURES, List.of()).stream()
        .distinct()
        .map(filters::get)
        .filter(Objects::nonNull)
        .toList();
  }

  private static Sizes sizesOf(ComputationGraphConfiguration configuration) {
    EmbeddingSequenceLayer embedding =
        Objects.requireNonNull(embedding(configuration), "asked of what has one");
    boolean ends = configuration.getVertices().containsKey(EMBEDDING_WITH_ENDS);
    List<Filters> filters = filters(configuration);
    int time = embedding.getInputLength();
    int rows = (int) embedding.getNIn();
    int columns = (int) embedding.getNOut();
    return new Sizes(
        ends ? rows - time : rows, time, ends ? columns - filters.size() : columns, filters, ends);
  }

  @Override
  public Decoded decode(ComputationGraph graph) {
    Sizes sizes = sizesOf(graph.getConfiguration());
    GraphWeights weights = new GraphWeights(graph);
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    float[] table = weights.get(sizes.embeddingName(), "W");
    float[] embedding = new float[sizes.vocabulary() * sizes.embedding()];
    for (int v = 0; v < sizes.vocabulary(); v++) {
      System.arraycopy(
          table, v * sizes.columns(), embedding, v * sizes.embedding(), sizes.embedding());
    }
    put(arrays, "embedding", embedding, sizes.vocabulary(), sizes.embedding());
    for (Filters filters : sizes.filters()) {
      float[] kernel = weights.get(filters.name(), "W");
      put(
          arrays,
          filters.name() + ".W",
          ours(kernel, sizes, filters),
          filters.width() * sizes.embedding(),
          filters.count());
      put(arrays, filters.name() + ".b", weights.get(filters.name(), "b"), filters.count());
    }
    int features = sizes.features();
    for (String layer : List.of(HIGHWAY, GATE)) {
      put(arrays, layer + ".W", weights.get(layer, "W"), features, features);
      put(arrays, layer + ".b", weights.get(layer, "b"), features);
    }
    put(arrays, OUT + ".W", weights.get(OUT, "W"), features, 2);
    put(arrays, OUT + ".b", weights.get(OUT, "b"), 2);
    return new Decoded(
        sizes.vocabulary(),
        OptionalInt.of(sizes.time()),
        options(sizes, (OutputLayer) graph.getLayer(OUT).conf().getLayer()),
        new NamedArrays(arrays));
  }

  /** DL4J's {@code [w, E', F]} to ours {@code [w * E, F]}. */
  private static float[] ours(float[] kernel, Sizes sizes, Filters filters) {
    int length = sizes.embedding() * filters.count();
    float[] ours = new float[filters.width() * length];
    for (int j = 0; j < filters.width(); j++) {
      System.arraycopy(kernel, j * sizes.columns() * filters.count(), ours, j * length, length);
    }
    return ours;
  }

  private static Map<String, String> options(Sizes sizes, OutputLayer out) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("embedding-size", Integer.toString(sizes.embedding()));
    options.put(WIDTHS, sizes.filters().stream().map(Filters::width).toList().toString());
    options.put("filter-counts", sizes.filters().stream().map(Filters::count).toList().toString());
    double keep = out.getIDropout() instanceof Dropout dropout ? dropout.getP() : 1;
    options.put("keep", Double.toString(keep));
    double penalty = 0;
    for (Regularization each : out.getRegularization()) {
      if (each instanceof L2Regularization l2) {
        penalty = l2.getL2().valueAt(0, 0);
      }
    }
    options.put("l2", Double.toString(penalty));
    return options;
  }

  private static void put(
      Map<String, FloatArray> arrays, String name, float[] values, int... shape) {
    arrays.put(name, new FloatArray(shape, values));
  }
}

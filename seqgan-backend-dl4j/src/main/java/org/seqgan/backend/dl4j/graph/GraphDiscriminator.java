package org.seqgan.backend.dl4j.graph;

import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.DiscriminatorContext;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.backend.dl4j.product.NativeLibraries;

/**
 * A graph of DL4J's that tells real sequences from generated ones: one sigmoid, D itself, or a
 * softmax over generated and real.
 */
final class GraphDiscriminator implements Discriminator {
  private static final String EXPECTED =
      "an OutputLayer of 1 sigmoid with loss XENT, or of 2 with softmax and loss MCXENT (generated, real)";

  /** Floats of inputs and of what layers make of them, for each that goes in. */
  private static final int LAYERS = 64;

  private static final int MOST_ROWS = 1024;

  private final ComputationGraph graph;
  private final GraphTrainer trainer;
  private final TokenEncoder encoder;
  private final WatchedLoss loss;
  private final boolean softmax;
  private final boolean masked;
  private final long budget;

  private GraphDiscriminator(
      ComputationGraph graph,
      TokenEncoder encoder,
      WatchedLoss loss,
      boolean softmax,
      boolean masked,
      long budget) {
    this.graph = graph;
    this.trainer = new GraphTrainer(graph);
    this.encoder = encoder;
    this.loss = loss;
    this.softmax = softmax;
    this.masked = masked;
    this.budget = budget;
  }

  /**
   * Reads a graph.
   *
   * @throws org.seqgan.api.UserException where it is none that can judge the sequences of the task
   */
  static Discriminator open(DiscriminatorContext context, GraphOptions options) {
    // First, for who asks for sizes alone is stopped here, before anything is made.
    long budget = context.backend().budgetBytes();
    GraphSource source = new GraphSource("discriminator", options.file());
    GraphFile file = GraphFile.read(source);
    OutputLayer output = outputLayer(source, file);
    boolean softmax = isSoftmax(source, output);
    WatchedLoss loss = new WatchedLoss(output.getLossFn());
    output.setLossFn(loss);
    TokenEncoder encoder =
        TokenEncoder.of(
            source,
            file.configuration(),
            options.input(),
            context.vocabulary(),
            context.sequenceLength());
    GraphDiscriminator discriminator =
        new GraphDiscriminator(
            GraphOpening.open(source, file, context.initialisation()),
            encoder,
            loss,
            softmax,
            context.vocabulary().endToken().isPresent(),
            budget);
    try {
      discriminator.requireThatItReads(source, context.sequenceLength());
    } catch (RuntimeException e) {
      discriminator.close();
      throw e;
    }
    return discriminator;
  }

  private static OutputLayer outputLayer(GraphSource source, GraphFile file) {
    Layer layer = GraphOpening.outputLayer(source, file.configuration(), EXPECTED);
    if (layer instanceof OutputLayer output) {
      return output;
    }
    throw source.error(
        "expected %s at its output, found a %s; end the graph with such a layer"
            .formatted(EXPECTED, layer.getClass().getSimpleName()));
  }

  private static boolean isSoftmax(GraphSource source, OutputLayer output) {
    if (output.getNOut() == 1
        && output.getActivationFn() instanceof ActivationSigmoid
        && output.getLossFn() instanceof LossBinaryXENT) {
      return false;
    }
    if (output.getNOut() == 2
        && output.getActivationFn() instanceof ActivationSoftmax
        && output.getLossFn() instanceof LossMCXENT) {
      return true;
    }
    throw source.error(
        "expected %s at its output, found %d with %s and %s; end the graph with such a layer"
            .formatted(EXPECTED, output.getNOut(), output.getActivationFn(), output.getLossFn()));
  }

  /** Two sequences, one of them short: whatever is wrong with the graph shows before training. */
  private void requireThatItReads(GraphSource source, int time) {
    int[] lengths = {time, masked ? 1 : time};
    int found;
    try {
      found = output(Sequences.of(new int[2 * time], lengths, time)).length;
    } catch (RuntimeException e) {
      throw source.error(
          "it cannot read %d tokens as %s: %s; build the graph for them, or set discriminator.input"
              .formatted(time, encoder.form(), NativeLibraries.firstLine(e)),
          e);
    }
    if (found != (softmax ? 4 : 2)) {
      throw source.error(
          "expected one judgement of each sequence, found %d numbers for 2 sequences of %d tokens; pool over time before the output"
              .formatted(found, time));
    }
  }

  @Override
  public float[] probabilityReal(Sequences sequences) {
    long floats = Math.max(1, encoder.floatsPerRow(sequences.time())) * LAYERS;
    int most = (int) Math.max(1, Math.min(MOST_ROWS, budget / (floats * Float.BYTES)));
    float[] probabilities = new float[sequences.count()];
    for (int from = 0; from < probabilities.length; from += most) {
      int to = Math.min(probabilities.length, from + most);
      float[] outputs = output(sequences.slice(from, to));
      for (int i = from; i < to; i++) {
        probabilities[i] = softmax ? outputs[2 * (i - from) + 1] : outputs[i - from];
      }
    }
    return probabilities;
  }

  private float[] output(Sequences sequences) {
    INDArray[] masks = mask(sequences).map(array -> new INDArray[] {array}).orElse(null);
    INDArray[] inputs = {encoder.encode(sequences.tokens(), sequences.lengths())};
    return GraphParameters.values(graph.output(false, inputs, masks)[0]);
  }

  private Optional<INDArray> mask(Sequences sequences) {
    return masked ? encoder.mask(sequences.lengths(), sequences.time()) : Optional.empty();
  }

  @Override
  public Step train(Sequences batch, boolean[] real, RandomStream stream) {
    int classes = softmax ? 2 : 1;
    float[] labels = new float[real.length * classes];
    for (int i = 0; i < real.length; i++) {
      if (softmax) {
        labels[2 * i + (real[i] ? 1 : 0)] = 1;
      } else {
        labels[i] = real[i] ? 1 : 0;
      }
    }
    Step step =
        trainer.step(
            encoder.encode(batch.tokens(), batch.lengths()),
            mask(batch),
            Nd4j.create(labels, new long[] {real.length, classes}, 'c'),
            stream);
    double accuracy = loss.accuracy(); // of this step, whatever is scored later
    return step.withAccuracy(() -> accuracy, () -> true);
  }

  @Override
  public NamedArrays parameters() {
    return GraphParameters.of(graph);
  }

  @Override
  public void setParameters(NamedArrays parameters) {
    GraphParameters.set(graph, parameters);
  }

  @Override
  public NamedArrays optimizerState() {
    return new NamedArrays(trainer.state(""));
  }

  @Override
  public void setOptimizerState(NamedArrays state) {
    GraphParameters.requireFit("state of the updater", optimizerState(), state);
    trainer.setState("", state);
  }

  @Override
  public void close() {
    graph.close();
  }
}

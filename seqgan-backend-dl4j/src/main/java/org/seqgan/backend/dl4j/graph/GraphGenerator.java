package org.seqgan.backend.dl4j.graph;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.GeneratorContext;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;

/**
 * A graph of DL4J's that writes sequences: it reads the tokens before each position and gives a
 * softmax over the vocabulary there. Both kinds of training are a cross-entropy whose labels are
 * one-hot times the weight of the token; each has an updater of its own over the same weights, and
 * the one of the policy gradient divides logits by a temperature. A third graph over them is the
 * {@link GraphPolicy}.
 */
final class GraphGenerator implements Generator {
  private static final String LIKELIHOOD = "likelihood.";
  private static final String POLICY = "policy.";

  private final ComputationGraph graph;
  private final ComputationGraph policyGraph;
  private final ComputationGraph reader;
  private final GraphTrainer likelihood;
  private final GraphTrainer policy;
  private final TemperedLoss policyLoss;
  private final GraphPolicy reading;
  private final TokenEncoder encoder;

  /** For what the graph draws at random in a step: it depends on the run's seed and the step. */
  private final RandomStream dropout;

  private GraphGenerator(
      ComputationGraph graph,
      ComputationGraph reader,
      TokenEncoder encoder,
      GeneratorContext context,
      long budget) {
    this.graph = graph;
    ComputationGraphConfiguration ofPolicy = graph.getConfiguration().clone();
    RnnOutputLayer output = SteppingCheck.output(ofPolicy);
    this.policyLoss = new TemperedLoss(output.getLossFn());
    output.setLossFn(policyLoss);
    this.policyGraph = sharing(graph, ofPolicy);
    this.reader = reader;
    this.likelihood = new GraphTrainer(graph);
    this.policy = new GraphTrainer(policyGraph);
    this.reading = new GraphPolicy(reader, encoder, context, budget);
    this.encoder = encoder;
    this.dropout = context.initialisation().split("dropout");
  }

  /**
   * Reads a graph.
   *
   * @throws org.seqgan.api.UserException where it is none that can write the sequences of the task
   *     step by step
   */
  static Generator open(GeneratorContext context, GraphOptions options) {
    // First, for who asks for sizes alone is stopped here, before anything is made.
    long budget = context.backend().budgetBytes();
    GraphSource source = new GraphSource("generator", options.file());
    GraphFile file = GraphFile.read(source);
    SteppingCheck.requireSoftmax(source, file.configuration(), context.vocabulary().size());
    TokenEncoder encoder =
        TokenEncoder.of(
            source,
            file.configuration(),
            options.input(),
            context.vocabulary(),
            context.sequenceLength());
    ComputationGraph graph = GraphOpening.open(source, file, context.initialisation());
    ComputationGraph reader =
        sharing(graph, SteppingCheck.withoutSoftmax(graph.getConfiguration()));
    new SteppingCheck(source, reader, encoder).require(context.sequenceLength());
    return new GraphGenerator(graph, reader, encoder, context, budget);
  }

  /** Another graph over the very same weights. */
  private static ComputationGraph sharing(
      ComputationGraph graph, ComputationGraphConfiguration configuration) {
    ComputationGraph other = new ComputationGraph(configuration);
    other.init(graph.params(), false);
    return other;
  }

  // ---- reading ----

  @Override
  public Sequences sample(int count, Decoding decoding, RandomStream stream) {
    return reading.sample(count, decoding, stream);
  }

  @Override
  public Completions complete(
      Sequences sequences, int copies, Decoding decoding, RandomStream stream) {
    return reading.complete(sequences, copies, decoding, stream);
  }

  @Override
  public TokenValues logProbabilities(Sequences sequences) {
    return reading.logProbabilities(sequences);
  }

  @Override
  public NextTokens nextTokens(Sequences sequences, int[] cells) {
    return reading.nextTokens(sequences, cells);
  }

  // ---- training ----

  @Override
  public Step trainMaximumLikelihood(Sequences batch, float truth, RandomStream stream) {
    int[] inputs = reading.inputs(batch);
    if (truth < 1) {
      reading.replaceByDrawn(inputs, batch.count(), truth, stream);
    }
    int time = batch.time();
    float[] weights = new float[inputs.length];
    for (int i = 0; i < batch.count(); i++) {
      Arrays.fill(weights, i * time, i * time + batch.length(i), 1f / batch.tokenCount());
    }
    return train(likelihood, batch, inputs, weights);
  }

  @Override
  public Step trainPolicyGradient(Sequences batch, TokenValues rewards, float temperature) {
    policyLoss.setTemperature(temperature);
    return train(policy, batch, reading.inputs(batch), rewards.upToTheEnds(batch).values());
  }

  /** The loss is the sum over tokens of weight times -log G; DL4J divides it by the batch. */
  private Step train(GraphTrainer trainer, Sequences batch, int[] inputs, float[] tokenWeights) {
    int count = batch.count();
    int time = batch.time();
    int size = encoder.vocabularySize();
    float[] labels = new float[count * size * time];
    for (int at = 0; at < tokenWeights.length; at++) {
      labels[(at / time * size + batch.tokens()[at]) * time + at % time] = tokenWeights[at] * count;
    }
    return trainer.step(
        encoder.encode(inputs, count),
        Optional.empty(),
        Nd4j.create(labels, new long[] {count, size, time}, 'c'),
        dropout.split(trainer == policy ? "policy" : "likelihood", trainer.steps()));
  }

  // ---- parameters ----

  @Override
  public void moveTowards(Generator other, float fraction) {
    INDArray goal = ((GraphGenerator) other).graph.params();
    graph.params().muli(1 - fraction).addi(goal.mul(fraction));
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
    Map<String, FloatArray> state = new LinkedHashMap<>(likelihood.state(LIKELIHOOD));
    state.putAll(policy.state(POLICY));
    return new NamedArrays(state);
  }

  @Override
  public void setOptimizerState(NamedArrays state) {
    GraphParameters.requireFit("state of the updaters", optimizerState(), state);
    likelihood.setState(LIKELIHOOD, state);
    policy.setState(POLICY, state);
  }

  @Override
  public void close() {
    reader.close();
    policyGraph.close();
    graph.close();
  }
}

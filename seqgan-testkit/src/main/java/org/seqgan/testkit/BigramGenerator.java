package org.seqgan.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.OutputLayer;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.Step;
import org.seqgan.api.operation.AdamStep;
import org.seqgan.api.operation.Linear;
import org.seqgan.api.operation.LinearCrossEntropy;
import org.seqgan.api.operation.SampleTokens;
import org.seqgan.api.operation.TokenLogProbabilities;
import org.seqgan.api.random.DrawTable;
import org.seqgan.api.random.RandomDraws;
import org.seqgan.api.random.RandomStream;

/** The next token depends on the last one alone: its logits are a row of W, plus b. */
final class BigramGenerator extends ToyModel implements Generator {
  private final Vocabulary vocabulary;
  private final int time;

  BigramGenerator(
      TensorBackend backend,
      Vocabulary vocabulary,
      int time,
      AdamStep.Settings optimizer,
      long seed) {
    super(backend, vocabulary.size(), vocabulary.size(), optimizer, seed);
    this.vocabulary = vocabulary;
    this.time = time;
  }

  @Override
  public Sequences sample(int count, Decoding decoding, RandomStream stream) {
    DrawTable table = stream.table(count, time);
    int[] last = new int[count];
    Arrays.fill(last, vocabulary.startToken());
    int[] tokens = new int[count * time];
    for (int t = 0; t < time; t++) {
      last = next(last, decoding, table, t);
      for (int i = 0; i < count; i++) {
        tokens[i * time + t] = last[i];
      }
    }
    return Sequences.ofSampled(tokens, time, vocabulary.endToken());
  }

  private int[] next(int[] last, Decoding decoding, DrawTable table, int t) {
    try (TensorScope scope = backend.openScope()) {
      IntTensor out = scope.allocateInts(last.length);
      RandomDraws draws = table.column(t, 0, last.length);
      return scope.read(
          scope.run(
              new SampleTokens(oneHot(scope, last), weights(), bias(), decoding, draws, out)));
    }
  }

  @Override
  public Completions complete(
      Sequences sequences, int copies, Decoding decoding, RandomStream stream) {
    int perPrefix = copies * sequences.count();
    DrawTable table = stream.table((long) (time - 1) * perPrefix, time);
    int[][] drawn = new int[time - 1][];
    int[] last = {};
    for (int s = 1; s < time; s++) {
      int started = last.length;
      last = Arrays.copyOf(last, s * perPrefix);
      for (int row = started; row < last.length; row++) {
        last[row] = sequences.token(row % sequences.count(), s - 1);
      }
      last = next(last, decoding, table, s);
      drawn[s - 1] = last;
    }
    return new Completions(sequences, copies, drawn, vocabulary.endToken());
  }

  @Override
  public TokenValues logProbabilities(Sequences sequences) {
    try (TensorScope scope = backend.openScope()) {
      Tensor h = oneHot(scope, inputs(sequences));
      IntTensor targets = scope.ints(sequences.tokens(), sequences.tokens().length);
      float[] values =
          scope.read(scope.run(new TokenLogProbabilities(h, weights(), bias(), targets)));
      for (int i = 0; i < sequences.count(); i++) {
        Arrays.fill(values, i * time + sequences.length(i), (i + 1) * time, 0f);
      }
      return new TokenValues(sequences.count(), time, values);
    }
  }

  @Override
  public NextTokens nextTokens(Sequences sequences, int[] cells) {
    NextTokens.requireCells(sequences, cells);
    int[] all = inputs(sequences);
    int[] last = Arrays.stream(cells).map(cell -> all[cell]).toArray();
    try (TensorScope scope = backend.openScope()) {
      Linear logits = new Linear(oneHot(scope, last), weights(), bias(), Activation.IDENTITY);
      return NextTokens.ofLogits(vocabulary.size(), scope.read(scope.run(logits).output()));
    }
  }

  @Override
  public Step trainMaximumLikelihood(Sequences batch, float truth, RandomStream stream) {
    int[] inputs = inputs(batch);
    if (truth < 1) {
      replaceByDrawn(inputs, batch, truth, stream);
    }
    float[] weights = new float[batch.tokens().length];
    for (int i = 0; i < batch.count(); i++) {
      Arrays.fill(weights, i * time, i * time + batch.length(i), 1f / batch.tokenCount());
    }
    return train(batch, inputs, weights, 1f);
  }

  private void replaceByDrawn(int[] inputs, Sequences batch, float truth, RandomStream stream) {
    DrawTable coins = stream.table(batch.count(), time);
    DrawTable draws = stream.table(batch.count(), time);
    for (int t = 1; t < time; t++) {
      int[] last = new int[batch.count()];
      for (int i = 0; i < last.length; i++) {
        last[i] = inputs[i * time + t - 1];
      }
      int[] drawn = next(last, Decoding.SAMPLE, draws, t);
      for (int i = 0; i < last.length; i++) {
        if (coins.column(t, i, i + 1).uniform(0) >= truth) {
          inputs[i * time + t] = drawn[i];
        }
      }
    }
  }

  @Override
  public Step trainPolicyGradient(Sequences batch, TokenValues rewards, float temperature) {
    return train(batch, inputs(batch), rewards.upToTheEnds(batch).values(), temperature);
  }

  private Step train(Sequences batch, int[] inputs, float[] tokenWeights, float temperature) {
    try (TensorScope scope = backend.openScope()) {
      float scale = 1 / temperature;
      LinearCrossEntropy crossEntropy =
          new LinearCrossEntropy(
              oneHot(scope, inputs),
              scope.affine(weights(), scale, 0f),
              scope.affine(bias(), scale, 0f),
              scope.ints(batch.tokens(), inputs.length),
              scope.tensor(tokenWeights, inputs.length));
      Forward loss = scope.run(crossEntropy);
      List<Tensor> gradients =
          scope.gradients(crossEntropy, loss, scope.tensor(new float[] {scale}, 1));
      float value = scope.read(loss.output())[0];
      return Step.of(value, update(scope, gradients.get(1), gradients.get(2)));
    }
  }

  @Override
  public void moveTowards(Generator other, float fraction) {
    BigramGenerator goal = (BigramGenerator) other;
    try (TensorScope scope = backend.openScope()) {
      scope.affineInPlace(weights(), 1 - fraction, 0f);
      scope.addScaled(goal.weights(), fraction, weights());
      scope.affineInPlace(bias(), 1 - fraction, 0f);
      scope.addScaled(goal.bias(), fraction, bias());
    }
  }

  @Override
  public Optional<OnTape<AutoregressiveModel>> onTape(OptimizerOptions optimizer) {
    return onTape(new Bigrams(vocabulary.size()));
  }

  /** The state from which a token is drawn is the one-hot vector of the last. */
  private record Bigrams(int size) implements AutoregressiveModel {
    @Override
    public List<ParameterSpec> parameters() {
      return specs(size, size);
    }

    @Override
    public OutputLayer outputLayer() {
      return new OutputLayer("W", "b");
    }

    @Override
    public Variable hidden(Tape tape, IntTensor inputs, IntTensor lengths) {
      return ToyModel.oneHot(tape, new Tokens.Ids(inputs), size);
    }

    @Override
    public List<Integer> stateWidths() {
      return List.of();
    }

    @Override
    public TapeStep step(Tape tape, Tokens tokens, List<Variable> state, int position) {
      return new TapeStep(ToyModel.oneHot(tape, tokens, size), state);
    }
  }

  private int[] inputs(Sequences sequences) {
    int[] inputs = new int[sequences.tokens().length];
    System.arraycopy(sequences.tokens(), 0, inputs, 1, inputs.length - 1);
    for (int i = 0; i < sequences.count(); i++) {
      inputs[i * time] = vocabulary.startToken();
    }
    return inputs;
  }

  private Tensor oneHot(TensorScope scope, int[] ids) {
    float[] values = new float[ids.length * vocabulary.size()];
    for (int i = 0; i < ids.length; i++) {
      values[i * vocabulary.size() + ids[i]] = 1;
    }
    return scope.tensor(values, ids.length, vocabulary.size());
  }
}

package org.seqgan.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.TokenScorer;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.SequenceClassifier;
import org.seqgan.api.model.Step;
import org.seqgan.api.operation.AdamStep;
import org.seqgan.api.operation.Linear;
import org.seqgan.api.operation.SoftmaxCrossEntropy;
import org.seqgan.api.random.RandomStream;

/** Logistic regression on how often each token stands in a sequence. */
final class BagOfTokens extends ToyModel implements Discriminator {
  private final Vocabulary vocabulary;

  BagOfTokens(
      TensorBackend backend, Vocabulary vocabulary, AdamStep.Settings optimizer, long seed) {
    super(backend, vocabulary.size(), 2, optimizer, seed);
    this.vocabulary = vocabulary;
  }

  @Override
  public float[] probabilityReal(Sequences sequences) {
    try (TensorScope scope = backend.openScope()) {
      Tensor probabilities = scope.softmax(scope.run(logits(counts(scope, sequences))).output());
      return scope.read(scope.slice(probabilities, 1, 1, 2));
    }
  }

  /** A prefix is a bag too. */
  @Override
  public Optional<TokenScorer> tokens() {
    return Optional.of(this::ofPrefixes);
  }

  private TokenValues ofPrefixes(Sequences sequences) {
    int time = sequences.time();
    float[] values = new float[sequences.count() * time];
    for (int t = 0; t < time; t++) {
      int[] lengths = sequences.lengths().clone();
      for (int i = 0; i < lengths.length; i++) {
        lengths[i] = Math.min(lengths[i], t + 1);
      }
      float[] column = probabilityReal(Sequences.of(sequences.tokens(), lengths, time));
      for (int i = 0; i < column.length; i++) {
        values[i * time + t] = column[i];
      }
    }
    return new TokenValues(sequences.count(), time, values);
  }

  @Override
  public Step train(Sequences batch, boolean[] real, RandomStream stream) {
    try (TensorScope scope = backend.openScope()) {
      int[] labels = new int[real.length];
      for (int i = 0; i < real.length; i++) {
        labels[i] = real[i] ? 1 : 0;
      }
      IntTensor truth = scope.ints(labels, labels.length);
      Tensor counts = counts(scope, batch);
      Forward logits = scope.run(logits(counts));
      SoftmaxCrossEntropy crossEntropy = new SoftmaxCrossEntropy(logits.output(), truth);
      Forward loss = scope.run(crossEntropy);
      Tensor dLogits = scope.gradients(crossEntropy, loss, scope.tensor(new float[] {1}, 1)).get(0);
      List<Tensor> gradients = scope.gradients(logits(counts), logits, dLogits);
      float value = scope.read(loss.output())[0];
      return Step.of(value, update(scope, gradients.get(1), gradients.get(2)));
    }
  }

  @Override
  public Optional<OnTape<SequenceClassifier>> onTape(OptimizerOptions optimizer) {
    return onTape(new Bags(vocabulary.size()));
  }

  /** The same on a tape. */
  private record Bags(int size) implements SequenceClassifier {
    @Override
    public List<ParameterSpec> parameters() {
      return specs(size, 2);
    }

    @Override
    public Variable features(Tape tape, Tokens tokens, IntTensor lengths) {
      int batch = tokens.shape()[0];
      int time = tokens.shape()[1];
      return tape.reduce(
          Reduction.SUM,
          tape.reshape(
              tape.binary(
                  BinaryOperation.MULTIPLY,
                  tape.reshape(oneHot(tape, tokens, size), batch * time, size),
                  counting(tape, lengths, time)),
              batch,
              time,
              size),
          1); // (batch, size)
    }

    @Override
    public Variable classify(Tape tape, Variable counts) {
      return tape.linear(counts, tape.parameter("W"), tape.parameter("b"), Activation.IDENTITY);
    }

    /** 1 at every position of a sequence and 0 after it, for each token, {@code [B * T, V]}. */
    private Variable counting(Tape tape, IntTensor lengths, int time) {
      float[] upTo = new float[(time + 1) * time];
      for (int length = 0; length <= time; length++) {
        Arrays.fill(upTo, length * time, length * time + length, 1);
      }
      Variable rows =
          tape.embedding(tape.constant(tape.scope().tensor(upTo, time + 1, time)), lengths);
      float[] ones = new float[size];
      Arrays.fill(ones, 1);
      return tape.matmul(
          tape.reshape(rows, lengths.dim(0) * time, 1),
          tape.constant(tape.scope().tensor(ones, 1, size)));
    }

    @Override
    public List<String> penalised() {
      return List.of();
    }

    @Override
    public float l2() {
      return 0;
    }
  }

  private Linear logits(Tensor counts) {
    return new Linear(counts, weights(), bias(), Activation.IDENTITY);
  }

  private Tensor counts(TensorScope scope, Sequences sequences) {
    float[] counts = new float[sequences.count() * vocabulary.size()];
    for (int i = 0; i < sequences.count(); i++) {
      for (int token : sequences.row(i)) {
        counts[i * vocabulary.size() + token]++;
      }
    }
    return scope.tensor(counts, sequences.count(), vocabulary.size());
  }
}

package org.seqgan.testkit;

import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.AdamSettings;
import org.seqgan.api.backend.Gradients;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;

/** Logistic regression on how often each token stands in a sequence. */
final class BagOfTokens extends ToyModel implements Discriminator {
  private final Vocabulary vocabulary;

  BagOfTokens(
      TensorBackend backend, Vocabulary vocabulary, AdamSettings optimizer, long seed) {
    super(backend, vocabulary.size(), 2, optimizer, seed);
    this.vocabulary = vocabulary;
  }

  @Override
  public float[] probabilityReal(Sequences sequences) {
    try (TensorScope scope = backend.openScope()) {
      Tensor probabilities = scope.softmax(logits(scope, counts(scope, sequences)));
      return scope.read(scope.slice(probabilities, 1, 1, 2));
    }
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
      Tensor logits = logits(scope, counts);
      Gradients.Softmax loss = scope.softmaxCrossEntropy(logits, truth);
      Gradients.Linear gradients =
          scope.linearBackward(counts, weights(), Activation.IDENTITY, logits, loss.logits());
      float value = scope.read(loss.loss())[0];
      return new Step(value, update(scope, gradients.weights(), gradients.bias()));
    }
  }

  private Tensor logits(TensorScope scope, Tensor counts) {
    return scope.linear(counts, weights(), bias(), Activation.IDENTITY);
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

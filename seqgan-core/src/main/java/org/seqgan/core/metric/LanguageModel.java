package org.seqgan.core.metric;

import java.util.Arrays;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.model.LstmGeneratorProvider;
import org.seqgan.core.model.LstmOptions;
import org.seqgan.core.model.ModelSetting;
import org.seqgan.core.trainer.Batches;

/**
 * An LSTM that is to be trained on some sequences by maximum likelihood. What it learns depends on
 * the sequences, on what is here, and on nothing else.
 *
 * <p>Every tenth sequence is held out. Training ends when they have not become likelier for {@link
 * #PATIENCE} epochs, and the parameters are those under which they were likeliest.
 *
 * @param backend where it computes
 * @param vocabulary the tokens
 * @param time the number of positions of a sequence
 * @param options its size, and how it is trained
 */
record LanguageModel(TensorBackend backend, Vocabulary vocabulary, int time, Options options) {
  private static final int HELD_OUT = 10;
  private static final int PATIENCE = 2;

  /** Options of metrics {@code lm-score} and {@code reverse-lm-score}. */
  record Options(
      @Option(
              description = "width of the LSTM's token embedding",
              defaultValue = "32",
              min = 1,
              max = 65536)
          int embeddingSize,
      @Option(
              description = "width of the LSTM's hidden state",
              defaultValue = "32",
              min = 1,
              max = 8192)
          int hiddenSize,
      @Option(
              description =
                  "passes over the sequences at most; fewer where a held-out tenth has become no likelier for two",
              defaultValue = "20",
              min = 1)
          int epochs,
      @Option(description = "sequences of a step", defaultValue = "64", min = 1) int batchSize,
      @Option(description = "step size of Adam", defaultValue = "0.01", min = 0) float learningRate,
      @Option(
              description =
                  "of initial parameters and order; not the run's, so that all runs share a model of the same data",
              defaultValue = "1")
          long seed) {
    /** In words, for an identity: two models are alike where these are. */
    String words() {
      return "LSTM %d/%d of seed %d, at most %d epochs in steps of %d sequences and %s"
          .formatted(embeddingSize, hiddenSize, seed, epochs, batchSize, learningRate);
    }
  }

  /** A generator with initial parameters; the caller closes it. */
  Generator untrained() {
    return new LstmGeneratorProvider()
        .create(
            new ModelSetting.ForGenerator(
                backend,
                vocabulary,
                time,
                stream().split("initialisation"),
                new OptimizerOptions(options.learningRate, 0.9f, 0.999f, 1e-8f, 5),
                ModelSetting.NO_TRAINING),
            new LstmOptions(options.embeddingSize, options.hiddenSize, 0.1f));
  }

  /** A generator with given parameters; the caller closes it. */
  Generator with(NamedArrays parameters) {
    Generator generator = untrained();
    generator.setParameters(parameters);
    return generator;
  }

  private RandomStream stream() {
    return RandomStream.of(options.seed).split("language-model");
  }

  /**
   * The parameters that training on some sequences, at least one, comes to.
   *
   * @throws UserException (configuration) if it diverges
   */
  NamedArrays train(Sequences data) {
    int held = Math.max(1, data.count() / HELD_OUT);
    int[] order = stream().split("held-out").permutation(data.count());
    Sequences heldOut = data.select(Batches.indices(order, 0, held));
    // Of one sequence alone there is nothing to hold out.
    Sequences learned =
        data.count() == 1 ? data : data.select(Arrays.copyOfRange(order, held, order.length));
    try (Generator generator = untrained()) {
      NamedArrays best = generator.parameters();
      double least = Likelihood.of(generator, heldOut).nllPerToken();
      for (int epoch = 1, since = 0; epoch <= options.epochs && since < PATIENCE; epoch++) {
        epoch(generator, learned, stream().split("epoch", epoch));
        double now = Likelihood.of(generator, heldOut).nllPerToken();
        requireFinite(now, epoch);
        since++;
        if (now < least) {
          least = now;
          best = generator.parameters();
          since = 0;
        }
      }
      return best;
    }
  }

  /** Else the untrained model would pass for the best. */
  private void requireFinite(double nll, int epoch) {
    if (!Double.isFinite(nll)) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "the language model of lm-score and reverse-lm-score has diverged in epoch %d: expected a likelihood of what was held out, found %s nats; lower its learning-rate of %s"
              .formatted(epoch, nll, options.learningRate));
    }
  }

  private void epoch(Generator generator, Sequences learned, RandomStream stream) {
    int[] order = stream.permutation(learned.count());
    int batches = Batches.count(order.length, options.batchSize);
    for (int b = 0; b < batches; b++) {
      Sequences batch = learned.select(Batches.indices(order, b, options.batchSize));
      generator.trainMaximumLikelihood(batch, 1, stream);
    }
  }
}

package org.seqgan.core.trainer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.SequenceClassifier;
import org.seqgan.api.model.Step;
import org.seqgan.api.operation.LinearCrossEntropy;
import org.seqgan.api.plugin.About;
import org.seqgan.api.training.PhasePlan;
import org.seqgan.api.training.Progress;
import org.seqgan.api.training.Trainer;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.api.training.TrainerPart;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.api.training.TrainerSize;

/**
 * A game of three, after CoT (Lu et al. 2019): a mediator, which is a second generator, learns real
 * and generated sequences by a loss of this trainer's own; the generator is rewarded for tokens
 * that the mediator finds more probable; a critic, which is a discriminator, learns to give high
 * logits to real sequences and low ones to others.
 */
final class MediatorTrainer implements Trainer {
  static final String MEDIATOR = "mediator";
  static final String CRITIC = "critic";
  private static final int BATCH = 8;

  private final TrainerContext context;
  private final Generator generator;
  private final Generator mediator;
  private final OnTape<AutoregressiveModel> ofMediator;
  private final OnTape<SequenceClassifier> ofCritic;

  MediatorTrainer(TrainerContext context) {
    OptimizerOptions adam = new OptimizerOptions(0.01f, 0.9f, 0.999f, 1e-8f, 5f);
    this.context = context;
    this.generator = context.generator(TrainerContext.GENERATOR, adam, adam);
    this.mediator = context.generator(MEDIATOR, adam, adam);
    this.ofMediator = context.onTape(mediator, adam);
    Discriminator critic = context.discriminator(CRITIC, adam);
    this.ofCritic = context.onTape(critic, adam);
  }

  /** Makes it. */
  static final class Provider implements TrainerProvider<Provider.Options> {
    /** None. */
    record Options() {}

    @Override
    public About<Options> about() {
      return new About<>("mediator", "for a test", Options.class, ApiVersion.CURRENT);
    }

    @Override
    public List<PhasePlan> phases(Options options) {
      return List.of(PhasePlan.of("game", 3, "rounds", PhasePlan.Evaluated.BY_ROUNDS));
    }

    @Override
    public Set<TrainerPart> uses() {
      return Set.of(TrainerPart.GENERATOR, TrainerPart.DISCRIMINATOR);
    }

    @Override
    public Map<String, String> figures() {
      return Map.of(
          "m-loss", "the mediator's loss",
          "d-loss", "the discriminator's loss",
          "g-loss", "the generator's loss");
    }

    @Override
    public TrainerSize size(Options options) {
      return new TrainerSize(2 * BATCH, Map.of(), false);
    }

    @Override
    public Trainer create(TrainerContext context, Options options) {
      return new MediatorTrainer(context);
    }
  }

  @Override
  public void step(String phase, int number, Progress progress) {
    for (int b = 0; b < 2; b++) {
      if (!progress.passesOver(1)) {
        batch(b, progress);
        progress.batchDone((b + 1) / 2.0);
      }
    }
  }

  private void batch(int b, Progress progress) {
    Sequences data = context.task().data().training();
    int[] order = progress.random().split("real", b).permutation(data.count());
    Sequences real = data.select(Arrays.copyOf(order, BATCH));
    Sequences fake = generator.sample(BATCH, Decoding.SAMPLE, progress.random().split("sample", b));
    Step ofReal = likelihood(real, progress, b);
    Step ofFake = likelihood(fake, progress, b);
    Step judged =
        ofCritic.train(
            tape ->
                tape.binary(BinaryOperation.SUBTRACT, meanLogit(tape, fake), meanLogit(tape, real)),
            progress.random().split("dropout", b));
    TokenValues more = mediator.logProbabilities(fake);
    Step step = generator.trainPolicyGradient(fake, more);
    progress.add("m-loss", ofReal, Step::loss, 1);
    progress.add("m-loss", ofFake, Step::loss, 1);
    progress.add("d-loss", judged, Step::loss, 1);
    progress.add("g-loss", step, Step::loss, 1);
  }

  private Step likelihood(Sequences batch, Progress progress, int b) {
    return ofMediator.train(
        tape -> crossEntropy(tape, batch), progress.random().split("mediator", b));
  }

  /** The mean over tokens of -log M, {@code [1]}. */
  private Variable crossEntropy(Tape tape, Sequences batch) {
    TensorScope scope = tape.scope();
    int time = batch.time();
    int[] inputs = new int[batch.tokens().length];
    float[] weights = new float[inputs.length];
    for (int i = 0; i < batch.count(); i++) {
      inputs[i * time] = context.task().data().vocabulary().startToken();
      System.arraycopy(batch.tokens(), i * time, inputs, i * time + 1, time - 1);
      Arrays.fill(weights, i * time, i * time + batch.length(i), 1f / batch.tokenCount());
    }
    AutoregressiveModel forward = ofMediator.forward();
    Variable hidden =
        forward.hidden(
            tape,
            scope.ints(inputs, batch.count(), time),
            scope.ints(batch.lengths(), batch.count()));
    IntTensor targets = scope.ints(batch.tokens(), inputs.length);
    Tensor ofTokens = scope.tensor(weights, inputs.length);
    return tape.apply(
        List.of(
            tape.reshape(hidden, inputs.length, hidden.value().dim(2)),
            tape.parameter(forward.outputLayer().weights()),
            tape.parameter(forward.outputLayer().bias())),
        in -> new LinearCrossEntropy(in.get(0), in.get(1), in.get(2), targets, ofTokens));
  }

  /** Of the class real, {@code [1]}. */
  private Variable meanLogit(Tape tape, Sequences batch) {
    TensorScope scope = tape.scope();
    Variable logits =
        ofCritic
            .forward()
            .logits(
                tape,
                new Tokens.Ids(scope.ints(batch.tokens(), batch.count(), batch.time())),
                scope.ints(batch.lengths(), batch.count())); // (batch, 2)
    Variable ofReal = tape.slice(logits, 1, 1, 2);
    return tape.reduce(Reduction.MEAN, tape.reshape(ofReal, batch.count()), 0);
  }
}

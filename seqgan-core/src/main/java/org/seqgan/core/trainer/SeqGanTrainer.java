package org.seqgan.core.trainer;

import java.util.List;
import java.util.Optional;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.training.Progress;
import org.seqgan.api.training.Trainer;
import org.seqgan.api.training.TrainerContext;

/**
 * Algorithm 1 of SeqGAN (Yu et al., AAAI-17), which the comments follow line by line: pre-train
 * G_theta by maximum likelihood on S; beta &lt;- theta; pre-train D_phi; then rounds of g-steps and
 * d-steps, each round with beta &lt;- theta at its end.
 *
 * <p>What departs from the paper is an option of {@link SeqGanOptions} whose default does not.
 */
final class SeqGanTrainer implements Trainer {
  private final TrainerContext context;
  private final SeqGanOptions options;
  private final Sequences realData;
  private final Generator generator;
  private final Generator rollOutPolicy;
  private final Discriminator discriminator;
  private final MaximumLikelihood likelihood;
  private final DiscriminatorLessons lessons;
  private final PolicyWeights weights;

  SeqGanTrainer(TrainerContext context, SeqGanOptions options) {
    this.context = context;
    this.options = options;
    this.realData = context.task().data().training();
    // Require: generator policy G_theta; roll-out policy G_beta; discriminator D_phi; a sequence
    // dataset S. Initialise G_theta, D_phi with random weights.
    this.generator =
        context.generator(
            TrainerContext.GENERATOR,
            options.generatorPretraining().optimizer(),
            options.adversarial().generatorOptimizer());
    this.rollOutPolicy = context.follower(SeqGanTrainerProvider.ROLL_OUT_POLICY, generator);
    this.discriminator =
        context.discriminator(TrainerContext.DISCRIMINATOR, options.discriminatorOptimizer());
    this.likelihood =
        new MaximumLikelihood(
            generator, realData, options.batchSize(), options.generatorPretraining());
    this.lessons =
        new DiscriminatorLessons(
            this::negatives,
            discriminator,
            realData,
            options.batchSize(),
            options.adversarial().negatives());
    this.weights = new PolicyWeights(options.adversarial(), context.task().data().sequenceLength());
  }

  @Override
  public void begin(String phase) {
    if (phase.equals(SeqGanTrainerProvider.DISCRIMINATOR_PRETRAINING)) {
      // beta <- theta
      rollOutPolicy.moveTowards(generator, 1);
    }
  }

  @Override
  public void step(String phase, int number, Progress progress) {
    switch (phase) {
      // Pre-train G_theta using MLE on S: an epoch.
      case MaximumLikelihood.PHASE -> likelihood.epoch(number, progress);
      case SeqGanTrainerProvider.DISCRIMINATOR_PRETRAINING -> pretrainDiscriminator(progress);
      case SeqGanTrainerProvider.ADVERSARIAL -> adversarialRound(progress);
      default -> throw new IllegalArgumentException(phase);
    }
  }

  /**
   * Generate negative samples using G_theta for training D_phi; pre-train D_phi via minimising the
   * cross entropy: a set of negatives.
   */
  private void pretrainDiscriminator(Progress progress) {
    lessons.train(
        options.discriminatorPretraining().epochs(), progress.random(), progress, done -> done);
  }

  /** A round of the game. */
  private void adversarialRound(Progress progress) {
    SeqGanOptions.Adversarial game = options.adversarial();
    double parts = (double) game.gSteps() + game.dSteps();
    // for g-steps do
    for (int g = 0; g < game.gSteps(); g++) {
      if (progress.passesOver(1)) {
        continue;
      }
      updateGenerator(progress.random().split("g-step", g), progress);
      progress.batchDone((g + 1) / parts);
    }
    // for d-steps do
    for (int d = 0; d < game.dSteps(); d++) {
      double before = ((double) game.gSteps() + d) / parts;
      // Use the current G_theta to generate negatives, combine with positives S; train D_phi for k
      // epochs by Eq. 5.
      lessons.train(
          game.k(), progress.random().split("d-step", d), progress, done -> before + done / parts);
    }
    // beta <- theta
    if (!progress.passesOver(1)) {
      rollOutPolicy.moveTowards(generator, game.rollOutUpdateRate());
      progress.batchDone();
    }
  }

  /**
   * Generate Y_1:T ~ G_theta; compute Q(a = y_t; s = Y_1:t-1) by Eq. 4; update theta via policy
   * gradient, Eq. 8.
   */
  private void updateGenerator(RandomStream stream, Progress progress) {
    Demonstrations demonstrations = weights.demonstrations();
    int shown = demonstrations.of(options.batchSize());
    Sequences batch = // (B, T)
        generator.sample(options.batchSize() - shown, weights.sampling(), stream.split("sample"));
    TokenValues q = // (B, T)
        context
            .reward(batch, rollOutPolicy, discriminator, weights.policy(), stream)
            .upToTheEnds(batch);
    Optional<TokenValues> importance = weights.importance(batch, generator);
    Sequences real = Batches.any(realData, shown, stream.split("demonstrations"));
    Sequences all = Demonstrations.after(batch, real);
    Step step =
        generator.trainPolicyGradient(
            all,
            demonstrations.after(weights.of(batch, q, importance), real),
            weights.temperature());
    long tokens = all.tokenCount();
    progress.add("g-loss", step, done -> done.loss() / tokens, tokens);
    GradientNorm.add(progress, step);
    RewardFigures.add(progress, q, batch);
    importance.ifPresent(
        each ->
            progress.add("importance-weight", each.sum() / batch.tokenCount(), batch.tokenCount()));
  }

  /**
   * Of the policy; where g-steps draw at another temperature than it has, half at theirs: D is to
   * judge both.
   */
  private Sequences negatives(int count, RandomStream stream) {
    int asInSteps = weights.isWeighted() ? count / 2 : 0;
    Sequences plain =
        generator.sample(count - asInSteps, weights.policy(), stream.split("negatives"));
    return asInSteps == 0
        ? plain
        : Sequences.concat(
            List.of(
                plain,
                generator.sample(asInSteps, weights.sampling(), stream.split("cold-negatives"))));
  }

  @Override
  public NamedArrays state() {
    return weights.state();
  }

  @Override
  public void setState(NamedArrays state) {
    weights.setState(state);
  }
}

package org.seqgan.core.trainer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.Unrolled;
import org.seqgan.api.plugin.About;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.random.RandomDraws;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.training.Network;
import org.seqgan.api.training.PhasePlan;
import org.seqgan.api.training.Trainer;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.api.training.TrainerPart;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.api.training.TrainerSize;

/**
 * Wasserstein GAN with gradient penalty over relaxed tokens (Gulrajani et al. 2017, arXiv
 * 1704.00028, section 5.4, {@code gan_language.py}). With d the critic, x real one-hot rows, y
 * generated ones and z = x + alpha (y - x), alpha uniform for each pair:
 *
 * <pre>
 * loss of the critic    = mean d(y) - mean d(x) + 10 mean (|dd(z)/dz| - 1)^2
 * loss of the generator = - mean d(y)
 * </pre>
 *
 * <p>Departures: the paper's generator turns noise into all distributions of a sequence at once, so
 * it gives no likelihoods and cannot be sampled by a prefix; here the configured generator writes
 * relaxed tokens one after another. Where sequences end, what stands after the end is 0 for the
 * critic.
 */
public final class WganGp implements TrainerProvider<WganGp.Options> {
  static final String ADVERSARIAL = "adversarial";
  static final String CRITIC = "critic";

  /**
   * Section {@code training} of trainer {@code wgan-gp}. Defaults are those of the authors' code.
   */
  public record Options(
      @Option(description = "sequences per step of either model", defaultValue = "64", min = 1)
          int batchSize,
      @Option(description = "maximum likelihood", defaultValue = "{epochs = 0}")
          MaximumLikelihood.Options generatorPretraining,
      @Option(description = "the critic") Critic critic,
      @Option(description = "the game") Adversarial adversarial) {}

  /** Section {@code training.critic}. */
  public record Critic(
      @Option(description = "channels of its convolutions", defaultValue = "512", min = 1)
          int channels,
      @Option(
              description = "residual blocks, of two convolutions each",
              defaultValue = "5",
              min = 0)
          int blocks) {}

  /** Section {@code training.adversarial}. */
  public record Adversarial(
      @Option(
              description = "how the generator is optimised",
              defaultValue = "{learning-rate = 0.0001, beta1 = 0.5, beta2 = 0.9}")
          OptimizerOptions generatorOptimizer,
      @Option(
              description = "how the critic is optimised",
              defaultValue = "{learning-rate = 0.0001, beta1 = 0.5, beta2 = 0.9}")
          OptimizerOptions criticOptimizer,
      @Option(
              description = "rounds, after which the generator can be measured",
              defaultValue = "2000",
              min = 0)
          int rounds,
      @Option(
              description = "steps of a round, each one of the generator and some of the critic",
              defaultValue = "100",
              min = 1)
          int steps,
      @Option(description = "critic updates per step", defaultValue = "10", min = 1)
          int criticSteps,
      @Option(description = "weight of the gradient penalty", defaultValue = "10.0", min = 0)
          float penalty,
      @Option(
              description = "inverse temperature of relaxed tokens",
              defaultValue = "1.0",
              min = 0.001,
              max = 1000)
          float inverseTemperature,
      @Option(
              description =
                  "what the generator reads of its own tokens: soft (relaxed), hard (ids, no gradient) or straight-through",
              defaultValue = "soft")
          Unrolled.Feedback feedback) {}

  @Override
  public About<Options> about() {
    return new About<>(
        "wgan-gp",
        "Wasserstein critic with exact gradient penalty over relaxed tokens (Gulrajani et al. 2017)",
        Options.class,
        ApiVersion.CURRENT);
  }

  @Override
  public List<PhasePlan> phases(Options options) {
    return List.of(
        options.generatorPretraining().plan(),
        PhasePlan.of(
            ADVERSARIAL,
            options.adversarial().rounds(),
            "adversarial.rounds",
            PhasePlan.Evaluated.BY_ROUNDS));
  }

  @Override
  public Set<TrainerPart> uses() {
    return Set.of(TrainerPart.GENERATOR);
  }

  @Override
  public Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put(
        "g-loss", "generator's loss, mean over the step's batches; nats per token in pre-training");
    figures.put("critic-loss", "critic's loss with its penalty, mean over the step's batches");
    figures.put(Accuracy.FIGURE, Accuracy.OF_PAIRS);
    GradientNorm.describe(figures);
    return figures;
  }

  @Override
  public TrainerSize size(Options options) {
    return new TrainerSize(2 * options.batchSize(), Map.of(), false);
  }

  @Override
  public Trainer create(TrainerContext context, Options options) {
    Adversarial game = options.adversarial();
    return new RelaxedTrainer(
        context,
        new RelaxedTrainer.Method(
            options.generatorPretraining(),
            game.generatorOptimizer(),
            models -> opponent(models, options),
            new RelaxedGame.Rules(options.batchSize(), game.feedback()),
            new RelaxedTrainer.Rounds(
                game.steps(),
                game.criticSteps(),
                CRITIC,
                (round, step, progress) -> game.inverseTemperature())));
  }

  private static RelaxedGame.Opponent opponent(TrainerContext models, Options options) {
    TaskData data = models.task().data();
    ConvolutionalCritic critic =
        new ConvolutionalCritic(
            data.vocabulary().size(),
            data.sequenceLength(),
            options.critic().channels(),
            1,
            options.critic().blocks());
    Network network =
        models.network(CRITIC, critic.parameters(), options.adversarial().criticOptimizer());
    return new Opponent(
        network, critic, options.adversarial().penalty(), data.vocabulary().endToken());
  }

  /**
   * {@code mean d(y) - mean d(x) + penalty} at points between x and y.
   *
   * @param noted told of the scores d
   */
  static Variable criticLoss(
      Tape tape,
      ConvolutionalCritic critic,
      Variable real,
      Variable fake,
      Variable between,
      float penalty,
      Accuracy noted) {
    Variable ofFake = critic.scores(tape, fake).values();
    Variable ofReal = critic.scores(tape, real).values();
    noted.note(tape, ofReal, ofFake);
    Variable gap = tape.binary(BinaryOperation.SUBTRACT, mean(tape, ofFake), mean(tape, ofReal));
    return tape.binary(BinaryOperation.ADD, gap, critic.penalty(tape, between, penalty));
  }

  private static Variable mean(Tape tape, Variable scores) {
    return tape.reduce(Reduction.MEAN, scores, 0);
  }

  /** The critic with both losses. */
  private record Opponent(
      Network trained, ConvolutionalCritic critic, float penalty, OptionalInt endToken)
      implements RelaxedGame.Opponent {
    @Override
    public Variable criticLoss(
        Tape tape, RelaxedGame.Batch real, RelaxedGame.Batch fake, Accuracy noted) {
      Variable x = input(tape, real);
      Variable y = input(tape, fake);
      return WganGp.criticLoss(tape, critic, x, y, between(tape, x, y), penalty, noted);
    }

    /** The zero of a critic is nowhere in particular. */
    @Override
    public double accuracy(float[] ofReal, float[] ofFake) {
      return Accuracy.ofPairs(ofReal, ofFake);
    }

    @Override
    public Variable generatorLoss(Tape tape, RelaxedGame.Batch real, RelaxedGame.Batch fake) {
      Variable scores = critic.scores(tape, input(tape, fake)).values();
      return tape.affine(mean(tape, scores), -1, 0);
    }

    /** {@code x + alpha (y - x)}. */
    private Variable between(Tape tape, Variable x, Variable y) {
      int batch = x.value().dim(0);
      RandomDraws alpha = tape.draws(batch);
      float[] shares = new float[batch];
      alpha.fill(shares, 0);
      return tape.binary(
          BinaryOperation.ADD,
          x,
          tape.binary(
              BinaryOperation.MULTIPLY,
              tape.binary(BinaryOperation.SUBTRACT, y, x),
              everywhere(tape, tape.scope(), shares)));
    }

    /** A number of each sequence, for each of its positions and tokens, {@code [B, T, V]}. */
    private Variable everywhere(Tape tape, TensorScope scope, float[] ofSequences) {
      float[] ofPositions = new float[ofSequences.length * critic.time()];
      for (int i = 0; i < ofSequences.length; i++) {
        Arrays.fill(ofPositions, i * critic.time(), (i + 1) * critic.time(), ofSequences[i]);
      }
      return overTokens(tape, scope, ofPositions);
    }

    private Variable overTokens(Tape tape, TensorScope scope, float[] ofPositions) {
      float[] ones = new float[critic.vocabulary()];
      Arrays.fill(ones, 1);
      return tape.reshape(
          tape.matmul(
              tape.constant(scope.tensor(ofPositions, ofPositions.length, 1)),
              tape.constant(scope.tensor(ones, 1, ones.length))),
          ofPositions.length / critic.time(),
          critic.time(),
          critic.vocabulary());
    }

    /** One-hot or relaxed rows, 0 after the ends, {@code [B, T, V]}. */
    private Variable input(Tape tape, RelaxedGame.Batch batch) {
      Variable rows = batch.tokens().weights(tape, critic.vocabulary());
      if (endToken.isEmpty()) {
        return rows;
      }
      int[] lengths = tape.scope().read(batch.lengths());
      float[] counting = new float[lengths.length * critic.time()];
      for (int i = 0; i < lengths.length; i++) {
        Arrays.fill(counting, i * critic.time(), i * critic.time() + lengths[i], 1);
      }
      return tape.binary(BinaryOperation.MULTIPLY, rows, overTokens(tape, tape.scope(), counting));
    }
  }
}

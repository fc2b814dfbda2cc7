package org.seqgan.core.trainer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.SequenceClassifier;
import org.seqgan.api.model.Unrolled;
import org.seqgan.api.plugin.About;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.training.PhasePlan;
import org.seqgan.api.training.Trainer;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.api.training.TrainerPart;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.api.training.TrainerSize;

/**
 * GANs for sequences of discrete elements with the Gumbel-softmax distribution (GSGAN: Kusner and
 * Hernandez-Lobato 2016, arXiv 1611.04051). The categorical draw is written as {@code softmax((o +
 * g) / tau)} with Gumbel noise g, and the discriminator's loss is derived through it; tau falls
 * linearly from 5 to 1. The discriminator's score is the logit of real less that of generated.
 *
 * <p>Departures: the paper's discriminator is an LSTM; here it is the configured one, whose L2
 * penalty is not a part of this loss. The paper has no pre-training, which here has 0 epochs unless
 * it is asked for.
 */
public final class Gsgan implements TrainerProvider<Gsgan.Options> {
  static final String ADVERSARIAL = "adversarial";

  /** Section {@code training} of trainer {@code gsgan}. */
  public record Options(
      @Option(description = "sequences per step of either model", defaultValue = "200", min = 1)
          int batchSize,
      @Option(description = "maximum likelihood", defaultValue = "{epochs = 0}")
          MaximumLikelihood.Options generatorPretraining,
      @Option(description = "the game") Adversarial adversarial) {}

  /** Section {@code training.adversarial}. */
  public record Adversarial(
      @Option(
              description = "how the generator is optimised",
              defaultValue = "{learning-rate = 0.001, clip-norm = 5}")
          OptimizerOptions generatorOptimizer,
      @Option(
              description = "how the discriminator is optimised",
              defaultValue = "{learning-rate = 0.001, clip-norm = 5}")
          OptimizerOptions discriminatorOptimizer,
      @Option(
              description = "rounds, after which the generator can be measured",
              defaultValue = "200",
              min = 0)
          int rounds,
      @Option(
              description =
                  "steps of a round, each one of the generator and some of the discriminator",
              defaultValue = "100",
              min = 1)
          int steps,
      @Option(description = "discriminator updates per step", defaultValue = "1", min = 1)
          int dSteps,
      @Option(description = "tau in the first round", defaultValue = "5.0", min = 0.001, max = 1000)
          float temperatureAtStart,
      @Option(
              description = "tau in the last round; linear in between",
              defaultValue = "1.0",
              min = 0.001,
              max = 1000)
          float temperatureAtEnd,
      @Option(
              description =
                  "what the generator reads of its own tokens: soft (relaxed), hard (ids, no gradient) or straight-through",
              defaultValue = "soft")
          Unrolled.Feedback feedback,
      @Option(
              description = "what both play for: standard, relativistic, hinge or least-squares",
              defaultValue = "standard")
          GanLoss loss) {

    /** Tau in a round, counted from 1. */
    double temperature(int round) {
      double done = rounds == 1 ? 1 : (round - 1.0) / (rounds - 1);
      return temperatureAtStart + done * (temperatureAtEnd - temperatureAtStart);
    }
  }

  @Override
  public About<Options> about() {
    return new About<>(
        "gsgan",
        "gradients through relaxed tokens by the Gumbel-softmax distribution (Kusner and Hernandez-Lobato 2016)",
        Options.class,
        ApiVersion.CURRENT);
  }

  @Override
  public List<PhasePlan> phases(Options options) {
    return List.of(
        options.generatorPretraining().plan(),
        new PhasePlan(
            ADVERSARIAL,
            options.adversarial().rounds(),
            "adversarial.rounds",
            PhasePlan.Evaluated.BY_ROUNDS,
            options.adversarial().temperatureAtStart()
                != options.adversarial().temperatureAtEnd()));
  }

  @Override
  public Set<TrainerPart> uses() {
    return Set.of(TrainerPart.GENERATOR, TrainerPart.DISCRIMINATOR);
  }

  @Override
  public Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put(
        "g-loss", "generator's loss, mean over the step's batches; nats per token in pre-training");
    figures.put("d-loss", "discriminator's loss, mean over the step's batches");
    figures.put(
        Accuracy.FIGURE, Accuracy.OF_CLASSES + "; with loss relativistic of pairs, real above");
    figures.put("temperature", "tau");
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
            models -> opponent(models, game),
            new RelaxedGame.Rules(options.batchSize(), game.feedback()),
            new RelaxedTrainer.Rounds(
                game.steps(),
                game.dSteps(),
                "d",
                (round, step, progress) -> {
                  double tau = game.temperature(round);
                  progress.add("temperature", tau, 1);
                  return 1 / tau;
                })));
  }

  private static RelaxedGame.Opponent opponent(TrainerContext models, Adversarial game) {
    OptimizerOptions optimizer = game.discriminatorOptimizer();
    OnTape<SequenceClassifier> classifier =
        models.onTape(models.discriminator(TrainerContext.DISCRIMINATOR, optimizer), optimizer);
    return new RelaxedGame.Scorer(classifier, gaps(classifier.forward()), game.loss());
  }

  /** The scores of a classifier: the logit of real less that of generated. */
  private static RelaxedGame.Scores gaps(SequenceClassifier classifier) {
    return (tape, batch) -> {
      Variable logits = classifier.logits(tape, batch.tokens(), batch.lengths()); // (batch, 2)
      Variable gaps =
          tape.binary(
              BinaryOperation.SUBTRACT,
              tape.slice(logits, 1, 1, 2),
              tape.slice(logits, 1, 0, 1)); // (batch, 1)
      return tape.reshape(gaps, batch.lengths().dim(0));
    };
  }
}

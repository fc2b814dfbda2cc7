package org.seqgan.core.trainer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.SequenceClassifier;
import org.seqgan.api.model.Step;
import org.seqgan.api.model.Unrolled;
import org.seqgan.api.plugin.About;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.training.PhasePlan;
import org.seqgan.api.training.Progress;
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
    return figures;
  }

  @Override
  public TrainerSize size(Options options) {
    return new TrainerSize(2 * options.batchSize(), Map.of(), false);
  }

  @Override
  public Trainer create(TrainerContext context, Options options) {
    return new Game(context, options);
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

  private static final class Game implements Trainer {
    private final Adversarial options;
    private final MaximumLikelihood likelihood;
    private final RelaxedGame game;

    Game(TrainerContext context, Options options) {
      this.options = options.adversarial();
      OptimizerOptions ofGenerator = this.options.generatorOptimizer();
      Generator generator =
          context.generator(
              TrainerContext.GENERATOR, options.generatorPretraining().optimizer(), ofGenerator);
      this.likelihood =
          new MaximumLikelihood(
              generator,
              context.task().data().training(),
              options.batchSize(),
              options.generatorPretraining());
      OptimizerOptions ofDiscriminator = this.options.discriminatorOptimizer();
      OnTape<SequenceClassifier> classifier =
          context.onTape(
              context.discriminator(TrainerContext.DISCRIMINATOR, ofDiscriminator),
              ofDiscriminator);
      this.game =
          new RelaxedGame(
              context.task().data(),
              context.onTape(generator, ofGenerator),
              new RelaxedGame.Scorer(classifier, gaps(classifier.forward()), this.options.loss()),
              new RelaxedGame.Rules(options.batchSize(), this.options.feedback()));
    }

    @Override
    public void step(String phase, int number, Progress progress) {
      if (phase.equals(MaximumLikelihood.PHASE)) {
        likelihood.epoch(number, progress);
        return;
      }
      double tau = options.temperature(number);
      for (int i = 0; i < options.steps(); i++) {
        if (progress.passesOver(1)) {
          continue;
        }
        play((float) (1 / tau), progress, progress.random().split("step", i));
        progress.add("temperature", tau, 1);
        progress.batchDone((i + 1.0) / options.steps());
      }
    }

    private void play(float inverseTemperature, Progress progress, RandomStream stream) {
      progress.add(
          "g-loss", game.generatorStep(inverseTemperature, stream.split("g")), Step::loss, 1);
      for (int d = 0; d < options.dSteps(); d++) {
        Step step = game.criticStep(inverseTemperature, stream.split("d", d));
        progress.add("d-loss", step, Step::loss, 1);
        progress.add(Accuracy.FIGURE, step, Step::accuracy, 1);
      }
    }
  }
}

package org.seqgan.core.trainer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.Step;
import org.seqgan.api.plugin.About;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.training.PhasePlan;
import org.seqgan.api.training.Progress;
import org.seqgan.api.training.Trainer;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.api.training.TrainerPart;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.api.training.TrainerSize;

/**
 * DGSAN, a discrete generative self-adversarial network (Montahaei et al., arXiv 1908.09127): the
 * generator is its own discriminator. What tells real from generated is the ratio of the new
 * generator to the old one, which is followed once an epoch:
 *
 * <pre>
 * loss = sum over real tokens of log(1 + old/new) + sum over tokens of the old generator of log(1 + new/old)
 *      = sum over real of softplus(log old - log new) + sum over generated of softplus(log new - log old)
 * </pre>
 *
 * <p>The derivative of softplus is the sigmoid, so this is a policy gradient with the weights
 * {@code sigmoid(log old - log new)} on real tokens and {@code -sigmoid(log new - log old)} on
 * generated ones. The second form never divides, and is what is computed.
 */
public final class Dgsan implements TrainerProvider<Dgsan.Options> {
  static final String SELF_PLAY = "self-play";
  static final String OLD = "old-generator";

  /** Section {@code training} of trainer {@code dgsan}. */
  public record Options(
      @Option(
              description = "real sequences per step, and as many of the old generator",
              defaultValue = "64",
              min = 1)
          int batchSize,
      @Option(
              description = "passes over the training data, each against the generator before it",
              defaultValue = "200",
              min = 0)
          int epochs,
      @Option(
              description = "how the generator is optimised",
              defaultValue = "{learning-rate = 0.01, clip-norm = 5}")
          OptimizerOptions optimizer) {}

  @Override
  public About<Options> about() {
    return new About<>(
        "dgsan",
        "the generator against its own old copy, without a discriminator (Montahaei et al. 2019)",
        Options.class,
        ApiVersion.CURRENT);
  }

  @Override
  public List<PhasePlan> phases(Options options) {
    return List.of(
        PhasePlan.of(SELF_PLAY, options.epochs(), "epochs", PhasePlan.Evaluated.BY_EPOCHS));
  }

  @Override
  public Set<TrainerPart> uses() {
    return Set.of(TrainerPart.GENERATOR);
  }

  @Override
  public Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put(
        "g-loss",
        "the loss per token, nats, mean over the epoch; log 2 where both generators are the same");
    GradientNorm.describe(figures);
    return figures;
  }

  @Override
  public TrainerSize size(Options options) {
    return new TrainerSize(2 * options.batchSize(), Map.of(), false);
  }

  @Override
  public Trainer create(TrainerContext context, Options options) {
    return new SelfPlay(context, options);
  }

  private static final class SelfPlay implements Trainer {
    private final Options options;
    private final Sequences realData;
    private final Generator generator;
    private final Generator old;

    SelfPlay(TrainerContext context, Options options) {
      this.options = options;
      this.realData = context.task().data().training();
      this.generator =
          context.generator(TrainerContext.GENERATOR, options.optimizer(), options.optimizer());
      this.old = context.follower(OLD, generator);
    }

    @Override
    public void step(String phase, int number, Progress progress) {
      int[] order = progress.random().split("shuffle").permutation(realData.count());
      int batches = Batches.count(order.length, options.batchSize());
      for (int b = 0; b < batches; b++) {
        if (progress.passesOver(1)) {
          continue;
        }
        Sequences real = realData.select(Batches.indices(order, b, options.batchSize()));
        play(real, b, progress);
        progress.batchDone((b + 1.0) / (batches + 1));
      }
      if (!progress.passesOver(1)) {
        old.moveTowards(generator, 1);
        progress.batchDone();
      }
    }

    private void play(Sequences real, int b, Progress progress) {
      Sequences generated =
          old.sample(real.count(), Decoding.SAMPLE, progress.random().split("generated", b));
      Sequences both = Sequences.concat(List.of(real, generated));
      TokenValues ofOld = old.logProbabilities(both);
      TokenValues ofNew = generator.logProbabilities(both);
      float[] weights = new float[both.tokens().length];
      double loss = 0;
      for (int i = 0; i < both.count(); i++) {
        boolean isReal = i < real.count();
        for (int t = 0; t < both.length(i); t++) {
          Term term = Term.of(isReal, ofOld.get(i, t), ofNew.get(i, t));
          weights[i * both.time() + t] = (float) -term.derivative();
          loss += term.loss();
        }
      }
      Step step =
          generator.trainPolicyGradient(both, new TokenValues(both.count(), both.time(), weights));
      progress.add("g-loss", loss / both.tokenCount(), both.tokenCount());
      GradientNorm.add(progress, step);
    }
  }

  /**
   * What a token adds to the loss.
   *
   * @param loss in nats
   * @param derivative of it by the new generator's log-probability
   */
  record Term(double loss, double derivative) {
    /** Of a token with its log-probabilities by the old and the new generator. */
    static Term of(boolean real, double old, double now) {
      double x = real ? old - now : now - old;
      double loss = Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))); // softplus(x)
      double slope = 1 / (1 + Math.exp(-x));
      return new Term(loss, real ? -slope : slope);
    }
  }
}

package org.seqgan.core.trainer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.api.ApiVersion;
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
 * Adversarial discrete sequence generation without explicit neural networks as discriminators
 * (JSDGAN: Li et al., AISTATS 2019). The best discriminator is known in closed form where the
 * density of data is taken to be that of a batch, {@code p = 1/B} for each of its sequences; so
 * only real sequences are needed, and with {@code pi = G(Y)}:
 *
 * <pre>
 * reward = log(1 - p / (p + pi)) = log sigmoid(log pi - log p)
 * loss   = sum over the batch of [pi reward] log pi      (brackets: no gradient)
 * </pre>
 *
 * <p>pi is e^-100 and less, so the weights underflow. What is done about it is option {@code
 * scale}; Adam steps do not change when all weights of a batch are multiplied by one number.
 */
public final class Jsdgan implements TrainerProvider<Jsdgan.Options> {
  static final String ADVERSARIAL = "adversarial";

  /** Section {@code training} of trainer {@code jsdgan}. */
  public record Options(
      @Option(description = "real sequences per step", defaultValue = "64", min = 1) int batchSize,
      @Option(description = "passes over the training data", defaultValue = "500", min = 0)
          int epochs,
      @Option(
              description = "how the generator is optimised",
              defaultValue = "{learning-rate = 0.01, clip-norm = 5}")
          OptimizerOptions optimizer,
      @Option(
              description =
                  "what stands for pi in the weights: exact (underflows), relative (divided by the batch's largest), or released (moved to 0 to 1 over the batch, in the reward too)",
              defaultValue = "relative")
          Scale scale) {}

  /** What stands for the probability of a sequence, which no float holds. */
  public enum Scale {
    /** Itself. */
    EXACT,
    /** Divided by the largest of the batch: the same gradient but for a factor. */
    RELATIVE,
    /** By the code of TextGAN-PyTorch: the batch's least and largest become 1e-10 and 1. */
    RELEASED
  }

  @Override
  public About<Options> about() {
    return new About<>(
        "jsdgan",
        "closed-form discriminator over real sequences alone (Li et al. 2019)",
        Options.class,
        ApiVersion.CURRENT);
  }

  @Override
  public List<PhasePlan> phases(Options options) {
    return List.of(
        PhasePlan.of(ADVERSARIAL, options.epochs(), "epochs", PhasePlan.Evaluated.BY_EPOCHS));
  }

  @Override
  public Set<TrainerPart> uses() {
    return Set.of(TrainerPart.GENERATOR);
  }

  @Override
  public Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    RewardFigures.describe(figures, "mean reward of a sequence, over the epoch's batches");
    GradientNorm.describe(figures);
    return figures;
  }

  @Override
  public TrainerSize size(Options options) {
    return new TrainerSize(options.batchSize(), Map.of(), false);
  }

  @Override
  public Trainer create(TrainerContext context, Options options) {
    return new Training(context, options);
  }

  private static final class Training implements Trainer {
    private final Options options;
    private final Sequences realData;
    private final Generator generator;

    Training(TrainerContext context, Options options) {
      this.options = options;
      this.realData = context.task().data().training();
      this.generator =
          context.generator(TrainerContext.GENERATOR, options.optimizer(), options.optimizer());
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
        double[] logPi = new double[real.count()];
        TokenValues logs = generator.logProbabilities(real);
        for (int i = 0; i < logPi.length; i++) {
          for (int t = 0; t < real.length(i); t++) {
            logPi[i] += logs.get(i, t);
          }
        }
        Weights weights = Weights.of(logPi, options.scale());
        Step step = generator.trainPolicyGradient(real, ofTokens(real, weights.values()));
        RewardFigures.add(
            progress,
            Arrays.stream(weights.rewards()).average().orElseThrow(),
            weights.rewards().clone());
        GradientNorm.add(progress, step);
        progress.batchDone((b + 1.0) / batches);
      }
    }

    /** All tokens of a sequence share its weight; the policy gradient has the other sign. */
    private static TokenValues ofTokens(Sequences real, double[] weights) {
      float[] values = new float[real.tokens().length];
      for (int i = 0; i < real.count(); i++) {
        Arrays.fill(values, i * real.time(), i * real.time() + real.length(i), (float) -weights[i]);
      }
      return new TokenValues(real.count(), real.time(), values);
    }
  }

  /**
   * Of the sequences of a batch.
   *
   * @param rewards log sigmoid(log pi - log p)
   * @param values pi times the reward
   */
  record Weights(double[] rewards, double[] values) {
    static Weights of(double[] logPi, Scale scale) {
      double logP = -Math.log(logPi.length);
      double most = Arrays.stream(logPi).max().orElseThrow();
      double least = Math.exp(Arrays.stream(logPi).min().orElseThrow() - most);
      double[] rewards = new double[logPi.length];
      double[] values = new double[logPi.length];
      for (int i = 0; i < logPi.length; i++) {
        double relative = Math.exp(logPi[i] - most);
        double pi =
            switch (scale) {
              case EXACT -> Math.exp(logPi[i]);
              case RELATIVE -> relative;
              case RELEASED -> Math.max(1e-10, least == 1 ? 0 : (relative - least) / (1 - least));
            };
        double x = (scale == Scale.RELEASED ? Math.log(pi) : logPi[i]) - logP;
        rewards[i] = Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x))); // log sigmoid(x)
        values[i] = pi * rewards[i];
      }
      return new Weights(rewards, values);
    }
  }
}

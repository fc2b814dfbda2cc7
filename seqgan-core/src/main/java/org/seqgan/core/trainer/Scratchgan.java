package org.seqgan.core.trainer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.UserException;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.Step;
import org.seqgan.api.plugin.About;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.training.Network;
import org.seqgan.api.training.PhasePlan;
import org.seqgan.api.training.Progress;
import org.seqgan.api.training.Trainer;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.api.training.TrainerPart;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.api.training.TrainerSize;

/**
 * ScratchGAN (de Masson d'Autume et al., NeurIPS 2019, arXiv 1905.09922; {@code scratchgan} of
 * google-deepmind/deepmind-research): no pre-training, but large batches, a reward for every token,
 * a discriminator that is held back, and a baseline that follows the batch. With d_t the logit of
 * token t being real given those before it, and sums over the tokens that sequences have:
 *
 * <pre>
 * loss of D = 1/2 sum softplus(-d_t) / BT over real + 1/2 sum softplus(d_t) / BT over generated
 *             + l2 / 2 sum of the squares of all its parameters
 * r_t = 2 sigmoid(d_t) - 1    R_t = sum over s of t.. of gamma^(s-t) r_s
 * b &lt;- decay b + (1 - decay) mean of R    loss of G = - sum (R_t - b) log G(y_t | Y_1:t-1) / BT
 * </pre>
 *
 * <p>b is used after it has moved.
 *
 * <p>Departures: D and G have no embedding that was trained before on other text (GloVe), and G is
 * the configured generator, where the authors' has two layers. Rewards are read without dropout,
 * where the authors' reading has it. What stands after the end of a sequence has neither loss nor
 * reward and no share of the mean, where the authors fill it with logits, and so rewards, of 0.
 */
public final class Scratchgan implements TrainerProvider<Scratchgan.Options> {
  static final String ADVERSARIAL = "adversarial";
  static final String TOKEN_DISCRIMINATOR = "token-discriminator";
  static final String BASELINE = "baseline";

  /**
   * Section {@code training} of trainer {@code scratchgan}. Defaults are those of the authors'
   * code.
   */
  public record Options(
      @Option(
              description = "sequences per step of the generator; the discriminator's has as many",
              defaultValue = "512",
              min = 1)
          int batchSize,
      @Option(
              description = "rounds, after which the generator can be measured",
              defaultValue = "2000",
              min = 0)
          int rounds,
      @Option(
              description =
                  "steps of a round, each one of the discriminator and then one of the generator",
              defaultValue = "100",
              min = 1)
          int steps,
      @Option(
              description = "how much of a token's reward the token before it gets (gamma)",
              defaultValue = "0.23",
              min = 0,
              max = 1)
          double discount,
      @Option(
              description = "share of the baseline that a step keeps; the rest is the batch's mean",
              defaultValue = "0.08",
              min = 0,
              max = 1)
          double baselineDecay,
      @Option(
              description = "how the generator is optimised",
              defaultValue = "{learning-rate = 9.59e-5, beta1 = 0.5}")
          OptimizerOptions generatorOptimizer,
      @Option(
              description = "how the discriminator is optimised",
              defaultValue = "{learning-rate = 9.38e-3, beta1 = 0.5}")
          OptimizerOptions discriminatorOptimizer,
      @Option(description = "the discriminator of tokens") TokenDiscriminator tokenDiscriminator) {}

  /** Section {@code training.token-discriminator}. */
  public record TokenDiscriminator(
      @Option(
              description = "width of the token embedding",
              defaultValue = "64",
              min = 1,
              max = 65536)
          int embeddingSize,
      @Option(
              description = "width of the hidden state",
              defaultValue = "512",
              min = 1,
              max = TokenDiscriminator.WIDEST)
          int hiddenSize,
      @Option(
              description =
                  "probability with which dropout keeps a number of the table of embeddings",
              defaultValue = "0.9",
              min = 0.01,
              max = 1)
          float keep,
      @Option(description = "L2 penalty on all parameters", defaultValue = "1e-6", min = 0)
          float l2) {
    /** H at which 4 H^2 recurrent weights are just what one parameter may have. */
    static final int WIDEST = 11_585;
  }

  @Override
  public About<Options> about() {
    return new About<>(
        "scratchgan",
        "no pre-training, a reward for every token, large batches (de Masson d'Autume et al. 2019)",
        Options.class,
        ApiVersion.CURRENT);
  }

  @Override
  public List<PhasePlan> phases(Options options) {
    return List.of(
        PhasePlan.of(ADVERSARIAL, options.rounds(), "rounds", PhasePlan.Evaluated.BY_ROUNDS));
  }

  @Override
  public Set<TrainerPart> uses() {
    return Set.of(TrainerPart.GENERATOR);
  }

  @Override
  public Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("d-loss", "the discriminator's loss with its penalty, mean over the round");
    figures.put(
        Accuracy.FIGURE,
        "mean of two shares: real tokens that the discriminator took for real as it learned from them, and generated ones that it did not, dropout and all; 0.5 for chance");
    RewardFigures.describe(figures, "mean reward of a token, -1 to 1, over the round's batches");
    GradientNorm.describe(figures);
    return figures;
  }

  @Override
  public TrainerSize size(Options options) {
    return new TrainerSize(options.batchSize(), Map.of(), false);
  }

  @Override
  public Trainer create(TrainerContext context, Options options) {
    return new FromScratch(context, options);
  }

  private static final class FromScratch implements Trainer {
    private final Options options;
    private final Sequences realData;
    private final Generator generator;
    private final TokenJudge judge;
    private final Network network;
    private float baseline;

    FromScratch(TrainerContext context, Options options) {
      this.options = options;
      TaskData data = context.task().data();
      this.realData = data.training();
      OptimizerOptions ofG = options.generatorOptimizer();
      this.generator = context.generator(TrainerContext.GENERATOR, ofG, ofG);
      TokenDiscriminator sizes = options.tokenDiscriminator();
      this.judge =
          new TokenJudge(
              data.vocabulary().size(),
              data.sequenceLength(),
              sizes.embeddingSize(),
              sizes.hiddenSize(),
              sizes.keep());
      this.network =
          context.network(
              TOKEN_DISCRIMINATOR, judge.parameters(), options.discriminatorOptimizer());
    }

    @Override
    public void step(String phase, int number, Progress progress) {
      for (int i = 0; i < options.steps(); i++) {
        if (progress.passesOver(1)) {
          continue;
        }
        RandomStream stream = progress.random().split("step", i);
        judge(progress, stream);
        write(progress, stream);
        progress.batchDone((i + 1.0) / options.steps());
      }
    }

    private void judge(Progress progress, RandomStream stream) {
      Sequences real = Batches.any(realData, options.batchSize(), stream.split("real"));
      Sequences fake = sample(stream.split("fake"));
      Accuracy noted = new Accuracy();
      Step step =
          network.train(
              tape -> {
                Variable ofReal = judge.logits(tape, real);
                Variable ofFake = judge.logits(tape, fake);
                noted.note(tape, ofReal, ofFake);
                return tape.binary(
                    BinaryOperation.ADD,
                    loss(tape, ofReal, real, ofFake, fake),
                    penalty(tape, judge.parameters(), options.tokenDiscriminator().l2()));
              },
              stream.split("dropout"));
      progress.add("d-loss", step, Step::loss, 1);
      Step judged =
          noted.of(
              step,
              (ofReal, ofFake) ->
                  Accuracy.ofClasses(
                      Accuracy.ofTokens(ofReal, real), Accuracy.ofTokens(ofFake, fake), 0));
      progress.add(Accuracy.FIGURE, judged, Step::accuracy, 1);
    }

    private void write(Progress progress, RandomStream stream) {
      Sequences own = sample(stream.split("own"));
      float[] logits = network.compute(tape -> judge.logits(tape, own));
      Credit credit =
          new Rules(options.discount(), options.baselineDecay())
              .credit(logits(logits), own.lengths(), baseline);
      baseline = (float) credit.baseline();
      Step step = generator.trainPolicyGradient(own, meanOf(credit.weights(), own));
      RewardFigures.add(
          progress, sum(credit.rewards()) / own.tokenCount(), ofTokens(credit.rewards(), own));
      GradientNorm.add(progress, step);
    }

    private Sequences sample(RandomStream stream) {
      return generator.sample(options.batchSize(), Decoding.SAMPLE, stream);
    }

    private static double[] logits(float[] values) {
      double[] logits = new double[values.length];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = values[i];
      }
      return logits;
    }

    /** Without padding. */
    private static double[] ofTokens(double[] values, Sequences batch) {
      return Arrays.stream(NextTokens.everyCell(batch)).mapToDouble(cell -> values[cell]).toArray();
    }

    private static TokenValues meanOf(double[] weights, Sequences batch) {
      float[] shares = new float[weights.length];
      for (int i = 0; i < shares.length; i++) {
        shares[i] = (float) (weights[i] / shares.length);
      }
      return new TokenValues(batch.count(), batch.time(), shares);
    }

    @Override
    public NamedArrays state() {
      return new NamedArrays(
          Map.of(BASELINE, new FloatArray(new int[] {1}, new float[] {baseline})));
    }

    @Override
    public void setState(NamedArrays state) {
      FloatArray array = state.arrays().get(BASELINE);
      if (array == null || array.values().length != 1) {
        throw new UserException(
            UserException.Kind.DATA,
            "expected array '%s' of one number in the state of trainer scratchgan, found %s: it must be what it was saved with; start the run anew"
                .formatted(BASELINE, array == null ? "none" : array.values().length + " numbers"));
      }
      baseline = array.values()[0];
    }
  }

  /**
   * The loss of D without its penalty, {@code [1]}.
   *
   * @param ofReal logits {@code [B * T]}
   * @param ofFake logits {@code [B * T]}
   */
  static Variable loss(
      Tape tape, Variable ofReal, Sequences real, Variable ofFake, Sequences fake) {
    return tape.binary(
        BinaryOperation.ADD, half(tape, ofReal, real, -1), half(tape, ofFake, fake, 1));
  }

  private static Variable half(Tape tape, Variable logits, Sequences batch, int sign) {
    float[] shares = new float[batch.tokens().length];
    for (int i = 0; i < batch.count(); i++) {
      for (int t = 0; t < batch.length(i); t++) {
        shares[i * batch.time() + t] = 0.5f / shares.length;
      }
    }
    Variable ofTokens =
        tape.binary(
            BinaryOperation.MULTIPLY,
            GanLoss.softplus(tape, logits, sign),
            tape.constant(tape.scope().tensor(shares, shares.length)));
    return tape.reduce(Reduction.SUM, ofTokens, 0);
  }

  /** {@code l2 / 2} times the sum of the squares of parameters, {@code [1]}. */
  static Variable penalty(Tape tape, List<ParameterSpec> parameters, float l2) {
    List<Variable> sums =
        parameters.stream()
            .map(spec -> tape.parameter(spec.name()))
            .map(p -> tape.unary(UnaryOperation.SQUARE, tape.reshape(p, p.value().size())))
            .map(squares -> tape.reduce(Reduction.SUM, squares, 0))
            .toList();
    return tape.affine(tape.reduce(Reduction.SUM, tape.concat(sums, 0), 0), l2 / 2, 0);
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /**
   * How tokens are credited.
   *
   * @param discount gamma
   * @param decay of the baseline
   */
  record Rules(double discount, double decay) {
    /**
     * Of a batch.
     *
     * @param logits of its tokens, {@code [B * T]}
     * @param lengths of its sequences, {@code [B]}
     * @param before the baseline before the batch
     */
    Credit credit(double[] logits, int[] lengths, double before) {
      int time = logits.length / lengths.length;
      double[] rewards = new double[logits.length];
      double[] returns = new double[logits.length];
      long tokens = 0;
      for (int i = 0; i < lengths.length; i++) {
        double after = 0;
        for (int at = i * time + lengths[i] - 1; at >= i * time; at--) {
          rewards[at] = Math.tanh(logits[at] / 2); // 2 sigmoid(d) - 1
          after = rewards[at] + discount * after;
          returns[at] = after;
        }
        tokens += lengths[i];
      }
      double baseline = decay * before + (1 - decay) * sum(returns) / tokens;
      double[] weights = new double[logits.length];
      for (int i = 0; i < lengths.length; i++) {
        for (int at = i * time; at < i * time + lengths[i]; at++) {
          weights[at] = returns[at] - baseline;
        }
      }
      return new Credit(rewards, returns, baseline, weights);
    }
  }

  /**
   * What the tokens of a batch are credited with, {@code [B * T]} each, 0 after the ends.
   *
   * @param rewards r
   * @param returns R
   * @param baseline b, after the batch
   * @param weights R - b
   */
  record Credit(double[] rewards, double[] returns, double baseline, double[] weights) {}
}

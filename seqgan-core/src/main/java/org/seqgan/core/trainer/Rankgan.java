package org.seqgan.core.trainer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.data.ActionValues;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.SequenceClassifier;
import org.seqgan.api.model.Step;
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
 * RankGAN (Lin et al., NIPS 2017, arXiv 1705.11001). Instead of a discriminator there is a ranker:
 * how near a sequence is to real references, relative to other sequences. It is the configured
 * discriminator up to its features f, without its classes; with alpha(s|u) = cos(f(s), f(u)) and
 * references U of real sequences, the rank of a sequence s is
 *
 * <pre>
 * released: R(s) = exp(gamma sum over u of alpha(s|u)) / sum over s' of the mini-batch of the same
 * paper:    R(s) = mean over u of exp(gamma alpha(s|u)) / sum over s' in C and s of exp(gamma alpha(s'|u))
 *
 * loss of the ranker = -(mean over real s of log R(s) - mean over generated s of log R(s))
 * reward of a token  = mean over its roll-outs Y of R(Y)
 * </pre>
 *
 * <p>The mini-batch of a roll-out is what the same copy of the same position made of all sequences
 * of the generator's batch. So the released rewards of a position add up to 1. In the paper's
 * formula the comparison set C of real sequences is the generated ones of the mini-batch in the
 * ranker's loss, and that of generated ones real ones, in the loss and in the reward.
 *
 * <p>Departures: a mini-batch of the ranker has as many real as generated sequences, where the
 * authors' code shuffles both together. The generator completes its own prefixes, which is what the
 * authors' code comes to. How many sequences the paper compares with in the reward is not known:
 * option {@code comparison} is ours.
 */
public final class Rankgan implements TrainerProvider<Rankgan.Options> {
  static final String RANKER_PRETRAINING = "ranker-pretraining";
  static final String ADVERSARIAL = "adversarial";

  /** Completions that are scored at a time, to bound memory. */
  private static final int MOST_ROWS = 512;

  /** Added to squared lengths of features, so that one without length has a cosine: 0. */
  private static final float NO_LENGTH = 1e-12f;

  /**
   * Section {@code training} of trainer {@code rankgan}. Defaults are those of the authors' code.
   */
  public record Options(
      @Option(
              description =
                  "sequences per step of maximum likelihood and of the ranker, half of them real",
              defaultValue = "64",
              min = 2)
          int batchSize,
      @Option(description = "maximum likelihood") MaximumLikelihood.Options generatorPretraining,
      @Option(description = "the ranker") Ranker ranker,
      @Option(description = "the ranker's first lessons") RankerPretraining rankerPretraining,
      @Option(description = "the game") Adversarial adversarial) {}

  /** Section {@code training.ranker}. */
  public record Ranker(
      @Option(
              description = "how the ranker is optimised",
              defaultValue = "{learning-rate = 0.0001}")
          OptimizerOptions optimizer,
      @Option(
              description =
                  "released (softmax over the mini-batch of summed cosines) or paper (against a comparison set, mean over references)",
              defaultValue = "released")
          Formula formula,
      @Option(description = "gamma, which multiplies cosines", defaultValue = "1.0", min = 0)
          float gamma,
      @Option(
              description = "real sequences that others are compared with, drawn for each step",
              defaultValue = "16",
              min = 1)
          int references,
      @Option(
              description = "formula paper: real sequences in the comparison set of rewards",
              defaultValue = "16",
              min = 1)
          int comparison) {}

  /** What a rank is. */
  public enum Formula {
    /** The authors' code. */
    RELEASED,
    /** The paper's. */
    PAPER
  }

  /** Section {@code training.ranker-pretraining}. */
  public record RankerPretraining(
      @Option(description = "times that fresh negatives are sampled", defaultValue = "50", min = 0)
          int rounds,
      @Option(description = "epochs over each set of negatives", defaultValue = "3", min = 1)
          int epochs) {}

  /** Section {@code training.adversarial}. */
  public record Adversarial(
      @Option(
              description = "how the generator is optimised",
              defaultValue = "{learning-rate = 0.01, clip-norm = 5}")
          OptimizerOptions generatorOptimizer,
      @Option(description = "rounds of g-steps and r-steps", defaultValue = "200", min = 0)
          int rounds,
      @Option(
              description = "sequences per generator update, which are ranked among one another",
              defaultValue = "32",
              min = 1)
          int batchSize,
      @Option(description = "generator updates per round", defaultValue = "1", min = 0) int gSteps,
      @Option(description = "sets of fresh negatives per round", defaultValue = "5", min = 0)
          int rSteps,
      @Option(description = "epochs over each set of negatives", defaultValue = "1", min = 1)
          int epochs,
      @Option(
              description =
                  "negatives per r-step, and as many positives; 0 for as many as there are training sequences",
              defaultValue = "0",
              min = 0)
          int negatives,
      @Option(
              description = "N: completions of each prefix",
              defaultValue = "16",
              min = 1,
              max = 100000)
          int rollOuts) {}

  @Override
  public About<Options> about() {
    return new About<>(
        "rankgan",
        "policy gradient by ranks relative to real references, instead of a discriminator (Lin et al. 2017)",
        Options.class,
        ApiVersion.CURRENT);
  }

  @Override
  public List<PhasePlan> phases(Options options) {
    return List.of(
        options.generatorPretraining().plan(),
        PhasePlan.of(
            RANKER_PRETRAINING,
            options.rankerPretraining().rounds(),
            "ranker-pretraining.rounds",
            PhasePlan.Evaluated.NEVER),
        PhasePlan.of(
            ADVERSARIAL,
            options.adversarial().rounds(),
            "adversarial.rounds",
            PhasePlan.Evaluated.BY_ROUNDS));
  }

  /** Negatives are drawn as in the game. */
  @Override
  public Map<String, Set<String>> reads() {
    return Map.of(RANKER_PRETRAINING, Set.of("adversarial.negatives"));
  }

  @Override
  public Set<TrainerPart> uses() {
    return Set.of(TrainerPart.GENERATOR, TrainerPart.DISCRIMINATOR);
  }

  @Override
  public Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("g-loss", "generator's loss per token, nats, mean over the step's batches");
    figures.put(
        "r-loss",
        "ranker's loss, nats, mean over the step's batches; 0 where it cannot tell real from generated");
    figures.put(
        Accuracy.FIGURE,
        "share of its mini-batches' pairs in which the ranker ranked the real sequence above the generated one as it learned from them, mean over the step; 0.5 for chance");
    RewardFigures.describe(figures, "mean rank of a token, over the step's batches");
    GradientNorm.describe(figures);
    return figures;
  }

  @Override
  public TrainerSize size(Options options) {
    return new TrainerSize(
        Math.max(options.batchSize(), options.adversarial().batchSize()),
        Map.of("adversarial.negatives", options.adversarial().negatives()),
        false);
  }

  @Override
  public Trainer create(TrainerContext context, Options options) {
    return new Game(context, options);
  }

  private static final class Game implements Trainer {
    private final Options options;
    private final Sequences realData;
    private final Generator generator;
    private final MaximumLikelihood likelihood;
    private final OnTape<SequenceClassifier> ranker;

    Game(TrainerContext context, Options options) {
      this.options = options;
      this.realData = context.task().data().training();
      this.generator =
          context.generator(
              TrainerContext.GENERATOR,
              options.generatorPretraining().optimizer(),
              options.adversarial().generatorOptimizer());
      this.likelihood =
          new MaximumLikelihood(
              generator, realData, options.batchSize(), options.generatorPretraining());
      OptimizerOptions ofRanker = options.ranker().optimizer();
      this.ranker =
          context.onTape(context.discriminator(TrainerContext.DISCRIMINATOR, ofRanker), ofRanker);
    }

    @Override
    public void step(String phase, int number, Progress progress) {
      switch (phase) {
        case MaximumLikelihood.PHASE -> likelihood.epoch(number, progress);
        case RANKER_PRETRAINING ->
            trainRanker(
                options.rankerPretraining().epochs(), progress.random(), progress, done -> done);
        case ADVERSARIAL -> adversarialRound(progress);
        default -> throw new IllegalArgumentException(phase);
      }
    }

    private void adversarialRound(Progress progress) {
      Adversarial game = options.adversarial();
      double parts = (double) game.gSteps() + game.rSteps();
      for (int g = 0; g < game.gSteps(); g++) {
        if (progress.passesOver(1)) {
          continue;
        }
        updateGenerator(progress.random().split("g-step", g), progress);
        progress.batchDone((g + 1) / parts);
      }
      for (int r = 0; r < game.rSteps(); r++) {
        double before = (double) game.gSteps() + r;
        trainRanker(
            game.epochs(),
            progress.random().split("r-step", r),
            progress,
            done -> (before + done) / parts);
      }
    }

    private void updateGenerator(RandomStream stream, Progress progress) {
      Adversarial game = options.adversarial();
      Sequences batch = generator.sample(game.batchSize(), Decoding.SAMPLE, stream.split("sample"));
      progress.checkStop();
      TokenValues ranks = ranks(batch, stream).upToTheEnds(batch);
      Step step = generator.trainPolicyGradient(batch, ranks);
      long tokens = batch.tokenCount();
      progress.add("g-loss", step, done -> done.loss() / tokens, tokens);
      GradientNorm.add(progress, step);
      RewardFigures.add(progress, ranks, batch);
    }

    /** The reward of each token, {@code [batch, time]}: one draw of references for all of them. */
    private TokenValues ranks(Sequences batch, RandomStream stream) {
      Completions completions =
          generator.complete(
              batch, options.adversarial().rollOuts(), Decoding.SAMPLE, stream.split("roll-out"));
      Ranker rules = options.ranker();
      Sequences references = Batches.any(realData, rules.references(), stream.split("references"));
      Sequences comparison = Batches.any(realData, rules.comparison(), stream.split("comparison"));
      float[] completed =
          completions.scores(MOST_ROWS, rows -> scores(rows, references, comparison));
      float[] whole = scores(batch, references, comparison);
      if (rules.formula() == Formula.RELEASED) {
        completed = shares(completed, batch.count());
        whole = shares(whole, batch.count());
      }
      return ActionValues.of(completions, completed, whole);
    }

    /** Of each sequence: its rank in the paper's formula, what the softmax is of in the other. */
    private float[] scores(Sequences sequences, Sequences references, Sequences comparison) {
      Ranker rules = options.ranker();
      return ranker.compute(
          tape -> {
            Variable features = features(tape, sequences);
            Variable ofReferences = features(tape, references);
            return switch (rules.formula()) {
              case RELEASED -> nearness(tape, features, ofReferences, rules.gamma());
              case PAPER ->
                  rank(tape, features, ofReferences, features(tape, comparison), rules.gamma());
            };
          });
    }

    private Variable features(Tape tape, Sequences sequences) {
      TensorScope scope = tape.scope();
      return ranker
          .forward()
          .features(
              tape,
              new Tokens.Ids(scope.ints(sequences.tokens(), sequences.count(), sequences.time())),
              scope.ints(sequences.lengths(), sequences.count()));
    }

    private void trainRanker(
        int epochs, RandomStream stream, Progress progress, DoubleUnaryOperator fraction) {
      int asked = options.adversarial().negatives();
      int count = asked == 0 ? realData.count() : Math.min(asked, realData.count());
      int half = options.batchSize() / 2;
      int batches = Batches.count(count, half);
      if (progress.passesOver((long) epochs * batches)) {
        return;
      }
      Sequences negatives = generator.sample(count, Decoding.SAMPLE, stream.split("negatives"));
      progress.checkStop();
      for (int epoch = 0; epoch < epochs; epoch++) {
        RandomStream ofEpoch = stream.split("epoch", epoch);
        int[] ofReal = ofEpoch.split("real").permutation(realData.count());
        int[] ofNegatives = ofEpoch.split("generated").permutation(count);
        for (int b = 0; b < batches; b++) {
          if (progress.passesOver(1)) {
            continue;
          }
          int[] rows = Batches.indices(ofNegatives, b, half);
          Sequences generated = negatives.select(rows);
          Sequences real =
              realData.select(Arrays.copyOfRange(ofReal, b * half, b * half + rows.length));
          Step step = updateRanker(real, generated, ofEpoch.split("batch", b));
          progress.add("r-loss", step, Step::loss, 2L * rows.length);
          progress.add(Accuracy.FIGURE, step, Step::accuracy, 2L * rows.length);
          progress.batchDone(fraction.applyAsDouble((epoch + (b + 1.0) / batches) / epochs));
        }
      }
    }

    private Step updateRanker(Sequences real, Sequences generated, RandomStream stream) {
      Ranker rules = options.ranker();
      Sequences references = Batches.any(realData, rules.references(), stream.split("references"));
      Sequences all = Sequences.concat(List.of(real, generated, references));
      int fakeFrom = real.count();
      int referencesFrom = fakeFrom + generated.count();
      Accuracy noted = new Accuracy();
      Step step =
          ranker.train(
              tape -> {
                Variable features = features(tape, all);
                return loss(
                    tape,
                    rules.formula(),
                    tape.slice(features, 0, 0, fakeFrom),
                    tape.slice(features, 0, fakeFrom, referencesFrom),
                    tape.slice(features, 0, referencesFrom, all.count()),
                    rules.gamma(),
                    noted);
              },
              stream.split("dropout"));
      return noted.of(step, Accuracy::ofPairs);
    }
  }

  /**
   * The ranker's loss, {@code [1]}.
   *
   * @param real features of real sequences, {@code [n, F]}
   * @param generated features of generated ones, {@code [m, F]}
   * @param references {@code [U, F]}
   * @param noted told of the logarithms of ranks
   */
  static Variable loss(
      Tape tape,
      Formula formula,
      Variable real,
      Variable generated,
      Variable references,
      float gamma,
      Accuracy noted) {
    int split = real.value().dim(0);
    int count = split + generated.value().dim(0);
    return switch (formula) {
      case RELEASED -> {
        Variable all = tape.concat(List.of(real, generated), 0);
        Variable logs = // (n + m)
            tape.reshape(
                tape.logSoftmax(tape.reshape(nearness(tape, all, references, gamma), 1, count)),
                count);
        yield gap(tape, tape.slice(logs, 0, 0, split), tape.slice(logs, 0, split, count), noted);
      }
      case PAPER ->
          gap(
              tape,
              tape.unary(UnaryOperation.LOG, rank(tape, real, references, generated, gamma)),
              tape.unary(UnaryOperation.LOG, rank(tape, generated, references, real, gamma)),
              noted);
    };
  }

  /** The mean of the second less that of the first. */
  private static Variable gap(Tape tape, Variable ofReal, Variable ofGenerated, Accuracy noted) {
    noted.note(tape, ofReal, ofGenerated);
    return tape.binary(
        BinaryOperation.SUBTRACT,
        tape.reduce(Reduction.MEAN, ofGenerated, 0),
        tape.reduce(Reduction.MEAN, ofReal, 0));
  }

  /** Gamma times the sum of the cosines with all references, {@code [B]}. */
  static Variable nearness(Tape tape, Variable features, Variable references, float gamma) {
    return tape.reduce(Reduction.SUM, gammaCosines(tape, features, references, gamma), 1);
  }

  /**
   * The paper's R, {@code [B]}: each sequence against the comparison set and itself.
   *
   * @param features {@code [B, F]}
   * @param references {@code [U, F]}
   * @param comparison {@code [C, F]}
   */
  static Variable rank(
      Tape tape, Variable features, Variable references, Variable comparison, float gamma) {
    Variable own = // (B, U)
        tape.unary(UnaryOperation.EXP, gammaCosines(tape, features, references, gamma));
    Variable others = // (U)
        tape.reduce(
            Reduction.SUM,
            tape.unary(UnaryOperation.EXP, gammaCosines(tape, comparison, references, gamma)),
            0);
    Variable ranks =
        tape.binary(BinaryOperation.DIVIDE, own, tape.binary(BinaryOperation.ADD, own, others));
    return tape.reduce(Reduction.MEAN, ranks, 1);
  }

  /** Gamma alpha of every sequence with every reference, {@code [B, U]}. */
  private static Variable gammaCosines(
      Tape tape, Variable features, Variable references, float gamma) {
    Variable cosines =
        tape.matmul(
            tape.permute(columnsOfLengthOne(tape, features), 1, 0),
            columnsOfLengthOne(tape, references));
    return tape.affine(cosines, gamma, 0);
  }

  /** Rows {@code [n, F]} as columns of length 1, {@code [F, n]}. */
  private static Variable columnsOfLengthOne(Tape tape, Variable rows) {
    Variable squared = // (n)
        tape.reduce(Reduction.SUM, tape.unary(UnaryOperation.SQUARE, rows), 1);
    return tape.binary(
        BinaryOperation.DIVIDE,
        tape.permute(rows, 1, 0),
        tape.unary(UnaryOperation.SQRT, tape.affine(squared, 1, NO_LENGTH)));
  }

  /**
   * The softmax of each batch.
   *
   * @param scores of one batch after the other
   */
  static float[] shares(float[] scores, int batch) {
    float[] shares = new float[scores.length];
    for (int from = 0; from < scores.length; from += batch) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = from; i < from + batch; i++) {
        largest = Math.max(largest, scores[i]);
      }
      double sum = 0;
      for (int i = from; i < from + batch; i++) {
        sum += Math.exp(scores[i] - largest);
      }
      for (int i = from; i < from + batch; i++) {
        shares[i] = (float) (Math.exp(scores[i] - largest) / sum);
      }
    }
    return shares;
  }
}

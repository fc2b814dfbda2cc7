package org.seqgan.core.trainer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.UserException;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.ParameterSpec;
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
import org.seqgan.core.model.LeakganModel;
import org.seqgan.core.model.LeakganOptions;

/**
 * LeakGAN (Guo et al. 2018, arXiv 1709.08624): the discriminator leaks its features f_t of each
 * prefix to a Manager, whose goals g_t say in which direction features are to move; a Worker draws
 * tokens under these goals. Its generator is {@link LeakganModel}. With c the size of a step,
 *
 * <pre>
 * Manager, likelihood:   -mean over t = 0, c, 2c, ... of cos(f_t+c - f_t, g_t)
 * Manager, adversarial:  -mean over the same of R_t cos(f_t+c - f_t, g_t)
 * Worker, likelihood:    cross-entropy of the tokens
 * Worker, adversarial:   -mean of r_t log G_T(y_t | Y_1:t-1), at the policy's temperature
 *
 * r_t = mean over i = 1..c of cos(f_t - f_t-i, g_t-i)
 * R_t = sigmoid(delta (1/2 - rank / B)), the rank in the batch, 1 the best, of the mean of D over
 *       completions of the first t + c tokens
 * </pre>
 *
 * <p>A Manager's loss does not reach the Worker, nor the Worker's the Manager. Both are lowered by
 * one step of one optimiser, which serves both phases; the norm that is clipped is that of both.
 *
 * <p>{@code released} is what the authors' code does. Its ranks are those of an unordered map: the
 * reward of a sequence depends on its place in the batch and on nothing else. Its cosines are means
 * over the batch and all positions: the Manager's loss is the mean reward, a constant, times a mean
 * cosine; the Worker's reward is one number for all tokens. And the goal in a cosine is what acted:
 * the sum of those of the block before.
 *
 * <p>Departures: positives are training sequences, where the authors' code draws fresh ones from
 * the oracle. Negatives and the first two tokens of the generator's batch are not drawn at 1.5
 * times the logits. Where fewer than c positions came before, r_t is the mean over those; a step
 * that would reach past the end of a sequence has no reward.
 */
public final class Leakgan implements TrainerProvider<Leakgan.Options> {
  static final String PRETRAINING = "pretraining";
  static final String ADVERSARIAL = "adversarial";

  /**
   * Section {@code training} of trainer {@code leakgan}. Defaults are those of the authors' code
   * for sequences of 20 tokens; how maximum likelihood is interleaved is the paper's.
   */
  public record Options(
      @Option(description = "sequences per step of either model", defaultValue = "64", min = 1)
          int batchSize,
      @Option(
              description =
                  "what the authors' code does: rewards that do not depend on scores, one cosine for a whole batch; needs generator.goals = blocks",
              defaultValue = "false")
          boolean released,
      @Option(
              description = "how Manager and Worker are optimised",
              defaultValue = "{learning-rate = 0.0015, clip-norm = 5}")
          OptimizerOptions generatorOptimizer,
      @Option(
              description = "how the discriminator is optimised",
              defaultValue = "{learning-rate = 0.00005}")
          OptimizerOptions discriminatorOptimizer,
      @Option(description = "discriminator and generator in turn, before the game")
          Pretraining pretraining,
      @Option(description = "the game") Adversarial adversarial) {}

  /** Section {@code training.pretraining}. */
  public record Pretraining(
      @Option(
              description = "rounds of the discriminator's lessons and the generator's epochs",
              defaultValue = "10",
              min = 0)
          int rounds,
      @Option(description = "sets of fresh negatives per round", defaultValue = "5", min = 0)
          int dSteps,
      @Option(description = "epochs over each set of negatives", defaultValue = "3", min = 1) int k,
      @Option(description = "epochs of maximum likelihood per round", defaultValue = "8", min = 0)
          int epochs) {}

  /** Section {@code training.adversarial}. */
  public record Adversarial(
      @Option(description = "rounds of g-steps and d-steps", defaultValue = "800", min = 0)
          int rounds,
      @Option(description = "generator updates per round", defaultValue = "1", min = 0) int gSteps,
      @Option(description = "sets of fresh negatives per round", defaultValue = "5", min = 0)
          int dSteps,
      @Option(description = "epochs over each set of negatives", defaultValue = "3", min = 1) int k,
      @Option(
              description =
                  "negatives per d-step, and as many positives; 0 for as many as there are training sequences",
              defaultValue = "0",
              min = 0)
          int negatives,
      @Option(description = "completions of each prefix", defaultValue = "4", min = 1, max = 100000)
          int rollOuts,
      @Option(
              description = "delta: how far apart ranks put rewards",
              defaultValue = "16.0",
              min = 0)
          float delta,
      @Option(
              description =
                  "temperature of the policy: of its sequences, roll-outs and negatives, and of the Worker's gradient",
              defaultValue = "1.0",
              min = 0.01,
              max = 100)
          float temperature,
      @Option(
              description =
                  "rounds after each of which maximum likelihood has its turn; 0 for never",
              defaultValue = "15",
              min = 0)
          int likelihoodEvery,
      @Option(description = "epochs of maximum likelihood in its turn", defaultValue = "5", min = 0)
          int likelihoodEpochs) {}

  @Override
  public About<Options> about() {
    return new About<>(
        "leakgan",
        "Manager and Worker under goals in the discriminator's leaked features, for generator leakgan (Guo et al. 2018)",
        Options.class,
        ApiVersion.CURRENT);
  }

  @Override
  public List<PhasePlan> phases(Options options) {
    return List.of(
        PhasePlan.of(
            PRETRAINING,
            options.pretraining().rounds(),
            "pretraining.rounds",
            PhasePlan.Evaluated.BY_ROUNDS),
        PhasePlan.of(
            ADVERSARIAL,
            options.adversarial().rounds(),
            "adversarial.rounds",
            PhasePlan.Evaluated.BY_ROUNDS));
  }

  /** Negatives are drawn as in the game. */
  @Override
  public Map<String, Set<String>> reads() {
    return Map.of(PRETRAINING, Set.of("adversarial.negatives", "adversarial.temperature"));
  }

  @Override
  public Set<TrainerPart> uses() {
    return Set.of(TrainerPart.GENERATOR, TrainerPart.DISCRIMINATOR);
  }

  @Override
  public Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put(
        "g-loss",
        "Worker's loss per token in nats and Manager's per step added up, mean over the step's batches");
    figures.put("d-loss", "discriminator's loss, nats, mean over the step's batches");
    figures.put(Accuracy.FIGURE, Accuracy.OF_CLASSES);
    RewardFigures.describe(
        figures, "mean intrinsic reward of a token, -1 to 1, over the step's batches");
    figures.put("d-score", "mean D of completions, over the step's batches; not where released");
    GradientNorm.describe(figures);
    return figures;
  }

  @Override
  public TrainerSize size(Options options) {
    return new TrainerSize(
        options.batchSize(),
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
    private final OnTape<AutoregressiveModel> players;
    private final LeakganModel model;
    private final TeacherForcing worker;
    private final int startToken;
    private final Discriminator discriminator;
    private final DiscriminatorLessons lessons;

    Game(TrainerContext context, Options options) {
      this.options = options;
      this.realData = context.task().data().training();
      this.startToken = context.task().data().vocabulary().startToken();
      OptimizerOptions ofPlayers = options.generatorOptimizer();
      this.generator = context.generator(TrainerContext.GENERATOR, ofPlayers, ofPlayers);
      this.players = context.onTape(generator, ofPlayers);
      this.model = requireModel(players.forward(), options);
      this.worker = new TeacherForcing(model, startToken);
      this.discriminator =
          context.discriminator(TrainerContext.DISCRIMINATOR, options.discriminatorOptimizer());
      requireLeak(model, discriminator.parameters());
      this.lessons =
          new DiscriminatorLessons(
              (count, stream) ->
                  generator.sample(count, policy(options.adversarial()), stream.split("negatives")),
              discriminator,
              realData,
              options.batchSize(),
              options.adversarial().negatives());
    }

    @Override
    public void begin(String phase) {
      leak();
    }

    @Override
    public void step(String phase, int number, Progress progress) {
      switch (phase) {
        case PRETRAINING -> pretrain(progress);
        case ADVERSARIAL -> adversarialRound(number, progress);
        default -> throw new IllegalArgumentException(phase);
      }
    }

    private void pretrain(Progress progress) {
      Pretraining schedule = options.pretraining();
      double parts = Math.max(1.0, (double) schedule.dSteps() + schedule.epochs());
      trainDiscriminator(schedule.dSteps(), schedule.k(), progress, done -> done / parts);
      trainLikelihood(schedule.epochs(), progress, done -> (schedule.dSteps() + done) / parts);
    }

    private void adversarialRound(int number, Progress progress) {
      Adversarial game = options.adversarial();
      boolean turn = game.likelihoodEvery() > 0 && number % game.likelihoodEvery() == 0;
      int epochs = turn ? game.likelihoodEpochs() : 0;
      double parts = (double) game.gSteps() + game.dSteps() + epochs;
      for (int g = 0; g < game.gSteps(); g++) {
        if (progress.passesOver(1)) {
          continue;
        }
        play(progress.random().split("g-step", g), progress);
        progress.batchDone((g + 1) / parts);
      }
      trainDiscriminator(game.dSteps(), game.k(), progress, done -> (game.gSteps() + done) / parts);
      trainLikelihood(epochs, progress, done -> (game.gSteps() + game.dSteps() + done) / parts);
    }

    // ---- the discriminator ----

    /** Some sets of negatives, after each of which the features are leaked anew. */
    private void trainDiscriminator(
        int sets, int epochs, Progress progress, DoubleUnaryOperator fraction) {
      for (int d = 0; d < sets; d++) {
        int before = d;
        lessons.train(
            epochs,
            progress.random().split("d-step", d),
            progress,
            done -> fraction.applyAsDouble(before + done));
        if (!progress.passesOver(1)) {
          leak();
          progress.batchDone();
        }
      }
    }

    /** The generator's features become those of the discriminator as it is. */
    private void leak() {
      NamedArrays leaked = discriminator.parameters();
      Map<String, FloatArray> all = new LinkedHashMap<>(generator.parameters().arrays());
      for (ParameterSpec spec : model.leaked()) {
        all.put(LeakganModel.LEAKED + spec.name(), leaked.get(spec.name()));
      }
      generator.setParameters(new NamedArrays(all));
    }

    // ---- maximum likelihood ----

    private void trainLikelihood(int epochs, Progress progress, DoubleUnaryOperator fraction) {
      int batches = Batches.count(realData.count(), options.batchSize());
      for (int epoch = 0; epoch < epochs; epoch++) {
        RandomStream stream = progress.random().split("epoch", epoch);
        int[] order = stream.split("shuffle").permutation(realData.count());
        for (int b = 0; b < batches; b++) {
          if (progress.passesOver(1)) {
            continue;
          }
          Sequences batch = realData.select(Batches.indices(order, b, options.batchSize()));
          float[] ofTokens = new float[batch.tokens().length];
          Arrays.fill(ofTokens, 1);
          float[] ofMoves = new float[moves() * batch.count()];
          Arrays.fill(ofMoves, 1);
          Step step = train(batch, ofTokens, ofMoves, 1f, stream.split("batch", b));
          addFigures(step, batch, progress);
          progress.batchDone(fraction.applyAsDouble(epoch + (b + 1.0) / batches));
        }
      }
    }

    private static void addFigures(Step step, Sequences batch, Progress progress) {
      progress.add("g-loss", step, Step::loss, batch.tokenCount());
      GradientNorm.add(progress, step);
    }

    /** The steps of c positions in a sequence of full length. */
    private int moves() {
      return realData.time() / model.stepSize();
    }

    /**
     * A step of both players.
     *
     * @param ofTokens what each token is worth to the Worker, {@code [B, T]}
     * @param ofMoves what each step of c positions is worth to the Manager, {@code [T / c, B]}
     * @param temperature of the Worker's policy; 1 where it learns by maximum likelihood
     */
    private Step train(
        Sequences batch,
        float[] ofTokens,
        float[] ofMoves,
        float temperature,
        RandomStream stream) {
      float[] tokens = meanOfTokens(ofTokens, batch);
      float[] moves = meanOfMoves(ofMoves, batch, model.stepSize());
      return players.train(
          tape -> {
            LeakganModel.Walk walk = walk(tape, batch);
            Variable states = walk.hidden(tape, batch.time());
            Variable rows = tape.reshape(states, batch.tokens().length, states.value().dim(2));
            Variable directions =
                cosines(tape, walk, model.stepSize(), moves(), options.released());
            Variable manager =
                tape.reduce(
                    Reduction.SUM,
                    tape.binary(
                        BinaryOperation.MULTIPLY,
                        directions,
                        tape.constant(tape.scope().tensor(moves, moves.length))),
                    0);
            return tape.binary(
                BinaryOperation.SUBTRACT,
                worker.crossEntropy(tape, rows, batch, tokens, temperature),
                manager);
          },
          stream);
    }

    /** Reads whole sequences, with the start token before them. */
    private LeakganModel.Walk walk(Tape tape, Sequences batch) {
      int time = batch.time();
      int[] inputs = new int[batch.count() * (time + 1)];
      for (int i = 0; i < batch.count(); i++) {
        inputs[i * (time + 1)] = startToken;
        System.arraycopy(batch.tokens(), i * time, inputs, i * (time + 1) + 1, time);
      }
      TensorScope scope = tape.scope();
      return model.walk(tape, scope.ints(inputs, batch.count(), time + 1));
    }

    // ---- the game ----

    /** How sequences, their completions and negatives are drawn. */
    private static Decoding policy(Adversarial game) {
      return Decoding.atTemperature(game.temperature());
    }

    private void play(RandomStream stream, Progress progress) {
      Adversarial game = options.adversarial();
      Decoding decoding = policy(game);
      Sequences batch = generator.sample(options.batchSize(), decoding, stream.split("sample"));
      progress.checkStop();
      float[] ofMoves =
          options.released()
              ? releasedRewards(batch.count())
              : rewards(batch, decoding, stream.split("roll-out"), progress);
      float[] ofTokens = options.released() ? releasedIntrinsic(batch) : intrinsic(batch);
      Step step = train(batch, ofTokens, ofMoves, game.temperature(), stream.split("train"));
      addFigures(step, batch, progress);
      TokenValues rewards = new TokenValues(batch.count(), batch.time(), ofTokens);
      RewardFigures.add(progress, rewards.upToTheEnds(batch), batch);
    }

    /** The Manager's rewards, {@code [T / c, B]}. */
    private float[] rewards(
        Sequences batch, Decoding decoding, RandomStream stream, Progress progress) {
      Adversarial game = options.adversarial();
      Completions completions = generator.complete(batch, game.rollOuts(), decoding, stream);
      progress.checkStop();
      int count = batch.count();
      float[] rewards = new float[moves() * count];
      double all = 0;
      for (int move = 0; move < moves(); move++) {
        double[] scores = scores(completions, (move + 1) * model.stepSize());
        all += Arrays.stream(scores).sum();
        double[] rescaled = rescaled(scores, game.delta());
        for (int i = 0; i < count; i++) {
          rewards[move * count + i] = (float) rescaled[i];
        }
      }
      progress.add("d-score", all / rewards.length, rewards.length);
      return rewards;
    }

    /** The mean of D over completions of the prefix of a length of each sequence, {@code [B]}. */
    private double[] scores(Completions completions, int length) {
      Sequences batch = completions.sequences();
      int count = batch.count();
      Sequences ends = batch;
      if (length < batch.time()) {
        int rows = completions.copies() * count;
        ends = completions.rows((length - 1) * rows, length * rows);
      }
      float[] ofEnds = discriminator.probabilityReal(ends);
      double[] scores = new double[count];
      for (int row = 0; row < ofEnds.length; row++) {
        scores[row % count] += (double) ofEnds[row] * count / ofEnds.length;
      }
      return scores;
    }

    private float[] releasedRewards(int count) {
      double[] rewards =
          Leakgan.releasedRewards(
              count, options.adversarial().delta(), options.adversarial().rollOuts());
      double mean = Arrays.stream(rewards).average().orElseThrow();
      float[] ofMoves = new float[moves() * count];
      Arrays.fill(ofMoves, (float) mean);
      return ofMoves;
    }

    /** The Worker's rewards, {@code [B, T]}. */
    private float[] intrinsic(Sequences batch) {
      int count = batch.count();
      int time = batch.time();
      float[] values = // (2, time + 1, batch, F)
          players.compute(
              tape -> {
                LeakganModel.Walk walk = walk(tape, batch);
                List<Variable> both = new ArrayList<>(walk.features());
                both.addAll(walk.goals());
                return tape.concat(both, 0);
              });
      float[] rewards = new float[count * time];
      for (int i = 0; i < count; i++) {
        double[][] features = rows(values, i, count, time, 0);
        double[][] goals = rows(values, i, count, time, 1);
        for (int t = 1; t <= time; t++) {
          rewards[i * time + t - 1] =
              (float) Leakgan.intrinsic(features, goals, t, model.stepSize());
        }
      }
      return rewards;
    }

    /** The rows of one sequence, {@code [T + 1][F]}, of features or goals. */
    private static double[][] rows(float[] values, int sequence, int count, int time, int which) {
      int width = values.length / (2 * (time + 1) * count);
      return IntStream.rangeClosed(0, time)
          .mapToObj(
              t -> {
                int from = ((which * (time + 1) + t) * count + sequence) * width;
                return IntStream.range(from, from + width).mapToDouble(at -> values[at]).toArray();
              })
          .toArray(double[][]::new);
    }

    /** The released Worker's reward, one for all tokens, {@code [B, T]}. */
    private float[] releasedIntrinsic(Sequences batch) {
      float[] mean =
          players.compute(
              tape -> {
                LeakganModel.Walk walk = walk(tape, batch);
                return Leakgan.releasedIntrinsic(tape, walk, model.stepSize());
              });
      float[] rewards = new float[batch.tokens().length];
      Arrays.fill(rewards, mean[0]);
      return rewards;
    }
  }

  // ---- what it needs ----

  static LeakganModel requireModel(AutoregressiveModel forward, Options options) {
    if (!(forward instanceof LeakganModel model)) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "trainer leakgan needs generator leakgan, whose Manager it trains, and found another: set generator.name = leakgan");
    }
    if (options.released() && model.options().goals() != LeakganOptions.Goals.BLOCKS) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "training.released = true needs goals that act in blocks, as in the authors' code: set generator.goals = blocks");
    }
    return model;
  }

  /** Insists that the discriminator has the features that the generator is to have. */
  static void requireLeak(LeakganModel model, NamedArrays ofDiscriminator) {
    for (ParameterSpec spec : model.leaked()) {
      FloatArray found = ofDiscriminator.arrays().get(spec.name());
      List<Integer> shape =
          found == null ? List.of() : Arrays.stream(found.shape()).boxed().toList();
      if (!shape.equals(spec.shape())) {
        throw misfit(
            "parameter '%s' %s, found %s"
                .formatted(spec.name(), spec.shape(), found == null ? "none" : shape));
      }
    }
    // Filters of equal counts fit in any order, but features are in that of the filters.
    List<String> order = model.leaked().stream().map(ParameterSpec::name).toList();
    List<String> found = ofDiscriminator.names().stream().filter(order::contains).toList();
    if (!found.equals(order)) {
      throw misfit(
          "parameters in the order %s, found %s"
              .formatted(String.join(", ", order), String.join(", ", found)));
    }
  }

  private static UserException misfit(String difference) {
    return new UserException(
        UserException.Kind.CONFIGURATION,
        "trainer leakgan needs a discriminator with the features of the generator: expected %s; set discriminator.name = cnn, and embedding-size, filter-widths and filter-counts to the same in discriminator and generator.features"
            .formatted(difference));
  }

  // ---- formulas ----

  /** Each token's share in the mean, 0 after the end of a sequence, {@code [B, T]}. */
  private static float[] meanOfTokens(float[] values, Sequences batch) {
    float[] weights = new float[values.length];
    for (int i = 0; i < batch.count(); i++) {
      for (int at = i * batch.time(); at < i * batch.time() + batch.length(i); at++) {
        weights[at] = values[at] / batch.tokenCount();
      }
    }
    return weights;
  }

  /** Each step's share in the mean, 0 where it reaches past the end, {@code [T / c, B]}. */
  private static float[] meanOfMoves(float[] values, Sequences batch, int step) {
    int count = batch.count();
    int inside = 0;
    for (int i = 0; i < count; i++) {
      inside += batch.length(i) / step;
    }
    float[] weights = new float[values.length];
    for (int at = 0; at < values.length; at++) {
      boolean ends = (at / count + 1) * step > batch.length(at % count);
      weights[at] = ends ? 0 : values[at] / inside;
    }
    return weights;
  }

  /**
   * How well each step of c positions went where the Manager wanted, {@code [moves * B]}, move by
   * move.
   *
   * @param released whether the goal is what acted
   */
  static Variable cosines(
      Tape tape, LeakganModel.Walk walk, int step, int moves, boolean released) {
    List<Variable> from = new ArrayList<>();
    List<Variable> to = new ArrayList<>();
    List<Variable> goals = new ArrayList<>();
    for (int move = 0; move < moves; move++) {
      from.add(walk.features().get(move * step));
      to.add(walk.features().get((move + 1) * step));
      goals.add(released ? acting(tape, walk, move, step) : walk.goals().get(move * step));
    }
    return cosines(tape, tape.concat(from, 0), tape.concat(to, 0), tape.concat(goals, 0));
  }

  /** The sum of the goals of the block before, or what acts before there is one, {@code [B, F]}. */
  private static Variable acting(Tape tape, LeakganModel.Walk walk, int block, int step) {
    if (block == 0) {
      return walk.firstGoal();
    }
    Variable sum = walk.goals().get((block - 1) * step);
    for (int t = (block - 1) * step + 1; t < block * step; t++) {
      sum = tape.binary(BinaryOperation.ADD, sum, walk.goals().get(t));
    }
    return sum;
  }

  /** Cos(to - from, goal) row by row, {@code [n, F]} each to {@code [n]}. */
  static Variable cosines(Tape tape, Variable from, Variable to, Variable goals) {
    Variable moved = LeakganModel.directions(tape, tape.binary(BinaryOperation.SUBTRACT, to, from));
    return tape.reduce(
        Reduction.SUM,
        tape.binary(BinaryOperation.MULTIPLY, moved, LeakganModel.directions(tape, goals)),
        1);
  }

  /**
   * The released Worker's reward, {@code [1]}: the mean over sequences and positions of the cosine
   * of the move since the block began with the goal that acted.
   */
  static Variable releasedIntrinsic(Tape tape, LeakganModel.Walk walk, int step) {
    List<Variable> from = new ArrayList<>();
    List<Variable> to = new ArrayList<>();
    List<Variable> goals = new ArrayList<>();
    for (int t = 1; t < walk.features().size(); t++) {
      int block = (t - 1) / step;
      from.add(walk.features().get(block * step));
      to.add(walk.features().get(t));
      goals.add(acting(tape, walk, block, step));
    }
    return tape.reduce(
        Reduction.MEAN,
        cosines(tape, tape.concat(from, 0), tape.concat(to, 0), tape.concat(goals, 0)),
        0);
  }

  /**
   * The intrinsic reward of the token at a position.
   *
   * @param features f_0, f_1, ... of one sequence
   * @param goals g_0, g_1, ...
   * @param t from 1
   * @param step c
   */
  static double intrinsic(double[][] features, double[][] goals, int t, int step) {
    int steps = Math.min(step, t);
    double sum = 0;
    for (int i = 1; i <= steps; i++) {
      sum += cosine(features[t], features[t - i], goals[t - i]);
    }
    return sum / steps;
  }

  private static double cosine(double[] to, double[] from, double[] goal) {
    double product = 0;
    double moved = 0;
    double wanted = 0;
    for (int i = 0; i < to.length; i++) {
      double move = to[i] - from[i];
      product += move * goal[i];
      moved += move * move;
      wanted += goal[i] * goal[i];
    }
    return product == 0 ? 0 : product / Math.sqrt(moved * wanted);
  }

  /**
   * Rewards by rank alone: sigmoid(delta (1/2 - rank / B)), rank 1 the best. Those that tie share
   * the mean of their ranks.
   */
  static double[] rescaled(double[] scores, double delta) {
    double[] rewards = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      int above = 0;
      int equal = 0;
      for (double score : scores) {
        above += score > scores[i] ? 1 : 0;
        equal += score == scores[i] ? 1 : 0;
      }
      rewards[i] = sigmoid(delta * (0.5 - (above + (equal + 1) / 2.0) / scores.length));
    }
    return rewards;
  }

  /** The authors' code: by the place in the batch, and divided by the roll-outs once more. */
  static double[] releasedRewards(int count, double delta, int rollOuts) {
    return IntStream.rangeClosed(1, count)
        .mapToDouble(place -> sigmoid(delta * ((double) place / count - 0.5)) / rollOuts)
        .toArray();
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}

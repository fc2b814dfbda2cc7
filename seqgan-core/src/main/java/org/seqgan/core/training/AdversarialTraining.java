package org.seqgan.core.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.checked.NonFiniteParametersException;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;

/**
 * Algorithm 1 of Yu, Zhang, Wang, Yu, "SeqGAN: Sequence Generative Adversarial Nets with Policy
 * Gradient" (AAAI-17).
 *
 * <p>The random numbers of a step come from a stream of its phase and number alone, so a run that
 * is resumed after any step goes on exactly as it would have. Not thread-safe; runs once.
 */
public final class AdversarialTraining {
  private final Players players;
  private final TrainingOptions options;
  private final Evaluator evaluator;
  private final RandomStream random;
  private final TrainingListener listener;
  private final BooleanSupplier stopRequested;
  private final RewardBaseline baseline;
  private final Sequences realData;

  /**
   * Prepares a run.
   *
   * @param players models, reward and data
   * @param options the schedule
   * @param evaluator measures the generator between steps
   * @param random the root of the run's random numbers
   * @param listener hears of everything
   * @param stopRequested asked between batches; once true, {@link #run} returns at once
   */
  public AdversarialTraining(
      Players players,
      TrainingOptions options,
      Evaluator evaluator,
      RandomStream random,
      TrainingListener listener,
      BooleanSupplier stopRequested) {
    this.players = players;
    this.options = options;
    this.evaluator = evaluator;
    this.random = random;
    this.listener = listener;
    this.stopRequested = stopRequested;
    this.baseline = new RewardBaseline(options.adversarial(), players.task().sequenceLength());
    this.realData = players.task().training();
  }

  /**
   * Runs from a position to the end.
   *
   * @return whether it came to the end; false if it was asked to stop, and then what the unfinished
   *     step did to the models is not worth keeping
   */
  public boolean run(StartingPoint from) {
    listener.on(new TrainingEvent.Started(plan(), from.phase(), from.step()));
    if (from.equals(StartingPoint.BEGINNING)) {
      evaluate(Phase.GENERATOR_PRETRAINING, 0, Map.of(), 0);
    }
    try {
      // Pre-train G_theta using MLE on S
      for (int epoch = from.firstStep(Phase.GENERATOR_PRETRAINING);
          epoch <= options.generatorPretraining().epochs();
          epoch++) {
        step(Phase.GENERATOR_PRETRAINING, epoch, this::pretrainGenerator);
      }
      // beta <- theta
      if (from.firstStep(Phase.DISCRIMINATOR_PRETRAINING) == 1) {
        players.rollOutPolicy().moveTowards(players.generator(), 1);
      }
      // Generate negative samples using G_theta for training D_phi; pre-train D_phi via minimising
      // the cross entropy
      for (int round = from.firstStep(Phase.DISCRIMINATOR_PRETRAINING);
          round <= options.discriminatorPretraining().rounds();
          round++) {
        step(Phase.DISCRIMINATOR_PRETRAINING, round, this::pretrainDiscriminator);
      }
      // repeat
      for (int round = from.firstStep(Phase.ADVERSARIAL);
          round <= options.adversarial().rounds();
          round++) {
        step(Phase.ADVERSARIAL, round, this::adversarialRound);
      }
      // until SeqGAN converges
    } catch (StopException e) {
      return false;
    }
    listener.on(new TrainingEvent.Finished());
    return true;
  }

  private Map<Phase, Integer> plan() {
    Map<Phase, Integer> plan = new LinkedHashMap<>();
    plan.put(Phase.GENERATOR_PRETRAINING, options.generatorPretraining().epochs());
    plan.put(Phase.DISCRIMINATOR_PRETRAINING, options.discriminatorPretraining().rounds());
    plan.put(Phase.ADVERSARIAL, options.adversarial().rounds());
    return plan;
  }

  private void step(Phase phase, int number, Consumer<StepReport> work) {
    StepReport report = new StepReport(phase, number);
    try {
      work.accept(report);
      report.finish();
    } catch (NonFiniteParametersException e) {
      throw new DivergedException(e, phase, number);
    }
  }

  private void adversarialRound(StepReport report) {
    TrainingOptions.Adversarial game = options.adversarial();
    double parts = (double) game.gSteps() + game.dSteps();
    // for g-steps do
    for (int g = 0; g < game.gSteps(); g++) {
      updateGenerator(report.stream.split("g-step", g), report);
      report.progress((g + 1) / parts);
    }
    // for d-steps do
    for (int d = 0; d < game.dSteps(); d++) {
      double before = ((double) game.gSteps() + d) / parts;
      trainDiscriminator(
          game.k(), report.stream.split("d-step", d), report, done -> before + done / parts);
    }
    // beta <- theta
    players.rollOutPolicy().moveTowards(players.generator(), game.rollOutUpdateRate());
  }

  /**
   * Generate Y_1:T ~ G_theta; compute Q(a = y_t; s = Y_1:t-1) by Eq. 4; update theta via policy
   * gradient, Eq. 8.
   */
  private void updateGenerator(RandomStream stream, StepReport report) {
    Decoding decoding = Decoding.atTemperature(options.adversarial().temperature());
    Sequences batch =
        players.generator().sample(options.batchSize(), decoding, stream.split("sample")); // (B, T)
    TokenValues q = // (B, T)
        players.reward().reward(new Request(players, batch, decoding, stream)).upToTheEnds(batch);
    Step step = players.generator().trainPolicyGradient(batch, baseline.subtract(q, batch));
    report.add("g-loss", step.loss() / batch.tokenCount(), batch.tokenCount());
    report.add("g-gradient-norm", step.gradientNorm(), 1);
    report.add("reward", q.sum() / batch.tokenCount(), batch.tokenCount());
    checkStop();
  }

  /**
   * Use the current G_theta to generate negatives, combine with positives S; train D_phi for k
   * epochs by Eq. 5.
   */
  private void trainDiscriminator(
      int epochs,
      RandomStream stream,
      StepReport report,
      java.util.function.DoubleUnaryOperator fraction) {
    int count =
        options.adversarial().negatives() == 0
            ? realData.count()
            : Math.min(options.adversarial().negatives(), realData.count());
    Sequences positives =
        count == realData.count()
            ? realData
            : realData.select(
                java.util.Arrays.copyOf(
                    stream.split("positives").permutation(realData.count()), count));
    Sequences negatives =
        players.generator().sample(count, Decoding.SAMPLE, stream.split("negatives"));
    Sequences both = Sequences.concat(List.of(positives, negatives));
    for (int epoch = 0; epoch < epochs; epoch++) {
      RandomStream epochStream = stream.split("epoch", epoch);
      int[] order = epochStream.split("shuffle").permutation(both.count());
      int batches = Batches.count(order.length, options.batchSize());
      for (int b = 0; b < batches; b++) {
        int[] indices = Batches.indices(order, b, options.batchSize());
        boolean[] real = new boolean[indices.length];
        for (int i = 0; i < real.length; i++) {
          real[i] = indices[i] < positives.count();
        }
        Step step =
            players
                .discriminator()
                .train(both.select(indices), real, epochStream.split("dropout", b));
        report.add("d-loss", step.loss(), indices.length);
        report.progress(fraction.applyAsDouble((epoch + (b + 1.0) / batches) / epochs));
        checkStop();
      }
    }
  }

  private void pretrainDiscriminator(StepReport report) {
    trainDiscriminator(
        options.discriminatorPretraining().epochs(), report.stream, report, done -> done);
  }

  private void pretrainGenerator(StepReport report) {
    float truth = truthProbability(report.step);
    int[] order = report.stream.split("shuffle").permutation(realData.count());
    int batches = Batches.count(order.length, options.batchSize());
    for (int b = 0; b < batches; b++) {
      Sequences batch = realData.select(Batches.indices(order, b, options.batchSize()));
      Step step =
          players
              .generator()
              .trainMaximumLikelihood(batch, truth, report.stream.split("scheduled-sampling", b));
      report.add("g-loss", step.loss(), batch.tokenCount());
      report.add("g-gradient-norm", step.gradientNorm(), 1);
      report.progress((b + 1.0) / batches);
      checkStop();
    }
  }

  /**
   * The probability of a true input token in an epoch: 1, or the linear decay of scheduled
   * sampling.
   */
  private float truthProbability(int epoch) {
    TrainingOptions.GeneratorPretraining pretraining = options.generatorPretraining();
    return switch (pretraining.inputs()) {
      case TEACHER_FORCING -> 1f;
      case SCHEDULED_SAMPLING -> {
        float progress =
            pretraining.epochs() == 1 ? 0f : (epoch - 1f) / (pretraining.epochs() - 1f);
        yield pretraining.truthAtStart()
            + progress * (pretraining.truthAtEnd() - pretraining.truthAtStart());
      }
    };
  }

  // ---- telling about it ----

  private void evaluate(Phase phase, int step, Map<String, Double> losses, double seconds) {
    Map<String, Double> values = new LinkedHashMap<>(losses);
    boolean last = step == plan().get(phase);
    if (evaluator.isDue(phase, step, last)) {
      RandomStream stream = random.split("evaluation " + phase.label(), step);
      Evaluator.Evaluation evaluation =
          evaluator.evaluate(players.generator(), players.task(), stream);
      values.putAll(evaluation.metrics());
      listener.on(new TrainingEvent.Measured(phase, step, values, seconds));
      listener.on(new TrainingEvent.Sampled(phase, step, evaluation.shown()));
    } else {
      listener.on(new TrainingEvent.Measured(phase, step, values, seconds));
    }
  }

  /**
   * Gathers what a step reports: the means of its losses over its tokens or sequences (not over its
   * batches, which may have unequal numbers of them), and how far it is.
   */
  private final class StepReport {
    private final Phase phase;
    private final int step;
    private final RandomStream stream;
    private final long started = System.nanoTime();
    private final Map<String, double[]> sums = new LinkedHashMap<>();

    StepReport(Phase phase, int step) {
      this.phase = phase;
      this.step = step;
      this.stream = random.split(phase.label(), step);
    }

    /** Adds the mean of {@code count} of what a figure is a mean of. */
    void add(String name, double value, long count) {
      double[] sum = sums.computeIfAbsent(name, n -> new double[2]);
      sum[0] += value * count;
      sum[1] += count;
      if (!Double.isFinite(value)) {
        throw new DivergedException(name, value, phase, step);
      }
    }

    void progress(double fraction) {
      listener.on(new TrainingEvent.Progress(phase, step, fraction, means()));
    }

    private Map<String, Double> means() {
      Map<String, Double> means = new LinkedHashMap<>();
      sums.forEach((name, sum) -> means.put(name, sum[0] / sum[1]));
      return means;
    }

    void finish() {
      double seconds = (System.nanoTime() - started) / 1e9;
      evaluate(phase, step, means(), seconds);
      listener.on(new TrainingEvent.StepFinished(phase, step));
    }
  }

  // ---- resume ----

  /** What this class itself remembers between steps, beside the models. */
  public NamedArrays state() {
    return baseline.state();
  }

  /** Restores {@link #state()}; call before {@link #run}. */
  public void setState(NamedArrays state) {
    baseline.setState(state);
  }

  private void checkStop() {
    if (stopRequested.getAsBoolean()) {
      throw new StopException();
    }
  }

  private static final class StopException extends RuntimeException {
    StopException() {
      super(null, null, false, false);
    }
  }
}

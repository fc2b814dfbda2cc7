package org.seqgan.core.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * <p>The random numbers of a step come from a stream of its phase and number alone, and those of a
 * batch from one of its number in the step, so a run that is resumed after any batch goes on
 * exactly as it would have. Not thread-safe; runs once.
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
  private StartingPoint start = StartingPoint.BEGINNING;
  private StartingPoint finished = StartingPoint.BEGINNING;
  private Optional<StepReport> underWay = Optional.empty();

  /**
   * Prepares a run.
   *
   * @param players models, reward and data
   * @param options the schedule
   * @param evaluator measures the generator between steps
   * @param random the root of the run's random numbers
   * @param listener hears of everything
   * @param stopRequested asked after every batch and between the parts of an evaluation; once true,
   *     {@link #run} returns at once
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
    this.baseline =
        new RewardBaseline(options.adversarial(), players.task().data().sequenceLength());
    this.realData = players.task().data().training();
  }

  /**
   * Runs from a position to the end.
   *
   * @return whether it came to the end; false if it was asked to stop, and then {@link #at} is
   *     where to go on
   */
  public boolean run(StartingPoint from) {
    start = from;
    finished = new StartingPoint(from.phase(), from.step());
    listener.on(new TrainingEvent.Started(options.plan(), from.phase(), from.step(), from.batch()));
    try {
      if (from.equals(StartingPoint.BEGINNING)) {
        evaluate(Phase.GENERATOR_PRETRAINING, 0, Map.of(), 0);
      }
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
      StartingPoint here = at();
      listener.on(new TrainingEvent.Stopped(here.phase(), here.step(), here.batch()));
      return false;
    }
    listener.on(new TrainingEvent.Finished());
    return true;
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
      if (report.passesOver(1)) {
        continue;
      }
      updateGenerator(report.stream.split("g-step", g), report);
      report.batchDone((g + 1) / parts);
    }
    // for d-steps do
    for (int d = 0; d < game.dSteps(); d++) {
      double before = ((double) game.gSteps() + d) / parts;
      trainDiscriminator(
          game.k(), report.stream.split("d-step", d), report, done -> before + done / parts);
    }
    // beta <- theta
    if (!report.passesOver(1)) {
      players.rollOutPolicy().moveTowards(players.generator(), game.rollOutUpdateRate());
      report.batchDone();
    }
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
    int batches = Batches.count(2 * count, options.batchSize());
    if (report.passesOver((long) epochs * batches)) {
      return;
    }
    Sequences positives =
        count == realData.count()
            ? realData
            : realData.select(
                java.util.Arrays.copyOf(
                    stream.split("positives").permutation(realData.count()), count));
    Sequences negatives =
        players.generator().sample(count, Decoding.SAMPLE, stream.split("negatives"));
    checkStop();
    Sequences both = Sequences.concat(List.of(positives, negatives));
    for (int epoch = 0; epoch < epochs; epoch++) {
      RandomStream epochStream = stream.split("epoch", epoch);
      int[] order = epochStream.split("shuffle").permutation(both.count());
      for (int b = 0; b < batches; b++) {
        if (report.passesOver(1)) {
          continue;
        }
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
        report.batchDone(fraction.applyAsDouble((epoch + (b + 1.0) / batches) / epochs));
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
      if (report.passesOver(1)) {
        continue;
      }
      Sequences batch = realData.select(Batches.indices(order, b, options.batchSize()));
      Step step =
          players
              .generator()
              .trainMaximumLikelihood(batch, truth, report.stream.split("scheduled-sampling", b));
      report.add("g-loss", step.loss(), batch.tokenCount());
      report.add("g-gradient-norm", step.gradientNorm(), 1);
      report.batchDone((b + 1.0) / batches);
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
    if (evaluator.isDue(phase, step, step == options.plan().get(phase))) {
      RandomStream stream = random.split("evaluation " + phase.label(), step);
      Evaluator.Evaluation evaluation =
          evaluator.evaluate(players.generator(), players.task(), stream, this::checkStop);
      values.putAll(evaluation.metrics());
      listener.on(new TrainingEvent.Measured(phase, step, values, seconds));
      listener.on(new TrainingEvent.Sampled(phase, step, evaluation.shown()));
    } else {
      listener.on(new TrainingEvent.Measured(phase, step, values, seconds));
    }
  }

  /**
   * Gathers what a step reports: the means of its losses over its tokens or sequences (not over its
   * batches, which may have unequal numbers of them), and how far it is. Where training starts
   * within the step, it begins with what the batches before that came to.
   */
  private final class StepReport {
    private final Phase phase;
    private final int step;
    private final RandomStream stream;
    private final int batchesBefore;
    private final StepFigures figures;
    private final long started = System.nanoTime();
    private int batches;

    StepReport(Phase phase, int step) {
      checkStop();
      this.phase = phase;
      this.step = step;
      this.stream = random.split(phase.label(), step);
      boolean resumed = start.isWithin(phase, step);
      this.batchesBefore = resumed ? start.batch() : 0;
      this.figures = StepFigures.of(resumed ? start.figures() : Map.of());
      underWay = Optional.of(this);
    }

    /**
     * Goes past the next batches where all of them were done before training started, and says
     * whether it did. What is counted as a batch is whatever training can stop after.
     */
    boolean passesOver(long next) {
      if (batches + next > batchesBefore) {
        return false;
      }
      batches += (int) next;
      return true;
    }

    /** A batch is done, and with it a part of the step. */
    void batchDone(double fraction) {
      batches++;
      listener.on(new TrainingEvent.Progress(phase, step, fraction, figures.means()));
      checkStop();
    }

    /** The same where nobody would see a difference. */
    void batchDone() {
      batches++;
      checkStop();
    }

    StartingPoint at() {
      int done = Math.max(batches, batchesBefore);
      return done == 0
          ? finished
          : new StartingPoint(phase, step - 1, done, figures.text(seconds()));
    }

    /** Adds the mean of {@code count} of what a figure is a mean of. */
    void add(String name, double value, long count) {
      figures.add(name, value, count);
      if (!Double.isFinite(value)) {
        throw new DivergedException(name, value, phase, step);
      }
    }

    private double seconds() {
      return figures.secondsBefore() + (System.nanoTime() - started) / 1e9;
    }

    void finish() {
      evaluate(phase, step, figures.means(), seconds());
      underWay = Optional.empty();
      finished = new StartingPoint(phase, step);
      listener.on(new TrainingEvent.StepFinished(phase, step));
    }
  }

  // ---- resume ----

  /** Where training stands: after the last batch that is done. */
  public StartingPoint at() {
    return underWay.map(StepReport::at).orElse(finished);
  }

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

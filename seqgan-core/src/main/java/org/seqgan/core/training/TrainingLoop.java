package org.seqgan.core.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.api.training.Names;
import org.seqgan.api.training.Progress;
import org.seqgan.api.training.Trainer;
import org.seqgan.core.checked.NonFiniteParametersException;
import org.seqgan.core.checked.TrainingStoppedException;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;
import org.seqgan.core.metric.ScoreSource;

/**
 * Does the steps of a trainer, phase by phase, and everything around them: evaluates the generator
 * when that is due, tells of what happens, stops after a batch when it is asked to, and goes on
 * after any batch.
 *
 * <p>The random numbers of a step come from a stream of its phase and number alone, so a run that
 * is resumed goes on exactly as it would have. Not thread-safe; runs once.
 */
public final class TrainingLoop {
  private final Trainer trainer;
  private final TrainingPlan plan;
  private final Generator generator;
  private final Task task;
  private final Evaluator evaluator;
  private final RandomStream random;
  private final TrainingListener listener;
  private final BooleanSupplier stopRequested;
  private final Set<String> scores;
  private StartingPoint start;
  private StartingPoint finished;
  private Optional<StepUnderWay> underWay = Optional.empty();

  /**
   * Prepares a run.
   *
   * @param generator what is measured
   * @param task of the sequences
   * @param evaluator measures the generator between steps
   * @param random the root of the run's random numbers
   * @param listener hears of everything
   * @param stopRequested asked after every batch and between the parts of an evaluation; once true,
   *     {@link #run} returns at once
   */
  public TrainingLoop(
      Trainer trainer,
      TrainingPlan plan,
      Generator generator,
      Task task,
      Evaluator evaluator,
      RandomStream random,
      TrainingListener listener,
      BooleanSupplier stopRequested) {
    this.trainer = trainer;
    this.plan = plan;
    this.generator = generator;
    this.task = task;
    this.evaluator = evaluator;
    this.random = random;
    this.listener = listener;
    this.stopRequested = stopRequested;
    this.scores = evaluator.sources().stream().map(ScoreSource::score).collect(Collectors.toSet());
    this.start = StartingPoint.beginning(plan);
    this.finished = start;
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
    listener.on(new TrainingEvent.Started(plan.steps(), from.phase(), from.step(), from.batch()));
    try {
      if (from.isBeginning()) {
        evaluate(plan.first(), 0, Map.of(), 0);
      }
      plan.steps().forEach(this::phase);
    } catch (TrainingStoppedException e) {
      StartingPoint here = at();
      listener.on(new TrainingEvent.Stopped(here.phase(), here.step(), here.batch()));
      return false;
    }
    listener.on(new TrainingEvent.Finished());
    return true;
  }

  private void phase(Phase phase, int steps) {
    if (start.isBefore(phase)) {
      checkStop();
      trainer.begin(phase.name());
    }
    for (int step = start.firstStep(phase); step <= steps; step++) {
      step(phase, step);
    }
  }

  private void step(Phase phase, int number) {
    StepUnderWay step = new StepUnderWay(phase, number);
    try {
      trainer.step(phase.name(), number, step);
      step.requireGoingOn();
      step.finish();
    } catch (NonFiniteParametersException e) {
      throw new DivergedException(e, phase, number);
    } catch (RuntimeException e) {
      step.requireGoingOn();
      throw e;
    }
  }

  // ---- telling about it ----

  private void evaluate(Phase phase, int step, Map<String, Double> losses, double seconds) {
    Map<String, Double> values = new LinkedHashMap<>(losses);
    if (evaluator.isDue(plan.of(phase), step)) {
      RandomStream stream = random.split("evaluation " + phase.label(), step);
      Evaluator.Evaluation evaluation =
          evaluator.evaluate(generator, task, stream, this::checkStop);
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
  private final class StepUnderWay implements Progress {
    private final Phase phase;
    private final int step;
    private final RandomStream stream;
    private final int batchesBefore;
    private final StepFigures figures;
    private final long started = System.nanoTime();
    private int batches;
    private boolean stopped;

    StepUnderWay(Phase phase, int step) {
      TrainingLoop.this.checkStop();
      this.phase = phase;
      this.step = step;
      this.stream = random.split(phase.name(), step);
      boolean resumed = start.isWithin(phase, step);
      this.batchesBefore = resumed ? start.batch() : 0;
      this.figures =
          StepFigures.of(
              resumed ? start.figures() : Map.of(),
              (figure, value) -> new DivergedException(figure, value, phase, step));
      underWay = Optional.of(this);
    }

    @Override
    public RandomStream random() {
      return stream;
    }

    @Override
    public boolean passesOver(long next) {
      if (batches + next > batchesBefore) {
        return false;
      }
      batches += (int) next;
      return true;
    }

    @Override
    public void batchDone(double fraction) {
      batches++;
      listener.on(new TrainingEvent.Progress(phase, step, fraction, figures.means()));
      checkStop();
    }

    @Override
    public void batchDone() {
      batches++;
      checkStop();
    }

    @Override
    public void checkStop() {
      stopped |= stopRequested.getAsBoolean();
      requireGoingOn();
    }

    /** Stops also where the trainer has caught what it was to let pass. */
    void requireGoingOn() {
      if (stopped) {
        throw new TrainingStoppedException();
      }
    }

    private void checkName(String figure) {
      if (!Names.isName(figure)
          || TrainingEvent.Measured.COLUMNS.contains(figure)
          || scores.contains(figure)) {
        throw new IllegalArgumentException(
            "a figure of a step cannot be named '%s': expected lower-case letters, digits and hyphens, and no name of a metric or of a column"
                .formatted(figure));
      }
    }

    @Override
    public void add(String name, double value, long count) {
      checkName(name);
      figures.add(name, value, count);
      if (!Double.isFinite(value)) {
        throw new DivergedException(name, value, phase, step);
      }
    }

    @Override
    public void add(String name, Step training, ToDoubleFunction<Step> value, long count) {
      checkName(name);
      figures.add(name, training, value, count);
    }

    StartingPoint at() {
      int done = Math.max(batches, batchesBefore);
      return done == 0
          ? finished
          : new StartingPoint(phase, step - 1, done, figures.text(seconds()));
    }

    private double seconds() {
      return figures.secondsBefore() + (System.nanoTime() - started) / 1e9;
    }

    void finish() {
      figures.settle();
      evaluate(phase, step, figures.means(), seconds());
      underWay = Optional.empty();
      finished = new StartingPoint(phase, step);
      listener.on(new TrainingEvent.StepFinished(phase, step));
    }
  }

  // ---- resume ----

  /** Where training stands: after the last batch that is done. */
  public StartingPoint at() {
    return underWay.map(StepUnderWay::at).orElse(finished);
  }

  private void checkStop() {
    if (stopRequested.getAsBoolean()) {
      throw new TrainingStoppedException();
    }
  }
}

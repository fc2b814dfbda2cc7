package org.seqgan.core.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.ArraySize;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.metric.MetricInput;
import org.seqgan.api.metric.Score;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.api.training.PhasePlan;
import org.seqgan.core.event.Shown;
import org.seqgan.core.metric.MetricSelection;
import org.seqgan.core.metric.ScoreSource;
import org.seqgan.core.metric.TemperatureSweep;

/** Measures a generator by the metrics that were chosen. One thread at a time. */
public final class Evaluator {
  private final EvaluationOptions options;
  private final MetricSelection metrics;
  private final TensorBackend backend;
  private final Consumer<Sequences> onlooker;

  /**
   * An evaluator.
   *
   * @param options its size and pace
   * @param metrics what it measures
   * @param backend where a metric that trains a model of its own computes
   */
  public Evaluator(EvaluationOptions options, MetricSelection metrics, TensorBackend backend) {
    this(options, metrics, backend, samples -> {});
  }

  private Evaluator(
      EvaluationOptions options,
      MetricSelection metrics,
      TensorBackend backend,
      Consumer<Sequences> onlooker) {
    this.options = options;
    this.metrics = metrics;
    this.backend = backend;
    this.onlooker = onlooker;
  }

  /** The same evaluator, with somebody who sees the samples of each evaluation. */
  public Evaluator seenBy(Consumer<Sequences> seeing) {
    return new Evaluator(options, metrics, backend, seeing);
  }

  /** The same evaluator on another number of samples. */
  public Evaluator onSamples(int count) {
    return new Evaluator(options.onSamples(count), metrics, backend, onlooker);
  }

  /**
   * Figures and a look at a generator.
   *
   * @param scores in the order in which they were chosen
   * @param shown some samples
   */
  public record Evaluation(List<Score> scores, List<Shown> shown) {
    /** The scores' values by name, in their order. */
    public Map<String, Double> metrics() {
      Map<String, Double> values = new LinkedHashMap<>();
      scores.forEach(score -> values.put(score.name(), score.value()));
      return values;
    }
  }

  /**
   * Whether a step is followed by an evaluation: every n-th is and the last of the phase, unless
   * the phase is never followed by one. Step 0 is the state before the first.
   */
  public boolean isDue(PhasePlan phase, int step) {
    return isDue(options, phase, step);
  }

  /** The same for options. */
  public static boolean isDue(EvaluationOptions options, PhasePlan phase, int step) {
    boolean last = step == phase.steps();
    return switch (phase.evaluated()) {
      case BY_EPOCHS -> last || step % options.everyEpochs() == 0;
      case BY_ROUNDS -> last || step % options.everyRounds() == 0;
      case NEVER -> false;
    };
  }

  /** What the scores of a task are and how they are computed, without measuring. */
  public List<ScoreDescription> describe(Task task) {
    return metrics.describe(task, options.samples());
  }

  /** Which plugin gives each score, and which values it can have. */
  public List<ScoreSource> sources() {
    return metrics.sources();
  }

  /** The same evaluator of the metrics alone that need no data of the task. */
  public Evaluator withoutData() {
    return new Evaluator(options, metrics.withoutData(), backend, onlooker);
  }

  /** The names of the chosen scores that compare with data of the task. */
  public List<String> needingData() {
    return metrics.needingData();
  }

  /**
   * Insists that a task has every chosen score.
   *
   * @throws org.seqgan.api.UserException naming those that it does not have
   */
  public void requireAll(Task task) {
    metrics.requireAll(task, options.samples());
  }

  /**
   * Insists that the samples of an evaluation, with a number for each token, can be held.
   *
   * @throws org.seqgan.api.UserException if not, saying how many would fit
   */
  public static void requireRoom(int samples, int sequenceLength) {
    ArraySize.of("evaluation.samples", samples, sequenceLength, Integer.BYTES + Float.BYTES);
  }

  /** Measures a generator on samples from a stream. */
  public Evaluation evaluate(Policy generator, Task task, RandomStream stream) {
    return evaluate(generator, task, stream, () -> {});
  }

  /**
   * The same, for a caller who may not want to wait for the end.
   *
   * @param between called between the parts of the work, which is left where it throws
   */
  Evaluation evaluate(Policy generator, Task task, RandomStream stream, Runnable between) {
    requireRoom(options.samples(), task.data().sequenceLength());
    between.run();
    Sequences samples = generator.sample(options.samples(), Decoding.SAMPLE, stream);
    MetricInput input = new MetricInput(samples, task, generator, backend, stream.split("metrics"));
    List<Shown> shown = new ArrayList<>();
    for (int i = 0; i < Math.min(options.show(), samples.count()); i++) {
      shown.add(Shown.of(task, samples.row(i)));
    }
    List<Score> measured = metrics.measure(input, between);
    onlooker.accept(samples);
    return new Evaluation(measured, shown);
  }

  /**
   * What real sequences score in place of samples ({@link org.seqgan.api.metric.StandIn}); scores
   * that do not depend on samples are left out. The same for every generator.
   */
  public List<Score> evaluateReal(Policy generator, Task task, RandomStream stream) {
    return metrics.measureReal(
        task, generator, backend, options.samples(), stream.split("metrics"));
  }

  /** What the scores of {@link #sweep} are, without measuring. */
  public List<ScoreDescription> describeSwept(Task task) {
    return metrics.ofSamples().describe(task, options.samples());
  }

  /** The scores at several temperatures; those that do not depend on samples are left out. */
  public List<TemperatureSweep.Point> sweep(
      Policy generator, Task task, List<Float> temperatures, RandomStream stream) {
    return TemperatureSweep.run(
        generator, task, backend, metrics, temperatures, options.samples(), stream.split("sweep"));
  }
}

package org.seqgan.core.metric;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.TrainingSet;
import org.seqgan.api.metric.Better;
import org.seqgan.api.metric.Metric;
import org.seqgan.api.metric.MetricInput;
import org.seqgan.api.metric.Score;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.metric.ScoreRange;
import org.seqgan.api.metric.StandIn;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.core.model.CnnDiscriminatorProvider;
import org.seqgan.core.model.CnnOptions;
import org.seqgan.core.model.ModelSetting;
import org.seqgan.core.statistics.BinomialTest;
import org.seqgan.core.trainer.Batches;

/**
 * The classifier two-sample test (Lopez-Paz and Oquab, "Revisiting Classifier Two-Sample Tests",
 * ICLR 2017): a classifier learns to tell one half of the samples from as many test sequences, and
 * is then asked about the other half. {@code c2st-accuracy} is the share that it has right, 1/2
 * where it finds no difference; {@code c2st-p} the exact one-sided probability that a coin has as
 * many right.
 *
 * <p>The classifier is the project's discriminator {@code cnn}, small, with filters of up to {@link
 * #WIDEST} tokens: what it does not see it cannot tell apart, so an accuracy of 1/2 says nothing
 * more than that this classifier was not able to. Its random numbers are those of the measurement,
 * so the same seed gives the same score on the same backend.
 */
final class TwoSampleTest implements Metric {
  static final String ACCURACY = "c2st-accuracy";
  static final String P = "c2st-p";

  private static final int WIDEST = 5;
  private static final int EMBEDDING_SIZE = 32;
  private static final int BATCH_SIZE = 64;
  private static final float KEEP = 0.75f;

  private final Options options;

  TwoSampleTest(Options options) {
    this.options = options;
  }

  /** Options of metric {@code classifier-two-sample-test}. */
  record Options(
      @Option(
              description = "passes of the classifier over its half",
              defaultValue = "10",
              min = 1,
              max = 10_000)
          int epochs,
      @Option(
              description = "filters of each width from 1 to 5",
              defaultValue = "50",
              min = 1,
              max = 4096)
          int filters,
      @Option(description = "step size of its Adam", defaultValue = "0.001", min = 0)
          float learningRate) {}

  @Override
  public List<ScoreDescription> describe(Task task, int samples) {
    int references = task.data().test().count();
    int each = Math.min(samples, references);
    int held = each - each / 2;
    String what =
        "a CNN that learned %d samples and %d test sequences, asked about %d others of each"
            .formatted(each / 2, each / 2, held);
    return List.of(
        description(task, each, ACCURACY, Better.LOWER, "share that is right, of " + what),
        description(task, each, P, Better.HIGHER, "p that a coin has as many right, of " + what));
  }

  /** A classifier that learned more is more often right, so how many there are is part of it. */
  private static ScoreDescription description(
      Task task, int each, String name, Better better, String how) {
    String references = "test sequences, %d beside as many samples".formatted(each);
    Descriptions.Against against =
        Descriptions.Against.unsmoothed(references, task.data().test().count());
    return new Descriptions(task).ofTokens(name, better, against, how);
  }

  @Override
  public List<Score> measure(MetricInput input) {
    Sequences real = input.task().data().test();
    int each = Math.min(input.samples().count(), real.count());
    if (each < 2) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "metric classifier-two-sample-test needs 2 samples and 2 test sequences, found %d and %d; raise evaluation.samples, or give the task more sequences"
              .formatted(input.samples().count(), real.count()));
    }
    RandomStream stream = input.stream();
    Halves halves =
        Halves.of(
            some(input.samples(), each, stream.split("samples")),
            some(real, each, stream.split("real")));
    int right = right(input, halves, stream);
    int trials = halves.held.count();
    List<ScoreDescription> descriptions = describe(input.task(), input.samples().count());
    return List.of(
        Score.of(descriptions.get(0), (double) right / trials),
        Score.of(descriptions.get(1), BinomialTest.betterThanACoin(right, trials)));
  }

  private static Sequences some(Sequences all, int count, RandomStream stream) {
    return all.select(Arrays.copyOf(stream.permutation(all.count()), count));
  }

  /** Of as many generated as real sequences, one half to learn and one to be asked about. */
  private record Halves(Sequences learned, Sequences held) {
    static Halves of(Sequences generated, Sequences real) {
      int half = real.count() / 2;
      return new Halves(both(generated, real, 0, half), both(generated, real, half, real.count()));
    }

    private static Sequences both(Sequences generated, Sequences real, int from, int to) {
      return Sequences.concat(List.of(real.slice(from, to), generated.slice(from, to)));
    }

    /** The real ones come first. */
    static boolean isReal(Sequences both, int row) {
      return row < both.count() / 2;
    }
  }

  private int right(MetricInput input, Halves halves, RandomStream stream) {
    try (Discriminator classifier = classifier(input, stream.split("classifier"))) {
      train(classifier, halves.learned, stream.split("training"));
      float[] real = classifier.probabilityReal(halves.held);
      requireLearned(real);
      return (int)
          IntStream.range(0, real.length)
              .filter(row -> real[row] > 0.5f == Halves.isReal(halves.held, row))
              .count();
    }
  }

  /** No answer would count as "generated", and look as if there were no difference. */
  private void requireLearned(float[] real) {
    for (float probability : real) {
      if (!Float.isFinite(probability)) {
        throw new UserException(
            UserException.Kind.CONFIGURATION,
            "the classifier of metric classifier-two-sample-test has diverged: expected a probability, found %s; lower its learning-rate of %s"
                .formatted(probability, options.learningRate));
      }
    }
  }

  private Discriminator classifier(MetricInput input, RandomStream initialisation) {
    TensorBackend backend = input.backend();
    int time = input.samples().time();
    List<Integer> widths = IntStream.rangeClosed(1, Math.min(WIDEST, time)).boxed().toList();
    List<Integer> counts = widths.stream().map(width -> options.filters).toList();
    return new CnnDiscriminatorProvider()
        .create(
            new ModelSetting.ForDiscriminator(
                backend,
                input.task().data().vocabulary(),
                time,
                initialisation,
                new OptimizerOptions(options.learningRate, 0.9f, 0.999f, 1e-8f, 0)),
            new CnnOptions(EMBEDDING_SIZE, widths, counts, KEEP, 0));
  }

  private void train(Discriminator classifier, Sequences learned, RandomStream stream) {
    boolean[] real = new boolean[learned.count()];
    for (int row = 0; row < real.length; row++) {
      real[row] = Halves.isReal(learned, row);
    }
    try (TrainingSet set = classifier.trainingSet(learned, real)) {
      for (int epoch = 0; epoch < options.epochs; epoch++) {
        int[] order = stream.split("order", epoch).permutation(real.length);
        RandomStream dropout = stream.split("dropout", epoch);
        int batches = Batches.count(order.length, BATCH_SIZE);
        for (int b = 0; b < batches; b++) {
          set.train(Batches.indices(order, b, BATCH_SIZE), dropout.split("batch", b));
        }
      }
    }
  }

  @Override
  public ScoreRange range(String score) {
    return ScoreRange.SHARE;
  }

  @Override
  public StandIn standIn() {
    return StandIn.TRAINING;
  }
}

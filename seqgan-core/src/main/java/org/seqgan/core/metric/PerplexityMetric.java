package org.seqgan.core.metric;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.metric.Better;
import org.seqgan.api.metric.Metric;
import org.seqgan.api.metric.MetricInput;
import org.seqgan.api.metric.Score;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.metric.ScoreRange;
import org.seqgan.api.metric.StandIn;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.task.Task;

/**
 * Perplexity by a {@linkplain KneserNeyModel language model of n-grams}: e to the mean over tokens
 * of -log p. Forward: a model of the training data reads the samples, which is about quality.
 * Reverse: a model of the samples reads real test data, which is about diversity too (Zhao et al.,
 * "Adversarially Regularized Autoencoders", ICML 2018).
 */
final class PerplexityMetric implements Metric {
  static final String FORWARD = "forward-perplexity";
  static final String REVERSE = "reverse-perplexity";

  private final String name;
  private final Options options;

  private PerplexityMetric(String name, Options options) {
    this.name = name;
    this.options = options;
  }

  static Metric forward(Options options) {
    return new PerplexityMetric(FORWARD, options);
  }

  static Metric reverse(Options options) {
    return new PerplexityMetric(REVERSE, options);
  }

  private boolean isForward() {
    return name.equals(FORWARD);
  }

  /** Options of both metrics. */
  record Options(
      @Option(description = "the longest n-grams", defaultValue = "3", min = 1, max = 16)
          int order) {}

  @Override
  public List<ScoreDescription> describe(Task task, int samples) {
    String smoothing = "interpolated Kneser-Ney of order " + options.order;
    int training = task.data().training().count();
    String how =
        isForward()
            ? "perplexity per token of %d samples by %d-grams of %d training sequences (%s)"
                .formatted(samples, options.order, training, smoothing)
            : "perplexity per token of %d test sequences by %d-grams of %d samples (%s)"
                .formatted(task.data().test().count(), options.order, samples, smoothing);
    Descriptions.Against against =
        isForward()
            ? new Descriptions.Against("training sequences", training, smoothing)
            : new Descriptions.Against(Descriptions.SAMPLES, samples, smoothing);
    return List.of(new Descriptions(task).ofTokens(name, Better.LOWER, against, how));
  }

  @Override
  public List<Score> measure(MetricInput input) {
    Task task = input.task();
    Sequences counted = isForward() ? task.data().training() : input.samples();
    Sequences read = isForward() ? input.samples() : task.data().test();
    if (read.count() == 0) {
      throw new UserException(
          UserException.Kind.DATA,
          "metric %s needs sequences to read, but the task has no test sequences".formatted(name));
    }
    Counting counting = new Counting(options.order, task.data().vocabulary().size());
    // Samples are new at each evaluation: a model of them is of no use later.
    KneserNeyModel model = isForward() ? Derived.of(counted, counting) : counting.compute(counted);
    double[] sums = model.negativeLogLikelihoods(TokenRows.all(read));
    double perplexity = Math.exp(DoubleStream.of(sums).sum() / read.tokenCount());
    ScoreDescription description = describe(task, input.samples().count()).get(0);
    return List.of(
        new Score(
            description,
            perplexity,
            isForward() ? Optional.of(perplexities(sums, read)) : Optional.empty()));
  }

  /** The n-grams of all tokens of some sequences. */
  private record Counting(int order, int vocabularySize) implements Derived<KneserNeyModel> {
    @Override
    public KneserNeyModel compute(Sequences data) {
      return new KneserNeyModel(TokenRows.all(data), order, vocabularySize);
    }
  }

  private static float[] perplexities(double[] sums, Sequences read) {
    float[] values = new float[sums.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.exp(sums[i] / read.length(i));
    }
    return values;
  }

  @Override
  public ScoreRange range(String score) {
    return ScoreRange.AT_LEAST_ONE;
  }

  @Override
  public StandIn standIn() {
    return isForward() ? StandIn.VALIDATION : StandIn.TRAINING;
  }
}

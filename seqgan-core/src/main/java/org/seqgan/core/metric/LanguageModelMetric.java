package org.seqgan.core.metric;

import java.util.List;
import java.util.Optional;
import org.seqgan.api.UserCache;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.metric.Better;
import org.seqgan.api.metric.Metric;
import org.seqgan.api.metric.MetricInput;
import org.seqgan.api.metric.Score;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.metric.ScoreRange;
import org.seqgan.api.metric.StandIn;
import org.seqgan.api.task.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * LM score and reverse LM score (Cífka et al., "Eval all, trust a few, do wrong to none: Comparing
 * sentence generation models", 2018; Semeniuta et al., "On Accurate Evaluation of GANs for Language
 * Generation", 2018): the mean over tokens of -log p by an LSTM, nats. {@code lm-score}: an LSTM
 * that learned the training data reads the samples, which is about quality alone. {@code
 * reverse-lm-score}: one that learned the samples reads test data, which is about diversity too.
 *
 * <p>The LSTM of the training data is trained once for all runs of one user ({@link
 * LanguageModelCache}), that of the samples at each measurement.
 */
final class LanguageModelMetric implements Metric {
  static final String FORWARD = "lm-score";
  static final String REVERSE = "reverse-lm-score";

  private final String name;
  private final LanguageModel.Options options;
  private final LanguageModelCache cache;

  private LanguageModelMetric(String name, LanguageModel.Options options, UserCache cache) {
    this.name = name;
    this.options = options;
    this.cache = new LanguageModelCache(cache, warning -> log().warn(warning));
  }

  static Metric forward(LanguageModel.Options options, UserCache cache) {
    return new LanguageModelMetric(FORWARD, options, cache);
  }

  static Metric reverse(LanguageModel.Options options, UserCache cache) {
    return new LanguageModelMetric(REVERSE, options, cache);
  }

  private boolean isForward() {
    return name.equals(FORWARD);
  }

  @Override
  public List<ScoreDescription> describe(Task task, int samples) {
    int training = task.data().training().count();
    String how =
        isForward()
            ? "mean over tokens of -log p, nats, of %d samples by what learned %d training sequences (%s)"
                .formatted(samples, training, options.words())
            : "mean over tokens of -log p, nats, of %d test sequences by what learned %d samples (%s)"
                .formatted(task.data().test().count(), samples, options.words());
    // Not smoothed, but two models are as little alike as two smoothings.
    Descriptions.Against against =
        isForward()
            ? new Descriptions.Against("training sequences", training, options.words())
            : new Descriptions.Against(Descriptions.SAMPLES, samples, options.words());
    return List.of(new Descriptions(task).ofTokens(name, Better.LOWER, against, how));
  }

  @Override
  public List<Score> measure(MetricInput input) {
    Task task = input.task();
    Sequences read = isForward() ? input.samples() : task.data().test();
    if (read.count() == 0) {
      throw new UserException(
          UserException.Kind.DATA,
          "metric %s needs sequences to read, but the task has no test sequences".formatted(name));
    }
    LanguageModel model =
        new LanguageModel(
            input.backend(), task.data().vocabulary(), task.data().sequenceLength(), options);
    NamedArrays parameters = parameters(model, input.samples(), task.data().training());
    ScoreDescription description = describe(task, input.samples().count()).get(0);
    try (Generator trained = model.with(parameters)) {
      Likelihood likelihood = Likelihood.of(trained, read);
      return List.of(
          new Score(
              description,
              likelihood.nllPerToken(),
              isForward() ? Optional.of(likelihood.nllPerTokenOfEach()) : Optional.empty()));
    }
  }

  private NamedArrays parameters(LanguageModel model, Sequences samples, Sequences training) {
    if (isForward()) {
      return cache.trained(model, training);
    }
    // Real sequences may stand in for the samples, and are the same the next time.
    boolean real =
        samples.count() <= training.count() && samples.equals(training.slice(0, samples.count()));
    return real ? cache.trained(model, samples) : model.train(samples);
  }

  @Override
  public ScoreRange range(String score) {
    return ScoreRange.NOT_NEGATIVE;
  }

  @Override
  public StandIn standIn() {
    return isForward() ? StandIn.VALIDATION : StandIn.TRAINING;
  }

  /** Asked for where something is logged: finding plugins sets up no logging. */
  private static Logger log() {
    return LoggerFactory.getLogger(LanguageModelMetric.class);
  }
}

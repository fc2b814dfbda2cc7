package org.seqgan.core.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.seqgan.api.UserException;
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
 * Self-BLEU (Zhu et al., "Texygen: A Benchmarking Platform for Text Generation Models", SIGIR
 * 2018): the mean BLEU of each sample against all other samples. The more alike they are, the
 * higher it is.
 */
final class SelfBleuMetric implements Metric {
  private final Options options;

  SelfBleuMetric(Options options) {
    this.options = options;
  }

  /** Options of metric {@code self-bleu}. */
  record Options(
      @Option(
              description = "the n of self-bleu-n",
              defaultValue = "[2, 3, 4, 5]",
              min = 1,
              max = 16)
          List<Integer> orders,
      @Option(
              description = "of n-gram precisions of 0, as of metric bleu",
              defaultValue = "epsilon")
          Smoothing smoothing) {
    Options {
      Orders.check(orders);
    }
  }

  static List<String> names(Options options) {
    return options.orders.stream().map(n -> "self-bleu-" + n).toList();
  }

  @Override
  public List<ScoreDescription> describe(Task task, int samples) {
    Descriptions descriptions = new Descriptions(task);
    return options.orders.stream()
        .map(
            n ->
                descriptions.ofText(
                    "self-bleu-" + n,
                    Better.LOWER,
                    new Descriptions.Against(
                        Descriptions.SAMPLES, samples - 1, options.smoothing.words()),
                    "mean BLEU-%d of %d samples, each against the %d others"
                        .formatted(n, samples, samples - 1)))
        .toList();
  }

  @Override
  public List<Score> measure(MetricInput input) {
    int samples = input.samples().count();
    if (samples < 2) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "metric self-bleu needs at least 2 samples, found %d; raise evaluation.samples"
              .formatted(samples));
    }
    OptionalInt end = input.task().data().vocabulary().endToken();
    BleuMatches matches =
        BleuReferences.matchEachAgainstTheOthers(
            TokenRows.withoutEnd(input.samples(), end), Orders.longest(options.orders));
    List<ScoreDescription> descriptions = describe(input.task(), samples);
    List<Score> scores = new ArrayList<>();
    for (int i = 0; i < descriptions.size(); i++) {
      int n = options.orders.get(i);
      scores.add(
          new Score(
              descriptions.get(i),
              matches.meanSentence(n, options.smoothing),
              Optional.of(matches.sentences(n, options.smoothing))));
    }
    return scores;
  }

  @Override
  public ScoreRange range(String score) {
    return ScoreRange.SHARE;
  }

  @Override
  public boolean needsData() {
    return false;
  }

  @Override
  public StandIn standIn() {
    return StandIn.TRAINING;
  }
}

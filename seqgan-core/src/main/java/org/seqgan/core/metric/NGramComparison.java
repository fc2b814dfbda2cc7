package org.seqgan.core.metric;

import java.util.ArrayList;
import java.util.List;
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
 * The samples' n-grams beside those of the test sequences: {@code ms-jaccard-n}, or {@code
 * ngram-jsd-n}. Either sees quality and diversity at once: what the samples lack of the test
 * sequences lowers it as what they have beside them. The value of real data, which stands beside
 * it, is the floor (or the ceiling) that a finite number of sequences sets (Gulrajani et al. 2017).
 * Fewer samples are further from anything, so their number is part of what the score is.
 */
final class NGramComparison implements Metric {
  static final String JACCARD = "ms-jaccard";
  static final String DIVERGENCE = "ngram-jsd";

  private final String name;
  private final Options options;

  private NGramComparison(String name, Options options) {
    this.name = name;
    this.options = options;
  }

  static Metric jaccard(Options options) {
    return new NGramComparison(JACCARD, options);
  }

  static Metric divergence(Options options) {
    return new NGramComparison(DIVERGENCE, options);
  }

  /** Options of both. */
  record Options(
      @Option(description = "the n", defaultValue = "[1, 2, 3, 4]", min = 1, max = 16)
          List<Integer> orders) {
    Options {
      Orders.check(orders);
    }
  }

  static List<String> names(String name, Options options) {
    return options.orders.stream().map(n -> name + "-" + n).toList();
  }

  private boolean isJaccard() {
    return name.equals(JACCARD);
  }

  @Override
  public List<ScoreDescription> describe(Task task, int samples) {
    int references = task.data().test().count();
    String how =
        isJaccard()
            ? "geometric mean up to n = %d of the shared part of the n-grams of %d samples and %d test sequences, each per sequence"
            : "Jensen-Shannon divergence of the %d-grams of %d samples and %d test sequences, nats";
    return options.orders.stream()
        .map(
            n ->
                new Descriptions(task)
                    .ofText(
                        name + "-" + n,
                        isJaccard() ? Better.HIGHER : Better.LOWER,
                        Descriptions.Against.unsmoothed(
                            "test sequences, beside %d samples".formatted(samples), references),
                        how.formatted(n, samples, references)))
        .toList();
  }

  @Override
  public List<Score> measure(MetricInput input) {
    OptionalInt end = input.task().data().vocabulary().endToken();
    if (input.task().data().test().count() == 0) {
      throw new UserException(
          UserException.Kind.DATA,
          "metric %s compares with test sequences, but the task has none".formatted(name));
    }
    NGramCounts counts =
        new NGramCounts(
            TokenRows.withoutEnd(input.samples(), end),
            TokenRows.withoutEnd(input.task().data().test(), end),
            Orders.longest(options.orders));
    List<ScoreDescription> descriptions = describe(input.task(), input.samples().count());
    List<Score> scores = new ArrayList<>();
    for (int i = 0; i < descriptions.size(); i++) {
      int n = options.orders.get(i);
      double value = isJaccard() ? counts.jaccard(n) : counts.divergence(n);
      scores.add(Score.of(descriptions.get(i), value));
    }
    return scores;
  }

  @Override
  public ScoreRange range(String score) {
    return isJaccard() ? ScoreRange.SHARE : new ScoreRange(0, Math.log(2));
  }

  @Override
  public StandIn standIn() {
    return StandIn.TRAINING;
  }
}

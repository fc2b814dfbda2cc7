package org.seqgan.core.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
 * BLEU of every sample against all references: the mean of the samples' scores ({@code bleu-n}, as
 * Texygen and TextGAN give it), and the score of all samples as one corpus ({@code corpus-bleu-n}).
 */
final class BleuMetric implements Metric {
  private final Options options;

  BleuMetric(Options options) {
    this.options = options;
  }

  /** Where references come from. */
  enum Source {
    /** The task's test sequences. */
    TEST("test sequences"),
    /** The task's training sequences. */
    TRAINING("training sequences");

    private final String words;

    Source(String words) {
      this.words = words;
    }

    private Sequences of(Task task) {
      return this == TEST ? task.data().test() : task.data().training();
    }
  }

  /** Options of metric {@code bleu}. */
  record Options(
      @Option(
              description = "the n of bleu-n and corpus-bleu-n",
              defaultValue = "[2, 3, 4, 5]",
              min = 1,
              max = 16)
          List<Integer> orders,
      @Option(
              description = "references: test, the whole test set as in the paper, or training",
              defaultValue = "test")
          Source references,
      @Option(
              description = "use this many references, the first ones; 0 for all",
              defaultValue = "0",
              min = 0)
          int mostReferences,
      @Option(
              description =
                  "of a sentence's n-gram precisions of 0: none, or epsilon (0.1 matches; method 1"
                      + " of Chen and Cherry 2014)",
              defaultValue = "epsilon")
          Smoothing smoothing) {
    Options {
      Orders.check(orders);
    }

    private int referenceCount(Task task) {
      int count = references.of(task).count();
      return mostReferences == 0 ? count : Math.min(mostReferences, count);
    }
  }

  static List<String> names(Options options) {
    List<String> names = new ArrayList<>();
    options.orders.forEach(n -> names.add("bleu-" + n));
    options.orders.forEach(n -> names.add("corpus-bleu-" + n));
    return names;
  }

  @Override
  public List<ScoreDescription> describe(Task task, int samples) {
    String source = options.references.words;
    int count = options.referenceCount(task);
    Descriptions descriptions = new Descriptions(task);
    List<ScoreDescription> described = new ArrayList<>();
    for (int n : options.orders) {
      described.add(
          descriptions.ofText(
              "bleu-" + n,
              Better.HIGHER,
              new Descriptions.Against(source, count, options.smoothing.words()),
              "mean BLEU-%d of %d samples, each against %d %s"
                  .formatted(n, samples, count, source)));
    }
    for (int n : options.orders) {
      described.add(
          descriptions.ofText(
              "corpus-bleu-" + n,
              Better.HIGHER,
              new Descriptions.Against(source, count, Smoothing.NONE.words()),
              "BLEU-%d of %d samples as one corpus, against %d %s"
                  .formatted(n, samples, count, source)));
    }
    return described;
  }

  @Override
  public List<Score> measure(MetricInput input) {
    Task task = input.task();
    OptionalInt end = task.data().vocabulary().endToken();
    BleuMatches matches = references(task).match(TokenRows.withoutEnd(input.samples(), end));
    List<ScoreDescription> descriptions = describe(task, input.samples().count());
    List<Score> scores = new ArrayList<>();
    int orders = options.orders.size();
    for (int i = 0; i < orders; i++) {
      int n = options.orders.get(i);
      scores.add(
          new Score(
              descriptions.get(i),
              matches.meanSentence(n, options.smoothing),
              Optional.of(matches.sentences(n, options.smoothing))));
    }
    for (int i = 0; i < orders; i++) {
      double value = matches.corpus(options.orders.get(i), Smoothing.NONE);
      scores.add(Score.of(descriptions.get(orders + i), value));
    }
    return scores;
  }

  private BleuReferences references(Task task) {
    int count = options.referenceCount(task);
    if (count == 0) {
      throw new UserException(
          UserException.Kind.DATA,
          "metric bleu needs references, but the task has no %s; choose others with metric.bleu.references"
              .formatted(options.references.words));
    }
    return Derived.of(
        options.references.of(task),
        new BleuReferences.Counting(
            count, Orders.longest(options.orders), task.data().vocabulary().endToken()));
  }

  @Override
  public ScoreRange range(String score) {
    return ScoreRange.SHARE;
  }

  @Override
  public StandIn standIn() {
    return StandIn.VALIDATION;
  }
}

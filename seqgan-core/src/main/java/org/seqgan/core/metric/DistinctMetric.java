package org.seqgan.core.metric;

import java.util.ArrayList;
import java.util.List;
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
 * How varied samples are: the share of different ones among them, the share that repeats an earlier
 * one, and distinct-n, the number of different n-grams over the number of all (Li et al., "A
 * Diversity-Promoting Objective Function for Neural Conversation Models", NAACL 2016).
 */
final class DistinctMetric implements Metric {
  private static final String DISTINCT_SEQUENCES = "distinct-sequences";
  private static final String DUPLICATES = "duplicates";

  private final Options options;

  DistinctMetric(Options options) {
    this.options = options;
  }

  /** Options of metric {@code distinct}. */
  record Options(
      @Option(description = "the n of distinct-n", defaultValue = "[1, 2, 3, 4]", min = 1, max = 16)
          List<Integer> orders) {
    Options {
      Orders.check(orders);
    }
  }

  static List<String> names(Options options) {
    List<String> names = new ArrayList<>(List.of(DISTINCT_SEQUENCES, DUPLICATES));
    options.orders.forEach(n -> names.add("distinct-" + n));
    return names;
  }

  @Override
  public List<ScoreDescription> describe(Task task, int samples) {
    List<ScoreDescription> described = new ArrayList<>();
    described.add(
        description(
            task,
            samples,
            DISTINCT_SEQUENCES,
            Better.HIGHER,
            "different sequences over all, among %d samples".formatted(samples)));
    described.add(
        description(
            task,
            samples,
            DUPLICATES,
            Better.LOWER,
            "share of %d samples that repeat an earlier one".formatted(samples)));
    for (int n : options.orders) {
      described.add(
          description(
              task,
              samples,
              "distinct-" + n,
              Better.HIGHER,
              "different %d-grams over all, among %d samples".formatted(n, samples)));
    }
    return described;
  }

  private static ScoreDescription description(
      Task task, int samples, String name, Better better, String how) {
    return new Descriptions(task)
        .ofText(name, better, Descriptions.Against.unsmoothed(Descriptions.SAMPLES, samples), how);
  }

  @Override
  public List<Score> measure(MetricInput input) {
    TokenRows rows =
        TokenRows.withoutEnd(input.samples(), input.task().data().vocabulary().endToken());
    List<ScoreDescription> descriptions = describe(input.task(), rows.count());
    double distinct = SequenceSet.of(rows).size() / (double) rows.count();
    List<Score> scores = new ArrayList<>();
    scores.add(Score.of(descriptions.get(0), distinct));
    scores.add(Score.of(descriptions.get(1), 1 - distinct));
    double[] shares = distinctNGrams(rows, Orders.longest(options.orders));
    for (int i = 0; i < options.orders.size(); i++) {
      scores.add(Score.of(descriptions.get(2 + i), shares[options.orders.get(i) - 1]));
    }
    return scores;
  }

  /** Of each order from 1 on: different n-grams over all; 0 where there are none. */
  private static double[] distinctNGrams(TokenRows rows, int maxOrder) {
    NGramTrie trie = new NGramTrie();
    long[] different = new long[maxOrder];
    long[] all = new long[maxOrder];
    for (int row = 0; row < rows.count(); row++) {
      for (int start = 0; start < rows.length(row); start++) {
        int node = NGramTrie.ROOT;
        int last = Math.min(maxOrder, rows.length(row) - start);
        for (int n = 0; n < last; n++) {
          int before = trie.size();
          node = trie.addChild(node, rows.token(row, start + n));
          different[n] += trie.size() - before;
          all[n]++;
        }
      }
    }
    double[] shares = new double[maxOrder];
    for (int n = 0; n < maxOrder; n++) {
      shares[n] = all[n] == 0 ? 0 : (double) different[n] / all[n];
    }
    return shares;
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

package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;

/**
 * What a generator's likelihood says of the token after every prefix: log G(. | Y_1:t-1), taken
 * from its log-probabilities of every sequence there is.
 */
final class KnownLikelihood {
  private static final double ROUNDING = 1e-4;

  private final Map<List<Integer>, double[]> logs = new LinkedHashMap<>();

  private KnownLikelihood() {}

  /**
   * Asks a generator.
   *
   * @throws AssertionError where its values are no logarithms of probabilities of a next token:
   *     above 0, not 0 after the end, other ones where only later tokens differ, or of a sum that
   *     is not 1
   */
  static KnownLikelihood of(Generator generator, Vocabulary vocabulary, int time) {
    Sequences all = EverySequence.of(vocabulary, time);
    TokenValues values = generator.logProbabilities(all);
    assertThat(values.count()).as("rows of log-probabilities").isEqualTo(all.count());
    assertThat(values.time()).as("positions of log-probabilities").isEqualTo(time);
    KnownLikelihood next = new KnownLikelihood();
    for (int i = 0; i < all.count(); i++) {
      for (int t = 0; t < time; t++) {
        if (t < all.length(i)) {
          next.put(all, i, t, values.get(i, t), vocabulary.size());
        } else if (values.get(i, t) != 0) {
          throw new AssertionError(
              "log-probability at position %d of %s, which has ended: expected 0, found %s"
                  .formatted(t, EverySequence.prefix(all, i, all.length(i)), values.get(i, t)));
        }
      }
    }
    next.logs.forEach(KnownLikelihood::assertAddUpToOne);
    return next;
  }

  private void put(Sequences all, int i, int t, float log, int vocabularySize) {
    List<Integer> prefix = EverySequence.prefix(all, i, t);
    int token = all.token(i, t);
    if (!(log <= 0) || Float.isInfinite(log)) {
      throw new AssertionError(
          "log-probability of token %d after %s: expected a logarithm, finite and at most 0, found %s"
              .formatted(token, prefix, log));
    }
    double[] known = logs.computeIfAbsent(prefix, p -> unknown(vocabularySize));
    if (Double.isNaN(known[token])) {
      known[token] = log;
    } else if (!(Math.abs(known[token] - log) <= ROUNDING * Math.max(1, -log))) {
      throw new AssertionError(
          "log-probability of token %d after %s: %s in one sequence and %s in another that differs later only; it must not depend on what follows"
              .formatted(token, prefix, known[token], log));
    }
  }

  private static double[] unknown(int size) {
    double[] values = new double[size];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private static void assertAddUpToOne(List<Integer> prefix, double[] logs) {
    assertThat(Arrays.stream(logs).map(Math::exp).sum())
        .as("sum of the probabilities of all tokens after %s", prefix)
        .isCloseTo(1, Offset.offset(ROUNDING));
  }

  /** The logarithms of the probabilities of all tokens after a prefix that has not ended. */
  double[] after(List<Integer> prefix) {
    return logs.get(prefix).clone();
  }
}

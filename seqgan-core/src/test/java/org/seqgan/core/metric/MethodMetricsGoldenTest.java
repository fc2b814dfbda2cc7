package org.seqgan.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.data.Sequences;
import org.seqgan.core.MethodCase;
import org.seqgan.core.statistics.BinomialTest;

/** Overlap and divergence of n-grams, and the divergence of two known distributions. */
final class MethodMetricsGoldenTest {
  static Stream<MethodCase> cases() {
    return MethodCase.of("metrics");
  }

  private static TokenRows rows(MethodCase example, String field) {
    int[][] rows = new int[example.at(field).size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new int[example.at(field).get(i).size()];
      for (int t = 0; t < rows[i].length; t++) {
        rows[i][t] = example.at(field).get(i).get(t).intValue();
      }
    }
    return TokenRows.withoutEnd(
        Sequences.ofUnequalRows(List.of(rows), longest(rows), END), OptionalInt.of(END));
  }

  /** No token of the cases. */
  private static final int END = 1_000_000;

  private static int longest(int[][] rows) {
    int longest = 0;
    for (int[] row : rows) {
      longest = Math.max(longest, row.length + 1);
    }
    return longest;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nGrams(MethodCase example) {
    NGramCounts counts = new NGramCounts(rows(example, "samples"), rows(example, "references"), 4);
    double[] jaccard = new double[4];
    double[] divergence = new double[4];
    for (int n = 1; n <= 4; n++) {
      jaccard[n - 1] = counts.jaccard(n);
      divergence[n - 1] = counts.divergence(n);
    }
    example.assertClose(jaccard, "ms-jaccard", MethodCase.DOUBLE);
    example.assertClose(divergence, "ngram-jsd", MethodCase.DOUBLE);
  }

  /** One text of one token beside one of two: of the 2-grams, one set has none. */
  @Test
  void setsWithoutNGramsOfAnOrder() {
    TokenRows one = TokenRows.all(Sequences.ofFullLength(new int[] {1}, 1));
    TokenRows two = TokenRows.all(Sequences.ofFullLength(new int[] {1, 2}, 2));
    assertThat(new NGramCounts(one, two, 2).divergence(2)).isEqualTo(Math.log(2));
    assertThat(new NGramCounts(one, two, 2).jaccard(2)).isZero();
    assertThat(new NGramCounts(one, one, 2).divergence(2)).isZero();
    assertThat(new NGramCounts(one, one, 2).jaccard(2)).isOne();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sequenceDivergence(MethodCase example) {
    SequenceDivergence.Estimate estimate =
        SequenceDivergence.Estimate.of(
            example.numbers("log-p-of-real"),
            example.numbers("log-g-of-real"),
            example.numbers("log-p-of-generated"),
            example.numbers("log-g-of-generated"));
    example.assertClose(estimate.divergence(), "sequence-jsd", MethodCase.DOUBLE);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void classifierTwoSampleTest(MethodCase example) {
    double p =
        BinomialTest.betterThanACoin(
            (int) example.number("c2st-right"), (int) example.number("c2st-trials"));
    example.assertClose(p, "c2st-p-one-sided", MethodCase.DOUBLE);
  }

  /** Equal distributions have a divergence of exactly 0, those without overlap one of log 2. */
  @Test
  void sequenceDivergenceOfTheExtremes() {
    double[] logs = {-10, -20, -30};
    double[] never = {-1e6, -1e6, -1e6};
    assertThat(SequenceDivergence.Estimate.of(logs, logs, logs, logs).divergence()).isZero();
    SequenceDivergence.Estimate apart = SequenceDivergence.Estimate.of(logs, never, never, logs);
    assertThat(apart.divergence()).isEqualTo(Math.log(2), offset(1e-12));
    assertThat(apart.standardError()).isZero();
  }

  /** By hand: terms of real log 2 - log(1 + e^0) = 0 and log 2; of generated 0 and 0. */
  @Test
  void standardErrorIsThatOfTheTwoMeans() {
    SequenceDivergence.Estimate estimate =
        SequenceDivergence.Estimate.of(
            new double[] {0, 0}, new double[] {0, -1e9}, new double[] {0, 0}, new double[] {0, 0});
    double half = Math.log(2) / 2;
    assertThat(estimate.divergence()).isEqualTo(half / 2, offset(1e-12));
    // The variance of (0, log 2) is (log 2)^2 / 2; of its mean half of that; halved once more.
    assertThat(estimate.standardError()).isEqualTo(half / 2, offset(1e-12));
  }
}

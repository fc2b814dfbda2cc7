package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.generator.NextTokens;

/** Holds distributions of the next token, part by part, against a known likelihood. */
final class NextTokenCheck implements Consumer<NextTokens> {
  private static final double ROUNDING = 1e-4;

  private final KnownLikelihood likelihood;
  private final Sequences sequences;
  private final int[] cells;
  private int seen;

  /** A check of the distributions at these cells, which are to come in this order. */
  NextTokenCheck(KnownLikelihood likelihood, Sequences sequences, int[] cells) {
    this.likelihood = likelihood;
    this.sequences = sequences;
    this.cells = cells;
  }

  @Override
  public void accept(NextTokens part) {
    for (int row = 0; row < part.count(); row++) {
      int cell = cells[seen++];
      List<Integer> prefix =
          EverySequence.prefix(sequences, cell / sequences.time(), cell % sequences.time());
      double[] expected = likelihood.after(prefix);
      assertThat(part.vocabularySize()).as("tokens of a distribution").isEqualTo(expected.length);
      for (int token = 0; token < expected.length; token++) {
        double log = part.log(row, token);
        if (!(Math.abs(expected[token] - log) <= ROUNDING * Math.max(1, -expected[token]))) {
          throw new AssertionError(
              "next token %d after %s: logProbabilities says %s, nextTokens %s"
                  .formatted(token, prefix, expected[token], log));
        }
      }
    }
  }

  /** All cells had a distribution. */
  void assertSeenAll() {
    assertThat(seen).as("distributions for %d cells", cells.length).isEqualTo(cells.length);
  }
}

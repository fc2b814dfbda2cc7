package org.seqgan.core.reward;

import java.util.OptionalInt;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Sequences;
import org.seqgan.core.metric.BleuReferences;
import org.seqgan.core.metric.Derived;
import org.seqgan.core.metric.Smoothing;
import org.seqgan.core.metric.TokenRows;

/**
 * BLEU-n of each sequence against training sequences. The end token, where there is one, is no
 * token of hypotheses or references, as in metric {@code bleu}.
 *
 * @param reward that asks, for errors
 * @param training references
 * @param end the end token, where there is one
 * @param mostReferences the first so many; 0 for all
 * @param order the n of BLEU-n
 * @param smoothing of n-gram precisions of 0
 */
record BleuScore(
    String reward,
    Sequences training,
    OptionalInt end,
    int mostReferences,
    int order,
    Smoothing smoothing)
    implements Objective {
  @Override
  public float[] scores(Sequences hypotheses) {
    return references().match(TokenRows.withoutEnd(hypotheses, end)).sentences(order, smoothing);
  }

  private BleuReferences references() {
    int count = mostReferences == 0 ? training.count() : Math.min(mostReferences, training.count());
    if (count == 0) {
      throw new UserException(
          UserException.Kind.DATA,
          "reward %s needs training sequences as references, but the task has none"
              .formatted(reward));
    }
    return Derived.of(training, new BleuReferences.Counting(count, order, end));
  }
}

package org.seqgan.core.explain;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.Policy;

/**
 * The rewards of a batch and how far their roll-outs are apart.
 *
 * @param q the reward of each token, {@code [batch, time]}
 * @param spread of each token that roll-outs complete, {@code [batch, time]}; absent where the
 *     reward is no mean over roll-outs
 * @param note why it is absent, where it is
 */
record Credit(TokenValues q, Optional<TokenValues> spread, Optional<String> note) {
  /** What the mean of the parts may differ by from the whole, of a reward of about 1. */
  private static final double ROUNDING = 1e-4;

  /**
   * Asks a reward once as training does, and once for every copy of the roll-outs that it drew.
   *
   * @param reward of a batch, given who completes prefixes
   */
  static Credit of(Sequences batch, ObservedRollOuts policy, Function<Policy, TokenValues> reward) {
    TokenValues q = reward.apply(policy).upToTheEnds(batch);
    if (policy.drawn().isEmpty()) {
      return without(q, "the reward completes no prefixes, so that its tokens have no spread");
    }
    Completions completions = policy.drawn().get(0);
    int copies = completions.copies();
    double[] sums = new double[q.values().length];
    double[] squares = new double[sums.length];
    for (int n = 0; n < copies; n++) {
      policy.answerWith(n);
      float[] values = reward.apply(policy).upToTheEnds(batch).values();
      for (int at = 0; at < sums.length; at++) {
        double apart = values[at] - q.values()[at];
        sums[at] += apart;
        squares[at] += apart * apart;
      }
    }
    float[] spread = new float[sums.length];
    for (int at = 0; at < sums.length; at++) {
      double mean = sums[at] / copies;
      if (!(Math.abs(mean) <= ROUNDING * (1 + Math.abs(q.values()[at])))) {
        return without(
            q, "the reward is no mean over its roll-outs, so that its tokens have no spread");
      }
      spread[at] = (float) Math.sqrt(Math.max(0, squares[at] / copies - mean * mean));
    }
    return new Credit(
        q, Optional.of(new TokenValues(q.count(), q.time(), spread)), Optional.empty());
  }

  private static Credit without(TokenValues q, String why) {
    return new Credit(q, Optional.empty(), Optional.of(why));
  }

  /** What could not be told. */
  List<String> notes() {
    return note.stream().toList();
  }
}

package org.seqgan.core.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.random.RandomStream;

/**
 * A roll-out policy that keeps what it completed, and can then be made to answer with one of its
 * copies at a time: so a reward that is a mean over roll-outs tells what it makes of each of them,
 * whatever it is.
 */
final class ObservedRollOuts implements Policy {
  private final Policy policy;
  private final OptionalInt endToken;
  private final List<Completions> drawn = new ArrayList<>();
  private OptionalInt copy = OptionalInt.empty();

  ObservedRollOuts(Policy policy, OptionalInt endToken) {
    this.policy = policy;
    this.endToken = endToken;
  }

  /** What was completed so far, in order; not what was answered again. */
  List<Completions> drawn() {
    return drawn;
  }

  /** From now on every answer is this one copy of what was completed first. */
  void answerWith(int chosen) {
    copy = OptionalInt.of(chosen);
  }

  @Override
  public Completions complete(
      Sequences sequences, int copies, Decoding decoding, RandomStream stream) {
    if (copy.isPresent()) {
      return one(drawn.get(0), copy.getAsInt(), endToken);
    }
    Completions completions = policy.complete(sequences, copies, decoding, stream);
    drawn.add(completions);
    return completions;
  }

  /** One copy of every prefix. */
  static Completions one(Completions completions, int copy, OptionalInt endToken) {
    Sequences sequences = completions.sequences();
    int batch = sequences.count();
    int[][] tokens = new int[sequences.time() - 1][];
    for (int s = 1; s < sequences.time(); s++) {
      int[] atPosition = new int[s * batch];
      for (int row = 0; row < atPosition.length; row++) {
        int prefix = row / batch; // counted from 0
        int of = (prefix * completions.copies() + copy) * batch + row % batch;
        atPosition[row] = completions.token(of, s);
      }
      tokens[s - 1] = atPosition;
    }
    return new Completions(sequences, 1, tokens, endToken);
  }

  @Override
  public Sequences sample(int count, Decoding decoding, RandomStream stream) {
    return policy.sample(count, decoding, stream);
  }

  @Override
  public TokenValues logProbabilities(Sequences sequences) {
    return policy.logProbabilities(sequences);
  }

  @Override
  public NextTokens nextTokens(Sequences sequences, int[] cells) {
    return policy.nextTokens(sequences, cells);
  }
}

package org.seqgan.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.random.RandomStream;

/**
 * Draws sequences that begin with given tokens, exactly: the policy reads them, and goes on from
 * the state that it is in then. That is Monte-Carlo search, {@link Policy#complete}, of which the
 * completions of one prefix are kept. Every policy has it, and it is the same code by which rewards
 * complete a sequence.
 *
 * <p>Shorter prefixes are completed beside it. Longer ones are not where there is an end token:
 * what stands behind the tokens is one, so they have ended. Immutable; for the thread of the
 * backend.
 *
 * @param policy draws
 * @param vocabulary of its tokens
 * @param time T
 */
public record Continuations(Policy policy, Vocabulary vocabulary, int time) {
  /** Tokens of all completions that are drawn at a time: 16 MB. */
  private static final int MOST_TOKENS = 1 << 22;

  private static final int MOST_TOGETHER = 64;

  /**
   * Draws. Sequence i depends on the stream and i alone, not on the count.
   *
   * @param beginning at least one token, fewer than T, and no end token
   * @return {@code [count, T]}, each of which begins with them
   */
  public Sequences draw(int[] beginning, int count, Decoding decoding, RandomStream stream) {
    if (beginning.length < 1 || beginning.length >= time) {
      throw new IllegalArgumentException(
          "a beginning of %d tokens, expected 1 to %d".formatted(beginning.length, time - 1));
    }
    Sequences row = row(beginning);
    int together = together(time);
    List<Sequences> drawn = new ArrayList<>();
    for (int from = 0; from < count; from += together) {
      Completions completions =
          policy.complete(row, together, decoding, stream(stream, from / together));
      int first = (beginning.length - 1) * together;
      drawn.add(completions.rows(first, first + Math.min(together, count - from)));
    }
    return Sequences.concat(drawn);
  }

  /** How many are drawn at a time, which may depend on T alone: draws depend on it. */
  static int together(int time) {
    long tokensOfEach = Math.max(1, (long) time * time / 2);
    return (int) Math.max(1, Math.min(MOST_TOGETHER, MOST_TOKENS / tokensOfEach));
  }

  /** Of the {@code part}-th of those that are drawn at a time. */
  static RandomStream stream(RandomStream stream, int part) {
    return stream.split("beginning", part);
  }

  /** The sequence whose prefixes are completed; what stands behind the beginning does not count. */
  private Sequences row(int[] beginning) {
    int[] tokens = Arrays.copyOf(beginning, time);
    int behind = vocabulary.endToken().orElse(vocabulary.startToken());
    Arrays.fill(tokens, beginning.length, time, behind);
    int length = vocabulary.endToken().isPresent() ? beginning.length + 1 : time;
    return Sequences.of(tokens, new int[] {length}, time);
  }
}

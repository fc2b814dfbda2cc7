package org.seqgan.testkit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;

/** All sequences of a vocabulary and a length so small that they can be written down. */
final class EverySequence {
  private EverySequence() {}

  /** Each once: of those that differ after their end only, one. */
  static Sequences of(Vocabulary vocabulary, int time) {
    int size = vocabulary.size();
    int count = (int) Math.pow(size, time);
    int[] tokens = new int[count * time];
    for (int i = 0; i < count; i++) {
      for (int t = 0, rest = i; t < time; t++, rest /= size) {
        tokens[i * time + t] = rest % size;
      }
    }
    Sequences all = Sequences.ofSampled(tokens, time, vocabulary.endToken());
    Set<List<Integer>> seen = new LinkedHashSet<>();
    return all.select(
        IntStream.range(0, count).filter(i -> seen.add(listOf(all.row(i)))).toArray());
  }

  /** The first {@code length} tokens of a sequence. */
  static List<Integer> prefix(Sequences sequences, int i, int length) {
    return IntStream.range(0, length).mapToObj(t -> sequences.token(i, t)).toList();
  }

  private static List<Integer> listOf(int[] tokens) {
    return IntStream.of(tokens).boxed().toList();
  }
}

package org.seqgan.core.metric;

import java.util.Arrays;
import java.util.OptionalInt;
import org.seqgan.api.data.ArraySize;
import org.seqgan.api.data.Sequences;

/**
 * The n-grams of a set of references, counted once: of each the largest number in one reference,
 * which is what BLEU clips by, and the second largest with the owner of the largest, so that any
 * one reference can be left out (Self-BLEU, Zhu et al., "Texygen", SIGIR 2018). So a set of
 * hypotheses takes time for its own tokens, not for each pair: 10,000 references of length 20 take
 * 0.15 s to count up to order 5, and 10,000 hypotheses 0.06 s to match, on one core of a busy
 * machine. Two threads took as long, and sampling the hypotheses takes seconds, so that there is
 * one.
 *
 * <p>Immutable and thread-safe.
 */
public final class BleuReferences {
  private static final int NOBODY = -1;

  private final NGramTrie trie;
  private final int maxOrder;
  private final int count;
  private final int[] most;
  private final int[] second;
  private final int[] owner;
  private final int[] referencesOfLength;

  private BleuReferences(Builder builder, TokenRows references) {
    this.trie = builder.trie;
    this.maxOrder = builder.maxOrder;
    this.count = references.count();
    this.most = builder.most;
    this.second = builder.second;
    this.owner = builder.owner;
    this.referencesOfLength = new int[references.longest() + 1];
    for (int i = 0; i < count; i++) {
      referencesOfLength[references.length(i)]++;
    }
  }

  /**
   * Counts references.
   *
   * @param maxOrder the longest n-grams, at least 1
   * @throws IllegalArgumentException if there is no reference
   */
  public static BleuReferences of(TokenRows references, int maxOrder) {
    if (references.count() == 0 || maxOrder < 1) {
      throw new IllegalArgumentException(
          "BLEU-%d against %d references: expected at least 1 of each"
              .formatted(maxOrder, references.count()));
    }
    Builder builder = new Builder(maxOrder);
    for (int i = 0; i < references.count(); i++) {
      builder.add(references, i);
    }
    return new BleuReferences(builder, references);
  }

  /**
   * The first sequences of some data as references, which are kept.
   *
   * @param count how many
   * @param maxOrder the longest n-grams, at least 1
   * @param endToken no token of a reference
   */
  public record Counting(int count, int maxOrder, OptionalInt endToken)
      implements Derived<BleuReferences> {
    @Override
    public BleuReferences compute(Sequences data) {
      return BleuReferences.of(TokenRows.withoutEnd(data.slice(0, count), endToken), maxOrder);
    }
  }

  /**
   * Self-BLEU's matches: each sequence against all the others.
   *
   * @throws IllegalArgumentException if there are fewer than two sequences
   */
  public static BleuMatches matchEachAgainstTheOthers(TokenRows sequences, int maxOrder) {
    if (sequences.count() < 2) {
      throw new IllegalArgumentException(
          "Self-BLEU of " + sequences.count() + " sequences: expected at least 2");
    }
    return of(sequences, maxOrder).match(sequences, true);
  }

  /** The matches of hypotheses against all references. */
  public BleuMatches match(TokenRows hypotheses) {
    return match(hypotheses, false);
  }

  private BleuMatches match(TokenRows hypotheses, boolean exceptOwn) {
    int size = hypotheses.count();
    int[] matched = new int[ArraySize.of("sequences to match", size, maxOrder, Integer.BYTES)];
    int[] lengths = new int[size];
    int[] closest = new int[size];
    Matcher matcher = new Matcher(hypotheses, matched);
    for (int i = 0; i < size; i++) {
      lengths[i] = hypotheses.length(i);
      closest[i] = closestLength(lengths[i], exceptOwn);
      matcher.match(i, exceptOwn ? i : NOBODY);
    }
    return new BleuMatches(maxOrder, matched, lengths, closest);
  }

  /** The length of a reference that is nearest; of two as near, the shorter. */
  private int closestLength(int length, boolean exceptOwn) {
    int furthest = Math.max(length, referencesOfLength.length);
    for (int distance = 0; distance <= furthest; distance++) {
      int own = exceptOwn && distance == 0 ? 1 : 0;
      if (references(length - distance) > own) {
        return length - distance;
      }
      if (references(length + distance) > own) {
        return length + distance;
      }
    }
    throw new IllegalStateException("no reference");
  }

  private int references(int length) {
    return length >= 0 && length < referencesOfLength.length ? referencesOfLength[length] : 0;
  }

  /** Matches one hypothesis after the other, with a counter for each n-gram of the references. */
  private final class Matcher {
    private final TokenRows hypotheses;
    private final int[] matched;
    private final int[] seen = new int[trie.size()];
    private final int[] touched;

    Matcher(TokenRows hypotheses, int[] matched) {
      this.hypotheses = hypotheses;
      this.matched = matched;
      this.touched =
          new int[ArraySize.of("tokens to match", hypotheses.longest(), maxOrder, Integer.BYTES)];
    }

    void match(int row, int excluded) {
      int length = hypotheses.length(row);
      int touchedCount = 0;
      for (int start = 0; start < length; start++) {
        int node = NGramTrie.ROOT;
        int last = Math.min(maxOrder, length - start);
        for (int n = 0; n < last; n++) {
          node = trie.child(node, hypotheses.token(row, start + n));
          if (node == NGramTrie.ABSENT) {
            break;
          }
          if (seen[node] == 0) {
            touched[touchedCount++] = node;
          }
          if (seen[node]++ < (owner[node] == excluded ? second[node] : most[node])) {
            matched[row * maxOrder + n]++;
          }
        }
      }
      for (int i = 0; i < touchedCount; i++) {
        seen[touched[i]] = 0;
      }
    }
  }

  /** Counts the n-grams of one reference after the other. */
  private static final class Builder {
    /** As many numbers for each n-gram. */
    private static final int ARRAYS = 5;

    private final NGramTrie trie = new NGramTrie();
    private final int maxOrder;
    private int[] most = new int[1024];
    private int[] second = new int[1024];
    private int[] owner = new int[1024];
    private int[] current = new int[1024];
    private int[] counted = new int[1024]; // the reference that current belongs to

    Builder(int maxOrder) {
      this.maxOrder = maxOrder;
      Arrays.fill(counted, NOBODY);
    }

    void add(TokenRows references, int row) {
      int length = references.length(row);
      long nodes = trie.size() + (long) length * maxOrder;
      reserve(ArraySize.of("n-grams of the references", nodes, 1, ARRAYS * Integer.BYTES));
      for (int start = 0; start < length; start++) {
        int node = NGramTrie.ROOT;
        int last = Math.min(maxOrder, length - start);
        for (int n = 0; n < last; n++) {
          node = trie.addChild(node, references.token(row, start + n));
          count(node, row);
        }
      }
    }

    private void count(int node, int row) {
      current[node] = counted[node] == row ? current[node] + 1 : 1;
      counted[node] = row;
      int times = current[node];
      if (most[node] > 0 && owner[node] == row) {
        most[node] = times;
      } else if (times > most[node]) {
        second[node] = most[node];
        most[node] = times;
        owner[node] = row;
      } else {
        second[node] = Math.max(second[node], times);
      }
    }

    private void reserve(int nodes) {
      if (nodes > most.length) {
        int size = (int) Math.min(Integer.MAX_VALUE - 8, 2L * nodes);
        int old = counted.length;
        most = Arrays.copyOf(most, size);
        second = Arrays.copyOf(second, size);
        owner = Arrays.copyOf(owner, size);
        current = Arrays.copyOf(current, size);
        counted = Arrays.copyOf(counted, size);
        Arrays.fill(counted, old, size, NOBODY);
      }
    }
  }
}

package org.seqgan.core.metric;

import java.util.BitSet;

/** A set of whole sequences. */
public final class SequenceSet {
  private final NGramTrie trie = new NGramTrie();
  private final BitSet ends = new BitSet();

  /** All different rows of some. */
  public static SequenceSet of(TokenRows rows) {
    SequenceSet set = new SequenceSet();
    for (int row = 0; row < rows.count(); row++) {
      set.add(rows, row);
    }
    return set;
  }

  private void add(TokenRows rows, int row) {
    int node = NGramTrie.ROOT;
    for (int t = 0; t < rows.length(row); t++) {
      node = trie.addChild(node, rows.token(row, t));
    }
    ends.set(node);
  }

  boolean contains(TokenRows rows, int row) {
    int node = NGramTrie.ROOT;
    for (int t = 0; t < rows.length(row) && node != NGramTrie.ABSENT; t++) {
      node = trie.child(node, rows.token(row, t));
    }
    return node != NGramTrie.ABSENT && ends.get(node);
  }

  /** How many different rows. */
  public int size() {
    return ends.cardinality();
  }
}

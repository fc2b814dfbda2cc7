package org.seqgan.api.autograd;

import java.util.Arrays;
import java.util.List;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.operation.Embedding;

/**
 * The tokens that a model reads: ids, or relaxed tokens, through which a gradient flows back to
 * whoever wrote them. A model is written once for both.
 */
public sealed interface Tokens {
  /**
   * Ids.
   *
   * @param values of any shape, such as {@code [B, T]}, or {@code [B]} for one position
   */
  record Ids(IntTensor values) implements Tokens {
    @Override
    public Variable embed(Tape tape, Variable table) {
      return tape.apply(List.of(table), in -> new Embedding(in.get(0), values));
    }

    @Override
    public Variable weights(Tape tape, int vocabulary) {
      IntTensor rows = tape.scope().reshape(values, values.size());
      Variable zeros = tape.constant(tape.scope().zeros(values.size(), vocabulary));
      int[] shape = Arrays.copyOf(shape(), shape().length + 1);
      shape[shape.length - 1] = vocabulary;
      return tape.reshape(tape.straightThrough(zeros, rows), shape);
    }

    @Override
    public int[] shape() {
      return values.shape();
    }
  }

  /**
   * A weight of each token of the vocabulary in the place of each token: a distribution, as a rule.
   *
   * @param weights the shape of the tokens and one axis of V after it, such as {@code [B, T, V]}
   */
  record Relaxed(Variable weights) implements Tokens {
    @Override
    public Variable embed(Tape tape, Variable table) {
      int[] shape = shape();
      int[] embedded = Arrays.copyOf(shape, shape.length + 1);
      embedded[shape.length] = table.value().dim(1);
      int vocabulary = table.value().dim(0);
      Variable rows = tape.reshape(weights, weights.value().size() / vocabulary, vocabulary);
      return tape.reshape(tape.matmul(rows, table), embedded);
    }

    @Override
    public Variable weights(Tape tape, int vocabulary) {
      return weights;
    }

    @Override
    public int[] shape() {
      int[] all = weights.value().shape();
      return Arrays.copyOf(all, all.length - 1);
    }
  }

  /**
   * The embedding of each token: its row of a table, or the weighted sum of all rows.
   *
   * @param table {@code [V, E]}
   * @return the shape of the tokens and one axis of E after it
   */
  Variable embed(Tape tape, Variable table);

  /**
   * A weight of each token of the vocabulary in the place of each token: relaxed tokens as they
   * are, 1 and 0 for ids.
   *
   * @param vocabulary V
   * @return the shape of the tokens and one axis of V after it
   */
  Variable weights(Tape tape, int vocabulary);

  /** The sizes of the axes of the tokens, such as {@code [B, T]}. */
  int[] shape();
}

package org.seqgan.core.model;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.model.StepFunction;
import org.seqgan.api.random.DrawTable;
import org.seqgan.api.random.RandomDraws;
import org.seqgan.api.random.RandomStream;

/**
 * Monte-Carlo search (Eq. 3): N completions of every prefix of a batch, all advancing together.
 *
 * <p>The batch itself is read once, step by step. After its s-th token, its state starts the N
 * copies of the prefixes of length s, which join the rows that began at shorter prefixes; then all
 * rows that have begun draw a token and read it. So there are T-1 steps in all, the s-th over
 * {@code s * N * B} rows, and no prefix is read twice.
 */
final class RollOuts {
  /** Draws a token for each row of hidden states. */
  @FunctionalInterface
  interface Sampler {
    void draw(TensorScope temporary, Tensor hidden, RandomDraws draws, IntTensor out);
  }

  private final TensorScope scope;
  private final TensorBackend backend;
  private final StepFunction step;
  private final Sequences sequences;
  private final int copies;
  private final Vocabulary vocabulary;
  private final int rowsPerPrefix;
  private final List<Tensor> batchState = new ArrayList<>();
  private final List<Tensor> rollOutState = new ArrayList<>();

  RollOuts(
      TensorScope scope,
      StepFunction step,
      List<Integer> stateWidths,
      Sequences sequences,
      int copies,
      Vocabulary vocabulary) {
    this.scope = scope;
    this.backend = scope.backend();
    this.step = step;
    this.sequences = sequences;
    this.copies = copies;
    this.vocabulary = vocabulary;
    this.rowsPerPrefix = copies * sequences.count();
    int rows = Math.multiplyExact(sequences.time() - 1, rowsPerPrefix);
    for (int width : stateWidths) {
      batchState.add(scope.zeros(sequences.count(), width));
      rollOutState.add(scope.allocate(rows, width));
    }
  }

  Completions run(Sampler sampler, RandomStream stream) {
    int steps = sequences.time() - 1;
    int batch = sequences.count();
    DrawTable draws = stream.table((long) steps * rowsPerPrefix, sequences.time());
    int[][] drawn = new int[steps][];
    if (steps == 0) {
      return new Completions(sequences, copies, drawn, vocabulary.endToken());
    }
    int[] start = new int[batch];
    java.util.Arrays.fill(start, vocabulary.startToken());
    Tensor allHidden;
    try (TensorScope temporary = backend.openScope()) {
      Tensor hidden = step.step(temporary, temporary.ints(start, batch), batchState);
      allHidden = scope.allocate(steps * rowsPerPrefix, hidden.dim(1));
    }
    IntTensor allTokens = scope.allocateInts(steps * rowsPerPrefix);
    for (int s = 1; s <= steps; s++) {
      int begun = (s - 1) * rowsPerPrefix;
      int rows = s * rowsPerPrefix;
      try (TensorScope temporary = backend.openScope()) {
        Tensor prefixHidden =
            step.step(temporary, temporary.ints(column(s - 1), batch), batchState);
        for (int i = 0; i < batchState.size(); i++) {
          copyToNewRows(temporary, batchState.get(i), rollOutState.get(i), begun);
        }
        copyToNewRows(temporary, prefixHidden, allHidden, begun);
        IntTensor tokens = temporary.rows(allTokens, 0, rows);
        sampler.draw(
            temporary, temporary.rows(allHidden, 0, rows), draws.column(s, 0, rows), tokens);
        drawn[s - 1] = temporary.read(tokens);
        if (s < steps) {
          List<Tensor> active =
              rollOutState.stream().map(state -> temporary.rows(state, 0, rows)).toList();
          Tensor hidden = step.step(temporary, tokens, active);
          temporary.copy(hidden, temporary.rows(allHidden, 0, rows));
        }
      }
    }
    return new Completions(sequences, copies, drawn, vocabulary.endToken());
  }

  /** Repeats {@code [B, width]} N times below the rows that have begun. */
  private void copyToNewRows(TensorScope temporary, Tensor prefix, Tensor all, int begun) {
    int batch = sequences.count();
    for (int n = 0; n < copies; n++) {
      int from = begun + n * batch;
      temporary.copy(prefix, temporary.rows(all, from, from + batch));
    }
  }

  private int[] column(int t) {
    int[] tokens = new int[sequences.count()];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = sequences.token(i, t);
    }
    return tokens;
  }
}

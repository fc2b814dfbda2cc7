package org.seqgan.api.data;

/**
 * The action values that a score of whole sequences gives (Eq. 4):
 *
 * <pre>
 * Q(Y_1:t-1, y_t) = 1/N sum over n of score(Y^n_1:T), Y^n completed from Y_1:t by G_beta    for t &lt; T
 * Q(Y_1:T-1, y_T) = score(Y_1:T)                                                            for t = T
 * </pre>
 *
 * <p>For a sequence that ends before the last position, T is its own length.
 */
public final class ActionValues {
  private ActionValues() {}

  /**
   * The values of every token, {@code [batch, time]}.
   *
   * @param completions N of each prefix
   * @param completed the score of each completion {@code [(time - 1) * N * batch]}
   * @param whole the score of each sequence {@code [batch]}
   */
  public static TokenValues of(Completions completions, float[] completed, float[] whole) {
    Sequences sequences = completions.sequences();
    int time = sequences.time();
    double[] sums = new double[sequences.count() * time]; // (batch, time)
    for (int row = 0; row < completed.length; row++) {
      sums[completions.sequence(row) * time + completions.prefixLength(row) - 1] += completed[row];
    }
    float[] q = new float[sums.length]; // (batch, time)
    for (int i = 0; i < sequences.count(); i++) {
      int last = sequences.length(i) - 1;
      for (int t = 0; t < last; t++) {
        q[i * time + t] = (float) (sums[i * time + t] / completions.copies());
      }
      q[i * time + last] = whole[i];
    }
    return new TokenValues(sequences.count(), time, q);
  }
}

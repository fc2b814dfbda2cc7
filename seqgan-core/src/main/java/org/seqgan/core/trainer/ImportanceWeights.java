package org.seqgan.core.trainer;

import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.generator.Policy;

/**
 * Importance weights of sequences that were drawn at another temperature than the one they are to
 * count for (ColdGAN: Scialom et al., NeurIPS 2020):
 *
 * <pre>
 * w_t = min(c, product over s &lt;= t of p(y_s | Y_1:s-1) / q(y_s | Y_1:s-1))
 * p = softmax(logits / wanted)    q = softmax(logits / drawn)
 * </pre>
 *
 * <p>A term of the policy gradient depends on the tokens up to its own, and so does its weight: the
 * mean over q of {@code w_t x_t} is the mean over p of {@code x_t} where nothing is clipped. To
 * clip lowers the variance and favours what q is likely to draw.
 *
 * @param wanted the temperature of p
 * @param drawn the temperature of q
 * @param most c
 */
record ImportanceWeights(double wanted, double drawn, double most) {
  /**
   * Of each token, {@code [batch, time]}.
   *
   * @param policy whose logits they are
   * @param batch drawn from it
   */
  TokenValues of(Policy policy, Sequences batch) {
    int[] cells = NextTokens.everyCell(batch);
    double[] logRatios = new double[cells.length];
    int[] next = {0};
    NextTokens.forEach(
        policy,
        batch,
        cells,
        part -> {
          for (int row = 0; row < part.count(); row++) {
            int token = batch.tokens()[cells[next[0]]];
            logRatios[next[0]] = log(part, row, token, wanted) - log(part, row, token, drawn);
            next[0]++;
          }
        });
    float[] weights = new float[batch.tokens().length];
    int at = 0;
    for (int i = 0; i < batch.count(); i++) {
      double logWeight = 0;
      for (int t = 0; t < batch.length(i); t++) {
        logWeight += logRatios[at++];
        weights[i * batch.time() + t] = (float) Math.min(most, Math.exp(logWeight));
      }
    }
    return new TokenValues(batch.count(), batch.time(), weights);
  }

  /** The logarithm of a token's probability at a temperature. */
  private static double log(NextTokens tokens, int row, int token, double temperature) {
    if (temperature == 1) {
      return tokens.log(row, token);
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int v = 0; v < tokens.vocabularySize(); v++) {
      largest = Math.max(largest, tokens.log(row, v));
    }
    double sum = 0;
    for (int v = 0; v < tokens.vocabularySize(); v++) {
      sum += Math.exp((tokens.log(row, v) - largest) / temperature);
    }
    return (tokens.log(row, token) - largest) / temperature - Math.log(sum);
  }
}

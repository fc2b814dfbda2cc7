package org.seqgan.core.explain;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.Generator;

/**
 * The policy gradient by position: the norm of the gradient of each position's terms, {@code sum
 * over sequences of weight_t grad log G(y_t | Y_1:t-1)}, G at the policy's temperature. Norms and
 * not weights, because a token that the generator is sure of moves its parameters little, whatever
 * its weight. Gradients of different positions may cancel, so the norms add up to more than that of
 * the whole.
 */
final class GradientShares {
  private GradientShares() {}

  /**
   * Of a batch. Each position is a training step whose change is taken back: the parameters stay as
   * they are. The optimiser's state does not, so that the generator is not to be trained on.
   */
  static List<Explanation.Position> of(
      Generator generator, Sequences batch, TokenValues weights, float temperature) {
    NamedArrays parameters = generator.parameters();
    List<Double> norms = new ArrayList<>();
    for (int t = 0; t < batch.time() && isThere(batch, t); t++) {
      TokenValues atPosition = only(weights, t);
      norms.add(generator.trainPolicyGradient(batch, atPosition, temperature).gradientNorm());
      generator.setParameters(parameters);
    }
    double sum = norms.stream().mapToDouble(Double::doubleValue).sum();
    List<Explanation.Position> positions = new ArrayList<>();
    for (double norm : norms) {
      positions.add(
          new Explanation.Position(positions.size() + 1, norm, sum == 0 ? 0 : norm / sum));
    }
    return positions;
  }

  private static boolean isThere(Sequences batch, int t) {
    for (int length : batch.lengths()) {
      if (t < length) {
        return true;
      }
    }
    return false;
  }

  private static TokenValues only(TokenValues weights, int t) {
    float[] values = new float[weights.values().length];
    for (int i = 0; i < weights.count(); i++) {
      values[i * weights.time() + t] = weights.get(i, t);
    }
    return new TokenValues(weights.count(), weights.time(), values);
  }
}

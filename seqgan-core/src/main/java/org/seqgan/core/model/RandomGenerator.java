package org.seqgan.core.model;

import java.util.Map;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;

/** Tokens drawn uniformly. It has no parameters: training measures its loss and changes nothing. */
final class RandomGenerator extends TokenModelGenerator {
  private final double logVocabularySize;

  /**
   * A generator.
   *
   * @param model of {@link TokenFrequencies} that are all equal; closed with this
   */
  RandomGenerator(Generator model, int vocabularySize) {
    super(model);
    this.logVocabularySize = Math.log(vocabularySize);
  }

  @Override
  public Step trainMaximumLikelihood(Sequences batch, float truth, RandomStream stream) {
    return Step.of(logVocabularySize, 0);
  }

  @Override
  public Step trainPolicyGradient(Sequences batch, TokenValues rewards, float temperature) {
    return Step.of(rewards.upToTheEnds(batch).sum() * logVocabularySize, 0);
  }

  @Override
  public void moveTowards(Generator other, float fraction) {
    if (!(other instanceof RandomGenerator)) {
      throw new IllegalArgumentException("only a generator of the same model can be moved towards");
    }
  }

  @Override
  public NamedArrays parameters() {
    return new NamedArrays(Map.of());
  }

  @Override
  public void setParameters(NamedArrays parameters) {
    requireNone(parameters, "parameters");
  }

  @Override
  public NamedArrays optimizerState() {
    return new NamedArrays(Map.of());
  }

  @Override
  public void setOptimizerState(NamedArrays state) {
    requireNone(state, "state");
  }

  private static void requireNone(NamedArrays arrays, String what) {
    if (!arrays.names().isEmpty()) {
      throw new UserException(
          UserException.Kind.DATA,
          "generator random has no %s, found %s: it must be what they were saved with"
              .formatted(what, arrays.names()));
    }
  }
}

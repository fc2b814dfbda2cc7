package org.seqgan.core.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;

/**
 * A generator of {@link TokenFrequencies} whose maximum-likelihood training counts tokens, which is
 * exact after one epoch: {@code p(v) = (c(v) + a) / (c(.) + a V)} with pseudo-count a. Everything
 * else, the policy gradient too, is that of any model.
 */
final class UnigramGenerator extends TokenModelGenerator {
  private static final String COUNTS = "counts";

  private final float pseudoCount;
  private final float[] counts;

  /**
   * A generator that has counted nothing.
   *
   * @param model of {@link TokenFrequencies}; closed with this
   */
  UnigramGenerator(Generator model, int vocabularySize, float pseudoCount) {
    super(model);
    this.pseudoCount = pseudoCount;
    this.counts = new float[vocabularySize];
  }

  /** Adds a batch to the counts; what a model of no context reads cannot be scheduled. */
  @Override
  public Step trainMaximumLikelihood(Sequences batch, float truth, RandomStream stream) {
    float[] inBatch = new float[counts.length];
    for (int i = 0; i < batch.count(); i++) {
      for (int t = 0; t < batch.length(i); t++) {
        inBatch[batch.token(i, t)]++;
      }
    }
    Step step = step(inBatch, batch.tokenCount());
    for (int v = 0; v < counts.length; v++) {
      counts[v] += inBatch[v];
    }
    setFrequencies();
    return step;
  }

  /** The loss before the step, and the norm of its derivative by the logits: p - frequency. */
  private Step step(float[] inBatch, long tokens) {
    double[] logProbabilities = logProbabilities();
    double loss = 0;
    double squares = 0;
    for (int v = 0; v < inBatch.length; v++) {
      loss -= inBatch[v] * logProbabilities[v] / tokens;
      double derivative = Math.exp(logProbabilities[v]) - (double) inBatch[v] / tokens;
      squares += derivative * derivative;
    }
    return Step.of(loss, Math.sqrt(squares));
  }

  private double[] logProbabilities() {
    float[] bias = model.parameters().get(TokenFrequencies.LOGIT_BIAS).values();
    double sum = 0;
    for (float logit : bias) {
      sum += Math.exp(logit);
    }
    double[] values = new double[bias.length];
    for (int v = 0; v < values.length; v++) {
      values[v] = bias[v] - Math.log(sum);
    }
    return values;
  }

  private void setFrequencies() {
    double total = (double) pseudoCount * counts.length;
    for (float count : counts) {
      total += count;
    }
    float[] bias = new float[counts.length];
    for (int v = 0; v < bias.length; v++) {
      bias[v] = (float) Math.log((counts[v] + pseudoCount) / total);
    }
    Map<String, FloatArray> parameters = new LinkedHashMap<>(model.parameters().arrays());
    parameters.put(TokenFrequencies.LOGIT_BIAS, new FloatArray(new int[] {bias.length}, bias));
    model.setParameters(new NamedArrays(parameters));
  }

  @Override
  public Step trainPolicyGradient(Sequences batch, TokenValues rewards, float temperature) {
    return model.trainPolicyGradient(batch, rewards, temperature);
  }

  @Override
  public void moveTowards(Generator other, float fraction) {
    if (!(other instanceof UnigramGenerator that)) {
      throw new IllegalArgumentException("only a generator of the same model can be moved towards");
    }
    model.moveTowards(that.model, fraction);
  }

  @Override
  public NamedArrays parameters() {
    return model.parameters();
  }

  @Override
  public void setParameters(NamedArrays parameters) {
    model.setParameters(parameters);
  }

  @Override
  public NamedArrays optimizerState() {
    Map<String, FloatArray> state = new LinkedHashMap<>(model.optimizerState().arrays());
    state.put(COUNTS, new FloatArray(new int[] {counts.length}, counts.clone()));
    return new NamedArrays(state);
  }

  @Override
  public void setOptimizerState(NamedArrays state) {
    Map<String, FloatArray> ofModel = new LinkedHashMap<>(state.arrays());
    FloatArray saved = ofModel.remove(COUNTS);
    if (saved == null || !Arrays.equals(saved.shape(), new int[] {counts.length})) {
      throw new UserException(
          UserException.Kind.DATA,
          "expected array '%s' of shape [%d] in the state of generator unigram, found %s"
              .formatted(COUNTS, counts.length, state.names()));
    }
    model.setOptimizerState(new NamedArrays(ofModel));
    System.arraycopy(saved.values(), 0, counts, 0, counts.length);
  }
}

package org.seqgan.api.backend;

/**
 * How a token is drawn from the logits of a step. With p = softmax(logits / temperature),
 * restricted to the tokens that top-k and top-p keep and renormalised, the token is the smallest v
 * with CDF(v) &gt; u, over the vocabulary in id order.
 *
 * @param temperature divides the logits; above 0. 1 samples from the model itself
 * @param topK keep only the k most probable tokens (of equal ones the smaller id); 0 keeps all
 * @param topP keep only the most probable tokens whose probabilities sum to at least p, of what
 *     top-k left, renormalised (nucleus sampling, Holtzman et al. 2020); 1 keeps all
 */
public record Decoding(float temperature, int topK, float topP) {
  /** The model's own distribution. */
  public static final Decoding SAMPLE = new Decoding(1f, 0, 1f);

  /** Checks the ranges. */
  public Decoding {
    if (!(temperature > 0) || Float.isInfinite(temperature)) {
      throw new IllegalArgumentException("temperature must be above 0, found " + temperature);
    }
    if (topK < 0) {
      throw new IllegalArgumentException("top-k must be 0 (off) or more, found " + topK);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("top-p must be above 0 and at most 1, found " + topP);
    }
  }

  /** Sampling at a temperature, from the whole vocabulary. */
  public static Decoding atTemperature(float temperature) {
    return new Decoding(temperature, 0, 1f);
  }

  /** Whether the whole vocabulary may be drawn. */
  public boolean wholeVocabulary() {
    return topK == 0 && topP == 1f;
  }
}

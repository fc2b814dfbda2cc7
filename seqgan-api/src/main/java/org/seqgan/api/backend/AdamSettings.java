package org.seqgan.api.backend;

/**
 * One step of Adam (Kingma and Ba, 2015), with the bias correction folded into the step size as
 * TensorFlow has it: {@code p -= lr * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon)}.
 *
 * @param learningRate lr, above 0
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment
 * @param clipNorm gradients are scaled so that the norm of all of them together is at most this; 0
 *     for no clipping
 */
public record AdamSettings(
    float learningRate, float beta1, float beta2, float epsilon, float clipNorm) {
  /** The usual decays and epsilon (0.9, 0.999, 1e-8). */
  public static AdamSettings of(float learningRate, float clipNorm) {
    return new AdamSettings(learningRate, 0.9f, 0.999f, 1e-8f, clipNorm);
  }
}

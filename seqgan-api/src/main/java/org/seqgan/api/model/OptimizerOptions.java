package org.seqgan.api.model;

import org.seqgan.api.operation.AdamStep;
import org.seqgan.api.plugin.Option;

/** Adam, with clipping of the global norm. */
public record OptimizerOptions(
    @Option(description = "Adam's step size", defaultValue = "0.01", min = 0) float learningRate,
    @Option(description = "decay of Adam's first moment", defaultValue = "0.9", min = 0, max = 1)
        float beta1,
    @Option(description = "decay of Adam's second moment", defaultValue = "0.999", min = 0, max = 1)
        float beta2,
    @Option(
            description = "added to the root of Adam's second moment",
            defaultValue = "1e-8",
            min = 0)
        float epsilon,
    @Option(
            description = "largest norm of all gradients together; 0 does not clip",
            defaultValue = "0",
            min = 0)
        float clipNorm) {

  /** The settings of one step. */
  public AdamStep.Settings settings() {
    return new AdamStep.Settings(learningRate, beta1, beta2, epsilon, clipNorm);
  }
}

package org.seqgan.backend.dl4j;

/**
 * A coarse operation that this backend computes in its own way, forward and backward together.
 * Switched off, it is composed of primitives: slower, with results equal up to rounding, which is
 * how an error in the fast version is found.
 */
public enum FusedOperation {
  /** {@code linear} and its gradients. */
  LINEAR,
  /** {@code lstm} and its gradients. */
  LSTM,
  /** {@code lstmStep}. */
  LSTM_STEP,
  /** {@code sampleTokens} over the whole vocabulary. */
  SAMPLE_TOKENS,
  /** {@code tokenLogProbabilities}. */
  TOKEN_LOG_PROBABILITIES,
  /** {@code linearCrossEntropy}. */
  LINEAR_CROSS_ENTROPY,
  /** {@code convMaxPool} and its gradients. */
  CONV_MAX_POOL,
  /** {@code tokenConvMaxPool}. */
  TOKEN_CONV_MAX_POOL,
  /** {@code highway} and its gradients. */
  HIGHWAY,
  /** {@code dropout}. */
  DROPOUT,
  /** {@code adam}. */
  ADAM
}

package org.seqgan.backend.dl4j;

import java.util.function.Function;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.FusedOperations;
import org.seqgan.api.backend.Operation;
import org.seqgan.api.operation.AdamStep;
import org.seqgan.api.operation.BatchedProduct;
import org.seqgan.api.operation.ConvMaxPool;
import org.seqgan.api.operation.Dropout;
import org.seqgan.api.operation.Highway;
import org.seqgan.api.operation.Linear;
import org.seqgan.api.operation.LinearCrossEntropy;
import org.seqgan.api.operation.Lstm;
import org.seqgan.api.operation.LstmStep;
import org.seqgan.api.operation.Permute;
import org.seqgan.api.operation.SampleTokens;
import org.seqgan.api.operation.SoftmaxCrossEntropy;
import org.seqgan.api.operation.TokenConvMaxPool;
import org.seqgan.api.operation.TokenLogProbabilities;
import org.seqgan.backend.dl4j.operation.AdamUpdate;
import org.seqgan.backend.dl4j.operation.BatchedProducts;
import org.seqgan.backend.dl4j.operation.ConvolutionBank;
import org.seqgan.backend.dl4j.operation.DropoutLayer;
import org.seqgan.backend.dl4j.operation.Engine;
import org.seqgan.backend.dl4j.operation.HighwayLayer;
import org.seqgan.backend.dl4j.operation.LabelLikelihood;
import org.seqgan.backend.dl4j.operation.LinearLayer;
import org.seqgan.backend.dl4j.operation.LstmSequence;
import org.seqgan.backend.dl4j.operation.LstmStepper;
import org.seqgan.backend.dl4j.operation.Permutation;
import org.seqgan.backend.dl4j.operation.TokenConvolution;
import org.seqgan.backend.dl4j.operation.TokenLikelihood;
import org.seqgan.backend.dl4j.operation.TokenSampling;

/**
 * An operation that this backend computes in its own way, forward and backward together. Switched
 * off, it is composed of primitives: slower, with results equal up to rounding, which is how an
 * error in the fast version is found.
 */
public enum FusedOperation {
  /** {@link Linear}. */
  LINEAR(Linear.class, LinearLayer::new),
  /** {@link Lstm}. */
  LSTM(Lstm.class, LstmSequence::new),
  /** {@link LstmStep}. */
  LSTM_STEP(LstmStep.class, LstmStepper::new),
  /** {@link SampleTokens} over the whole vocabulary. */
  SAMPLE_TOKENS(SampleTokens.class, TokenSampling::new),
  /** {@link TokenLogProbabilities}. */
  TOKEN_LOG_PROBABILITIES(
      TokenLogProbabilities.class, engine -> new TokenLikelihood(engine)::logProbabilities),
  /** {@link LinearCrossEntropy}. */
  LINEAR_CROSS_ENTROPY(LinearCrossEntropy.class, TokenLikelihood::new),
  /** {@link SoftmaxCrossEntropy}. */
  SOFTMAX_CROSS_ENTROPY(SoftmaxCrossEntropy.class, engine -> new LabelLikelihood()),
  /** {@link ConvMaxPool}. */
  CONV_MAX_POOL(ConvMaxPool.class, ConvolutionBank::new),
  /** {@link TokenConvMaxPool}. */
  TOKEN_CONV_MAX_POOL(TokenConvMaxPool.class, TokenConvolution::new),
  /** {@link Highway}. */
  HIGHWAY(Highway.class, HighwayLayer::new),
  /** {@link Dropout}. */
  DROPOUT(Dropout.class, DropoutLayer::new),
  /** {@link BatchedProduct}. */
  BATCHED_PRODUCT(BatchedProduct.class, BatchedProducts::new),
  /** {@link Permute}. */
  PERMUTE(Permute.class, Permutation::new),
  /** {@link AdamStep}. */
  ADAM(AdamStep.class, AdamUpdate::new);

  @FunctionalInterface
  private interface Row {
    FusedOperations addTo(FusedOperations table, Engine engine);
  }

  private final Row row;

  <O extends Operation<R>, R> FusedOperation(
      Class<O> operation, Function<Engine, Fused<O, R>> make) {
    this.row = (table, engine) -> table.with(operation, make.apply(engine));
  }

  /** The operations that are switched on. */
  static FusedOperations table(Dl4jOptions options, Engine engine) {
    FusedOperations table = FusedOperations.none();
    for (FusedOperation operation : values()) {
      if (options.isFused(operation)) {
        table = operation.row.addTo(table, engine);
      }
    }
    return table;
  }
}

package org.seqgan.backend.cuda;

import java.util.function.Function;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.FusedOperations;
import org.seqgan.api.backend.Operation;
import org.seqgan.api.operation.AdamStep;
import org.seqgan.api.operation.ConvMaxPool;
import org.seqgan.api.operation.Dropout;
import org.seqgan.api.operation.Embedding;
import org.seqgan.api.operation.Highway;
import org.seqgan.api.operation.LayerNorm;
import org.seqgan.api.operation.Linear;
import org.seqgan.api.operation.LinearCrossEntropy;
import org.seqgan.api.operation.Lstm;
import org.seqgan.api.operation.LstmStep;
import org.seqgan.api.operation.SampleTokens;
import org.seqgan.api.operation.SoftmaxCrossEntropy;
import org.seqgan.api.operation.SumOfSquares;
import org.seqgan.api.operation.TokenConvMaxPool;
import org.seqgan.api.operation.TokenLogProbabilities;

/**
 * An operation that this backend computes in its own way, forward and backward together. Switched
 * off, it is composed of primitives: slower, with results equal up to rounding, which is how an
 * error in the fast version is found. To add one: a class, a kernel, and a row here.
 */
public enum FusedOperation {
  /** {@link Linear}. */
  LINEAR(Linear.class, LinearLayer::new),
  /** {@link SampleTokens} over the whole vocabulary. */
  SAMPLE_TOKENS(SampleTokens.class, TokenSampling::new),
  /** {@link TokenLogProbabilities}. */
  TOKEN_LOG_PROBABILITIES(TokenLogProbabilities.class, TokenProbabilities::new),
  /** {@link LinearCrossEntropy}. */
  LINEAR_CROSS_ENTROPY(LinearCrossEntropy.class, TokenLikelihood::new),
  /** {@link SoftmaxCrossEntropy}. */
  SOFTMAX_CROSS_ENTROPY(SoftmaxCrossEntropy.class, LabelLikelihood::new),
  /** {@link ConvMaxPool}. */
  CONV_MAX_POOL(ConvMaxPool.class, ConvolutionBank::new),
  /** {@link TokenConvMaxPool}. */
  TOKEN_CONV_MAX_POOL(TokenConvMaxPool.class, TokenConvolution::new),
  /** {@link Lstm}. */
  LSTM(Lstm.class, LstmSequence::new),
  /** {@link LstmStep}. */
  LSTM_STEP(LstmStep.class, LstmStepper::new),
  /** {@link Embedding}. */
  EMBEDDING(Embedding.class, EmbeddingTable::new),
  /** {@link Highway}. */
  HIGHWAY(Highway.class, HighwayLayer::new),
  /** {@link LayerNorm}. */
  LAYER_NORM(LayerNorm.class, Normalisation::new),
  /** {@link Dropout}. */
  DROPOUT(Dropout.class, DropoutLayer::new),
  /** {@link SumOfSquares}. */
  SUM_OF_SQUARES(SumOfSquares.class, SquareSum::new),
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
  static FusedOperations table(CudaOptions options, Engine engine) {
    FusedOperations table = FusedOperations.none();
    for (FusedOperation operation : values()) {
      if (options.isFused(operation)) {
        table = operation.row.addTo(table, engine);
      }
    }
    return table;
  }
}

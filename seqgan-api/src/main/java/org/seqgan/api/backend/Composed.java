package org.seqgan.api.backend;

import java.util.List;
import org.seqgan.api.random.RandomDraws;

/** The coarse operations, composed of primitives. */
public final class Composed {
  private Composed() {}

  static Tensor linear(
      TensorScope scope, Tensor x, Tensor weights, Tensor bias, Activation activation) {
    throw new UnsupportedOperationException();
  }

  static Gradients.Linear linearBackward(
      TensorScope scope, Tensor x, Tensor weights, Activation activation, Tensor y, Tensor dy) {
    throw new UnsupportedOperationException();
  }

  static Forward lstm(
      TensorScope scope,
      Tensor x,
      Tensor inputWeights,
      Tensor recurrentWeights,
      Tensor bias,
      IntTensor lengths) {
    throw new UnsupportedOperationException();
  }

  static Gradients.Lstm lstmBackward(
      TensorScope scope,
      Tensor x,
      Tensor inputWeights,
      Tensor recurrentWeights,
      IntTensor lengths,
      Forward forward,
      Tensor dOutput) {
    throw new UnsupportedOperationException();
  }

  static void lstmStep(
      TensorScope scope,
      Tensor inputTable,
      IntTensor ids,
      Tensor recurrentWeights,
      Tensor h,
      Tensor c) {
    throw new UnsupportedOperationException();
  }

  static void sampleTokens(
      TensorScope scope,
      Tensor h,
      Tensor weights,
      Tensor bias,
      Decoding decoding,
      RandomDraws draws,
      IntTensor out) {
    throw new UnsupportedOperationException();
  }

  static Tensor tokenLogProbabilities(
      TensorScope scope, Tensor h, Tensor weights, Tensor bias, IntTensor targets) {
    throw new UnsupportedOperationException();
  }

  static Gradients.CrossEntropy linearCrossEntropy(
      TensorScope scope,
      Tensor h,
      Tensor weights,
      Tensor bias,
      IntTensor targets,
      Tensor tokenWeights) {
    throw new UnsupportedOperationException();
  }

  static Forward convMaxPool(
      TensorScope scope, Tensor x, List<ConvolutionFilters> bank, IntTensor lengths) {
    throw new UnsupportedOperationException();
  }

  static Gradients.ConvMaxPool convMaxPoolBackward(
      TensorScope scope,
      Tensor x,
      List<ConvolutionFilters> bank,
      IntTensor lengths,
      Forward forward,
      Tensor dOutput) {
    throw new UnsupportedOperationException();
  }

  static Forward highway(
      TensorScope scope,
      Tensor x,
      Tensor transformWeights,
      Tensor transformBias,
      Tensor gateWeights,
      Tensor gateBias) {
    throw new UnsupportedOperationException();
  }

  static Gradients.Highway highwayBackward(
      TensorScope scope,
      Tensor x,
      Tensor transformWeights,
      Tensor gateWeights,
      Forward forward,
      Tensor dOutput) {
    throw new UnsupportedOperationException();
  }

  static Tensor dropout(TensorScope scope, Tensor x, float keep, RandomDraws draws) {
    throw new UnsupportedOperationException();
  }

  static Gradients.Softmax softmaxCrossEntropy(TensorScope scope, Tensor logits, IntTensor labels) {
    throw new UnsupportedOperationException();
  }

  static void adam(
      TensorScope scope, List<AdamSlot> slots, AdamSettings settings, long step, Tensor normOut) {
    throw new UnsupportedOperationException();
  }
}

package org.seqgan.backend.dl4j.graph;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The loss of a discriminator, which it leaves as it is, and the accuracy of what it last scored:
 * the outputs of a training step, with dropout.
 */
final class WatchedLoss implements ILossFunction {
  private static final long serialVersionUID = 1;

  private final ILossFunction loss;
  private double accuracy = Double.NaN;

  WatchedLoss(ILossFunction loss) {
    this.loss = loss;
  }

  /** The share that was right; what is undecided counts half. */
  double accuracy() {
    return accuracy;
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    accuracy =
        share(
            GraphParameters.values(labels),
            GraphParameters.values(preOutput),
            (int) preOutput.size(1));
    return loss.computeScore(labels, preOutput, activation, mask, average);
  }

  /**
   * Of {@code [batch, classes]}: one sigmoid, or generated and real.
   *
   * @param logits what real has over generated is the logit, or the second less the first
   */
  private static double share(float[] labels, float[] logits, int classes) {
    double right = 0;
    for (int at = 0; at < logits.length; at += classes) {
      boolean real = labels[at + classes - 1] > 0.5f;
      float odds = classes == 1 ? logits[at] : logits[at + 1] - logits[at];
      right += odds == 0 ? 0.5 : (odds > 0) == real ? 1 : 0;
    }
    return right * classes / logits.length;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    return loss.computeScoreArray(labels, preOutput, activation, mask);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    return loss.computeGradient(labels, preOutput, activation, mask);
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    return loss.computeGradientAndScore(labels, preOutput, activation, mask, average);
  }

  @Override
  public String name() {
    return loss.name();
  }
}

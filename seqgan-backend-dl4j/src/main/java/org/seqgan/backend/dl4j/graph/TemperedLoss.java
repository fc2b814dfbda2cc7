package org.seqgan.backend.dl4j.graph;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A loss of logits divided by a temperature: {@code L(s / T)}, whose gradient is {@code L'(s / T) /
 * T}.
 */
final class TemperedLoss implements ILossFunction {
  private static final long serialVersionUID = 1;

  private final ILossFunction loss;
  private float temperature = 1f;

  TemperedLoss(ILossFunction loss) {
    this.loss = loss;
  }

  /** T from now on. */
  void setTemperature(float temperature) {
    this.temperature = temperature;
  }

  private INDArray tempered(INDArray logits) {
    return temperature == 1f ? logits : logits.div(temperature);
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    return loss.computeScore(labels, tempered(preOutput), activation, mask, average);
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    return loss.computeScoreArray(labels, tempered(preOutput), activation, mask);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    return tempered(loss.computeGradient(labels, tempered(preOutput), activation, mask));
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    Pair<Double, INDArray> both =
        loss.computeGradientAndScore(labels, tempered(preOutput), activation, mask, average);
    return Pair.of(both.getFirst(), tempered(both.getSecond()));
  }

  @Override
  public String name() {
    return loss.name();
  }
}

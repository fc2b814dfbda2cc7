package org.seqgan.core.model;

import java.util.List;
import java.util.Map;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.SequenceClassifier;
import org.seqgan.api.model.Step;
import org.seqgan.api.operation.SoftmaxCrossEntropy;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.autograd.Adam;
import org.seqgan.core.autograd.GradientTape;
import org.seqgan.core.autograd.ParameterSet;

/** A discriminator made from a forward function. */
final class ClassifierDiscriminator implements Discriminator {
  private static final int REAL = 1;
  private static final int CLASSES = 2;

  /** Sequences that are scored together: enough to keep matrix products efficient. */
  private static final int MOST_ROWS = 4096;

  /** So few are scored together whatever the budget. */
  private static final int FEW_ROWS = 64;

  private final ModelSetting.ForDiscriminator setting;
  private final SequenceClassifier model;
  private final ParameterSet parameters;
  private final Adam optimizer;
  private final List<String> names;

  /** 0 until it is known. */
  private int rowsTogether;

  ClassifierDiscriminator(ModelSetting.ForDiscriminator setting, SequenceClassifier model) {
    this.setting = setting;
    this.model = model;
    this.parameters =
        new ParameterSet(setting.backend(), model.parameters(), setting.initialisation());
    this.optimizer = new Adam(setting.backend(), parameters, setting.optimizer());
    this.names = model.parameters().stream().map(ParameterSpec::name).toList();
  }

  @Override
  public float[] probabilityReal(Sequences sequences) {
    float[] probabilities = new float[sequences.count()];
    int rows = sequences.count() <= FEW_ROWS ? FEW_ROWS : rowsTogether(sequences);
    for (int from = 0; from < sequences.count(); from += rows) {
      score(sequences.slice(from, Math.min(sequences.count(), from + rows)), probabilities, from);
    }
    return probabilities;
  }

  /**
   * How many rows to score together: as many as fit half the backend's budget, the other half being
   * for what an operation needs while it runs. What a row takes is measured once, on two batches;
   * it depends on the model alone.
   */
  private int rowsTogether(Sequences sequences) {
    if (rowsTogether == 0) {
      float[] ignored = new float[FEW_ROWS];
      long one = score(sequences.slice(0, 1), ignored, 0);
      long few = score(sequences.slice(0, FEW_ROWS), ignored, 0);
      long bytesOfRow = Math.max(1, (few - one) / (FEW_ROWS - 1));
      long fitting = (setting.backend().budgetBytes() / 2 - one) / bytesOfRow;
      rowsTogether = (int) Math.max(FEW_ROWS, Math.min(fitting, MOST_ROWS));
    }
    return rowsTogether;
  }

  /** Scores a batch; returns the bytes of the tensors that it made. */
  private long score(Sequences batch, float[] probabilities, int at) {
    TensorBackend backend = setting.backend();
    long before = backend.memory().liveBytes();
    try (TensorScope scope = backend.openScope()) {
      GradientTape tape = GradientTape.forInference(scope, parameters);
      Tensor logits = logits(tape, batch).value();
      float[] classes = scope.read(scope.softmax(logits));
      for (int i = 0; i < batch.count(); i++) {
        probabilities[at + i] = classes[i * CLASSES + REAL];
      }
      return backend.memory().liveBytes() - before;
    }
  }

  private Variable logits(GradientTape tape, Sequences batch) {
    IntTensor tokens = tape.scope().ints(batch.tokens(), batch.count(), batch.time());
    IntTensor lengths = tape.scope().ints(batch.lengths(), batch.count());
    return model.logits(tape, tokens, lengths); // (batch, 2)
  }

  @Override
  public Step train(Sequences batch, boolean[] real, RandomStream stream) {
    try (TensorScope scope = setting.backend().openScope()) {
      LossAndGradients result = lossAndGradients(scope, batch, real, stream);
      double norm = optimizer.step(result.gradients());
      return new Step(result.loss(), norm);
    }
  }

  /** A loss and its derivative by every parameter, in the scope that they were computed in. */
  record LossAndGradients(double loss, Map<String, Tensor> gradients) {}

  /**
   * Cross-entropy (Eq. 5, as a mean over the batch) plus {@code lambda * sum(p^2) / 2} of the
   * penalised parameters.
   */
  LossAndGradients lossAndGradients(
      TensorScope scope, Sequences batch, boolean[] real, RandomStream stream) {
    if (real.length != batch.count()) {
      throw new IllegalArgumentException(
          real.length + " labels for " + batch.count() + " sequences");
    }
    GradientTape tape = GradientTape.forTraining(scope, parameters, stream);
    Variable logits = logits(tape, batch);
    int[] labels = new int[real.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = real[i] ? REAL : 1 - REAL;
    }
    IntTensor classes = scope.ints(labels, labels.length);
    Variable crossEntropy =
        tape.apply(List.of(logits), in -> new SoftmaxCrossEntropy(in.get(0), classes));
    tape.backward(crossEntropy);
    Map<String, Tensor> gradients = tape.gradients(names);
    double loss = scope.read(crossEntropy.value())[0];
    if (model.l2() > 0) {
      for (String name : model.penalised()) {
        Tensor value = parameters.get(name);
        loss += model.l2() * sumOfSquares(scope, value) / 2;
        Tensor penalty = scope.affine(value, model.l2(), 0);
        gradients.put(name, scope.binary(BinaryOperation.ADD, gradients.get(name), penalty));
      }
    }
    return new LossAndGradients(loss, gradients);
  }

  private static double sumOfSquares(TensorScope scope, Tensor value) {
    double sum = 0;
    for (float square : scope.read(scope.unary(UnaryOperation.SQUARE, value))) {
      sum += square;
    }
    return sum;
  }

  @Override
  public NamedArrays parameters() {
    return parameters.values();
  }

  @Override
  public void setParameters(NamedArrays values) {
    parameters.setValues(values);
  }

  @Override
  public NamedArrays optimizerState() {
    return new NamedArrays(optimizer.state(""));
  }

  @Override
  public void setOptimizerState(NamedArrays state) {
    optimizer.setState("", state);
  }

  @Override
  public void close() {
    optimizer.close();
    parameters.close();
  }
}

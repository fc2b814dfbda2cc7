package org.seqgan.core.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.ValueTape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Reading;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.TrainingSet;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.SequenceClassifier;
import org.seqgan.api.model.Step;
import org.seqgan.api.operation.SoftmaxCrossEntropy;
import org.seqgan.api.operation.SumOfSquares;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.autograd.Adam;
import org.seqgan.core.autograd.GradientTape;
import org.seqgan.core.autograd.ParameterSet;
import org.seqgan.core.statistics.Guess;

/** A discriminator made from a forward function. */
final class ClassifierDiscriminator implements Discriminator {
  private static final int REAL = 1;
  private static final int CLASSES = 2;

  /** Sequences that are scored together: enough to keep matrix products efficient. */
  private static final int MOST_ROWS = 1 << 14;

  /** So few are scored together whatever the budget. */
  private static final int FEW_ROWS = 64;

  private final ModelSetting.ForDiscriminator setting;
  private final SequenceClassifier model;
  private final ParameterSet parameters;
  private final Adam optimizer;
  private final List<String> names;
  private final OwnLosses<SequenceClassifier> own;

  /** 0 until it is known. */
  private int rowsTogether;

  ClassifierDiscriminator(ModelSetting.ForDiscriminator setting, SequenceClassifier model) {
    this.setting = setting;
    this.model = model;
    this.parameters =
        new ParameterSet(setting.backend(), model.parameters(), setting.initialisation());
    this.optimizer = new Adam(setting.backend(), parameters, setting.optimizer());
    this.names = model.parameters().stream().map(ParameterSpec::name).toList();
    this.own = new OwnLosses<>(setting.backend(), parameters, model);
  }

  @Override
  public float[] probabilityReal(Sequences sequences) {
    return scores(sequences, Score.PROBABILITY);
  }

  @Override
  public float[] logOdds(Sequences sequences) {
    return scores(sequences, Score.LOG_ODDS);
  }

  /** What is read of the logits. */
  private enum Score {
    PROBABILITY {
      @Override
      float[] of(TensorScope scope, Tensor logits) {
        float[] classes = scope.read(scope.softmax(logits));
        float[] real = new float[classes.length / CLASSES];
        for (int i = 0; i < real.length; i++) {
          real[i] = classes[i * CLASSES + REAL];
        }
        return real;
      }
    },
    LOG_ODDS {
      @Override
      float[] of(TensorScope scope, Tensor logits) {
        float[] classes = scope.read(logits);
        float[] odds = new float[classes.length / CLASSES];
        for (int i = 0; i < odds.length; i++) {
          odds[i] = classes[i * CLASSES + REAL] - classes[i * CLASSES + 1 - REAL];
        }
        return odds;
      }
    };

    /** A number for each row of logits {@code [B, 2]}. */
    abstract float[] of(TensorScope scope, Tensor logits);
  }

  private float[] scores(Sequences sequences, Score score) {
    float[] scores = new float[sequences.count()];
    int rows = sequences.count() <= FEW_ROWS ? FEW_ROWS : rowsTogether(sequences);
    for (int from = 0; from < sequences.count(); from += rows) {
      Sequences batch = sequences.slice(from, Math.min(sequences.count(), from + rows));
      score(batch, score, scores, from);
    }
    return scores;
  }

  /**
   * How many rows to score together: as many as fit half the backend's budget, the other half being
   * for what an operation needs while it runs. What a row takes is measured once, on two batches;
   * it depends on the model alone.
   */
  private int rowsTogether(Sequences sequences) {
    if (rowsTogether == 0) {
      float[] ignored = new float[FEW_ROWS];
      long one = score(sequences.slice(0, 1), Score.PROBABILITY, ignored, 0);
      long few = score(sequences.slice(0, FEW_ROWS), Score.PROBABILITY, ignored, 0);
      long bytesOfRow = Math.max(1, (few - one) / (FEW_ROWS - 1));
      long fitting = (setting.backend().budgetBytes() / 2 - one) / bytesOfRow;
      rowsTogether = (int) Math.max(FEW_ROWS, Math.min(fitting, MOST_ROWS));
    }
    return rowsTogether;
  }

  /** Scores a batch; returns the bytes of the tensors that it made. */
  private long score(Sequences batch, Score score, float[] scores, int at) {
    TensorBackend backend = setting.backend();
    long before = backend.memory().liveBytes();
    try (TensorScope scope = backend.openScope()) {
      Tape tape = new ValueTape(scope, parameters::get);
      float[] ofBatch = score.of(scope, logits(tape, batch).value());
      System.arraycopy(ofBatch, 0, scores, at, ofBatch.length);
      return backend.memory().liveBytes() - before;
    }
  }

  private Variable logits(Tape tape, Sequences batch) {
    IntTensor tokens = tape.scope().ints(batch.tokens(), batch.count(), batch.time());
    IntTensor lengths = tape.scope().ints(batch.lengths(), batch.count());
    return model.logits(tape, new Tokens.Ids(tokens), lengths); // (batch, 2)
  }

  /**
   * A batch, or all sequences of a training set, where the backend computes.
   *
   * @param tokens {@code [B, T]}
   * @param lengths {@code [B]}
   * @param labels {@code [B]}: 1 for real, else 0
   */
  private record Labelled(IntTensor tokens, IntTensor lengths, IntTensor labels) {
    static Labelled of(TensorScope scope, Sequences sequences, boolean[] real) {
      if (real.length != sequences.count()) {
        throw new IllegalArgumentException(
            real.length + " labels for " + sequences.count() + " sequences");
      }
      int[] labels = new int[real.length];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = real[i] ? REAL : 1 - REAL;
      }
      return new Labelled(
          scope.ints(sequences.tokens(), sequences.count(), sequences.time()),
          scope.ints(sequences.lengths(), sequences.count()),
          scope.ints(labels, labels.length));
    }

    Labelled select(TensorScope scope, int[] rows) {
      IntTensor numbers = scope.ints(rows, rows.length);
      return new Labelled(
          scope.gatherRows(tokens, numbers),
          scope.gatherRows(lengths, numbers),
          scope.gatherRows(labels, numbers));
    }
  }

  @Override
  public Step train(Sequences batch, boolean[] real, RandomStream stream) {
    try (TensorScope scope = setting.backend().openScope()) {
      return train(scope, Labelled.of(scope, batch, real), real, stream);
    }
  }

  private Step train(TensorScope scope, Labelled batch, boolean[] real, RandomStream stream) {
    LossAndGradients result = lossAndGradients(scope, batch, stream);
    Reading norm = optimizer.step(result.gradients(), Set.copyOf(model.penalised()), model.l2());
    Reading logits = scope.readLater(result.logits());
    return Step.of(scope.readLater(result.loss()), norm)
        .withAccuracy(() -> accuracy(logits.get(), real), logits::isDone);
  }

  /**
   * The share of sequences whose class has the larger logit; equal ones are half right.
   *
   * @param logits {@code [B, 2]}
   */
  private static double accuracy(float[] logits, boolean[] real) {
    double right = 0;
    for (int i = 0; i < real.length; i++) {
      float gap = logits[i * CLASSES + REAL] - logits[i * CLASSES + 1 - REAL];
      right += Guess.right(real[i] ? gap : -gap);
    }
    return right / real.length;
  }

  @Override
  public TrainingSet trainingSet(Sequences sequences, boolean[] real) {
    TensorScope uploaded = setting.backend().openScope();
    Labelled all = Labelled.of(uploaded, sequences, real);
    return new TrainingSet() {
      @Override
      public Step train(int[] rows, RandomStream stream) {
        boolean[] labels = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
          labels[i] = real[rows[i]];
        }
        try (TensorScope scope = setting.backend().openScope()) {
          return ClassifierDiscriminator.this.train(scope, all.select(scope, rows), labels, stream);
        }
      }

      @Override
      public void close() {
        uploaded.close();
      }
    };
  }

  /**
   * A loss {@code [1]} with its penalty, the derivative of the loss without it by every parameter,
   * and the logits {@code [B, 2]} that it is of, in the scope that they were computed in.
   */
  record LossAndGradients(Tensor loss, Map<String, Tensor> gradients, Tensor logits) {}

  /**
   * Cross-entropy (Eq. 5, as a mean over the batch) plus {@code lambda * sum(p^2) / 2} of the
   * penalised parameters. The penalty's gradient is left to the optimiser.
   */
  LossAndGradients lossAndGradients(
      TensorScope scope, Sequences batch, boolean[] real, RandomStream stream) {
    return lossAndGradients(scope, Labelled.of(scope, batch, real), stream);
  }

  private LossAndGradients lossAndGradients(
      TensorScope scope, Labelled batch, RandomStream stream) {
    GradientTape tape = new GradientTape(scope, parameters, stream);
    Variable logits =
        model.logits(tape, new Tokens.Ids(batch.tokens()), batch.lengths()); // (batch, 2)
    Variable crossEntropy =
        tape.apply(List.of(logits), in -> new SoftmaxCrossEntropy(in.get(0), batch.labels()));
    tape.backward(crossEntropy);
    Tensor loss = scope.affine(crossEntropy.value(), 1, 0);
    if (model.l2() > 0) {
      for (String name : model.penalised()) {
        Tensor squares = scope.run(new SumOfSquares(parameters.get(name))).output();
        scope.addScaled(squares, model.l2() / 2, loss);
      }
    }
    return new LossAndGradients(loss, tape.gradients(names), logits.value());
  }

  @Override
  public Optional<OnTape<SequenceClassifier>> onTape(OptimizerOptions options) {
    return own.begin(options);
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
    Map<String, FloatArray> state = new LinkedHashMap<>(optimizer.state(""));
    own.addTo(state);
    return new NamedArrays(state);
  }

  @Override
  public void setOptimizerState(NamedArrays state) {
    optimizer.setState("", state);
    own.restore(state);
  }

  @Override
  public void close() {
    own.close();
    optimizer.close();
    parameters.close();
  }
}

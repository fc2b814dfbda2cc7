package org.seqgan.backend.dl4j.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;

/**
 * Trains a graph by the updater of its configuration, and keeps that updater's state. Schedules
 * count steps; epochs are not told to the graph.
 */
final class GraphTrainer {
  private static final String UPDATER = "updater";
  private static final String STEPS = "steps";

  /** A float32 holds whole numbers up to this exactly; counts are kept in two halves. */
  private static final int HALF = 1 << 16;

  private final ComputationGraph graph;
  private final GradientNorm norm = new GradientNorm();

  GraphTrainer(ComputationGraph graph) {
    this.graph = graph;
    graph.setListeners(norm);
  }

  /**
   * One step.
   *
   * @param mask of the input; empty where every position counts
   * @param dropout for whatever the graph draws at random
   */
  Step step(INDArray input, Optional<INDArray> mask, INDArray labels, RandomStream dropout) {
    Nd4j.getRandom().setSeed(seed(dropout));
    graph.fit(
        new INDArray[] {input},
        new INDArray[] {labels},
        mask.map(array -> new INDArray[] {array}).orElse(null),
        null);
    return Step.of(graph.score(), norm.last);
  }

  /** The number of steps before, which a checkpoint keeps. */
  int steps() {
    return graph.getConfiguration().getIterationCount();
  }

  /** A seed for the random numbers of ND4J, of 48 bits. */
  static long seed(RandomStream stream) {
    long high = (long) (stream.nextUniform() * 0x1p24f);
    return (high << 24) + (long) (stream.nextUniform() * 0x1p24f);
  }

  /** A copy of what the updater keeps, under names that begin with a prefix. */
  Map<String, FloatArray> state(String prefix) {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    INDArray updater = updaterState();
    if (updater != null) {
      arrays.put(prefix + UPDATER, flat(GraphParameters.values(updater)));
    }
    int high = steps() / HALF;
    int low = steps() % HALF;
    arrays.put(prefix + STEPS, flat(new float[] {high, low}));
    return arrays;
  }

  private static FloatArray flat(float[] values) {
    return new FloatArray(new int[] {values.length}, values);
  }

  /** What {@link #state} gave, of which the names and sizes are checked already. */
  void setState(String prefix, NamedArrays state) {
    INDArray updater = updaterState();
    if (updater != null) {
      GraphParameters.assign(state.get(prefix + UPDATER), updater);
    }
    float[] steps = state.get(prefix + STEPS).values();
    graph.getConfiguration().setIterationCount(((int) steps[0]) * HALF + (int) steps[1]);
  }

  /** Null of an updater without a state, such as plain gradient descent. */
  private @Nullable INDArray updaterState() {
    INDArray state = graph.getUpdater().getStateViewArray();
    return state == null || state.isEmpty() ? null : state;
  }

  /**
   * Takes the norm of the gradient of the whole loss, penalties included, before the updater
   * changes it. DL4J has the sum over the batch there, and adds penalties later.
   */
  private static final class GradientNorm extends BaseTrainingListener {
    private double last;

    @Override
    public void onGradientCalculation(Model model) {
      ComputationGraph graph = (ComputationGraph) model;
      double squares = 0;
      for (Map.Entry<String, INDArray> entry : graph.gradient().gradientForVariable().entrySet()) {
        int split = entry.getKey().lastIndexOf('_');
        Layer layer = graph.getLayer(entry.getKey().substring(0, split));
        String parameter = entry.getKey().substring(split + 1);
        if (layer.updaterDivideByMinibatch(parameter)) {
          INDArray gradient = entry.getValue().div(graph.batchSize());
          penalise(layer, parameter, gradient);
          squares += Math.pow(gradient.norm2Number().doubleValue(), 2);
        } // else it is a moving average, such as batch normalisation has
      }
      last = Math.sqrt(squares);
    }

    private static void penalise(Layer layer, String parameter, INDArray gradient) {
      List<Regularization> penalties = layer.conf().getLayer().getRegularizationByParam(parameter);
      if (penalties != null) {
        for (Regularization penalty : penalties) {
          if (penalty.applyStep() == Regularization.ApplyStep.BEFORE_UPDATER) {
            penalty.apply(layer.getParam(parameter), gradient, 0, 0, 0);
          }
        }
      }
    }
  }
}

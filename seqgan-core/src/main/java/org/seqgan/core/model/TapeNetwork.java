package org.seqgan.core.model;

import java.util.List;
import java.util.function.Function;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.training.Network;
import org.seqgan.core.autograd.ParameterSet;

/** Parameters with an optimiser, trained by whatever loss they are given. */
public final class TapeNetwork implements Network {
  private final ParameterSet parameters;
  private final TapeSteps<List<ParameterSpec>> steps;

  /** Parameters with initial values from a stream. */
  public TapeNetwork(
      TensorBackend backend,
      List<ParameterSpec> specs,
      OptimizerOptions options,
      RandomStream initialisation) {
    this.parameters = new ParameterSet(backend, specs, initialisation);
    this.steps = new TapeSteps<>(backend, parameters, options, specs);
  }

  @Override
  public Step train(Function<Tape, Variable> loss, RandomStream stream) {
    return steps.train(loss, stream);
  }

  @Override
  public float[] compute(Function<Tape, Variable> values) {
    return steps.compute(values);
  }

  @Override
  public Tape frozen(Tape tape) {
    return steps.frozen(tape);
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
    return new NamedArrays(steps.state(""));
  }

  @Override
  public void setOptimizerState(NamedArrays state) {
    steps.setState("", state);
  }

  @Override
  public void close() {
    steps.close();
    parameters.close();
  }
}

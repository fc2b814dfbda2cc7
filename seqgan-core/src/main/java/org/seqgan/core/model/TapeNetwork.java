package org.seqgan.core.model;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Reading;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.training.Network;
import org.seqgan.core.autograd.Adam;
import org.seqgan.core.autograd.GradientTape;
import org.seqgan.core.autograd.ParameterSet;

/** Parameters with an optimiser, trained by whatever loss they are given. */
public final class TapeNetwork implements Network {
  private final TensorBackend backend;
  private final ParameterSet parameters;
  private final Adam optimizer;
  private final List<String> names;

  /** Parameters with initial values from a stream. */
  public TapeNetwork(
      TensorBackend backend,
      List<ParameterSpec> specs,
      OptimizerOptions options,
      RandomStream initialisation) {
    this.backend = backend;
    this.parameters = new ParameterSet(backend, specs, initialisation);
    this.optimizer = new Adam(backend, parameters, options);
    this.names = specs.stream().map(ParameterSpec::name).toList();
  }

  @Override
  public Step train(Function<Tape, Variable> loss, RandomStream stream) {
    try (TensorScope scope = backend.openScope()) {
      GradientTape tape = GradientTape.forTraining(scope, parameters, stream);
      Variable value = loss.apply(tape);
      tape.backward(value);
      Reading norm = optimizer.step(tape.gradients(names), Set.of(), 0f);
      return Step.of(scope.readLater(value.value()), norm);
    }
  }

  @Override
  public float[] compute(Function<Tape, Variable> values) {
    try (TensorScope scope = backend.openScope()) {
      return scope.read(values.apply(GradientTape.forInference(scope, parameters)).value());
    }
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

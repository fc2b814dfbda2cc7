package org.seqgan.core.model;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.seqgan.api.autograd.FrozenTape;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.ValueTape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Reading;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.autograd.Adam;
import org.seqgan.core.autograd.GradientTape;
import org.seqgan.core.autograd.ParameterSet;

/**
 * Parameters, which are somebody else's, under an optimiser and whatever loss they are given.
 *
 * @param <F> what the losses are made of
 */
final class TapeSteps<F> implements OnTape<F>, AutoCloseable {
  private final TensorBackend backend;
  private final ParameterSet parameters;
  private final Adam optimizer;
  private final List<String> names;
  private final F forward;

  TapeSteps(TensorBackend backend, ParameterSet parameters, OptimizerOptions options, F forward) {
    this.backend = backend;
    this.parameters = parameters;
    this.optimizer = new Adam(backend, parameters, options);
    this.names = List.copyOf(parameters.names());
    this.forward = forward;
  }

  @Override
  public F forward() {
    return forward;
  }

  @Override
  public Step train(Function<Tape, Variable> loss, RandomStream stream) {
    try (TensorScope scope = backend.openScope()) {
      GradientTape tape = new GradientTape(scope, parameters, stream);
      Variable value = loss.apply(tape);
      tape.backward(value);
      Reading norm = optimizer.step(tape.gradients(names));
      return Step.of(scope.readLater(value.value()), norm);
    }
  }

  @Override
  public float[] compute(Function<Tape, Variable> values) {
    try (TensorScope scope = backend.openScope()) {
      return scope.read(values.apply(new ValueTape(scope, parameters::get)).value());
    }
  }

  @Override
  public Tape frozen(Tape tape) {
    return new FrozenTape(tape, parameters::get);
  }

  /** The optimiser's state, each name after a prefix. */
  Map<String, FloatArray> state(String prefix) {
    return optimizer.state(prefix);
  }

  /** Restores what {@link #state} gave. */
  void setState(String prefix, NamedArrays state) {
    optimizer.setState(prefix, state);
  }

  @Override
  public void close() {
    optimizer.close();
  }
}

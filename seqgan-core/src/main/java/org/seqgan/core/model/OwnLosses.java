package org.seqgan.core.model;

import java.util.Map;
import java.util.Optional;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.core.autograd.ParameterSet;

/**
 * The parameters of a model under losses of a trainer's own, once somebody asks for that; its
 * optimiser is a part of the model's state from then on.
 *
 * @param <F> the model's forward function
 */
final class OwnLosses<F> implements AutoCloseable {
  private static final String PREFIX = "own.";

  private final TensorBackend backend;
  private final ParameterSet parameters;
  private final F forward;
  private Optional<TapeSteps<F>> steps = Optional.empty();

  OwnLosses(TensorBackend backend, ParameterSet parameters, F forward) {
    this.backend = backend;
    this.parameters = parameters;
    this.forward = forward;
  }

  /**
   * Begins.
   *
   * @throws IllegalStateException the second time
   */
  Optional<OnTape<F>> begin(OptimizerOptions options) {
    if (steps.isPresent()) {
      throw new IllegalStateException("its parameters have an optimiser for losses of one's own");
    }
    TapeSteps<F> begun = new TapeSteps<>(backend, parameters, options, forward);
    steps = Optional.of(begun);
    return Optional.of(begun);
  }

  /** Adds its optimiser's state to that of others. */
  void addTo(Map<String, FloatArray> state) {
    steps.ifPresent(begun -> state.putAll(begun.state(PREFIX)));
  }

  /** Restores what {@link #addTo} added. */
  void restore(NamedArrays state) {
    steps.ifPresent(begun -> begun.setState(PREFIX, state));
  }

  @Override
  public void close() {
    steps.ifPresent(TapeSteps::close);
  }
}

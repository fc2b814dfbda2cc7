package org.seqgan.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.model.Initializer;
import org.seqgan.api.model.Model;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.operation.AdamStep;
import org.seqgan.testkit.operation.Numbers;

/** A matrix W and a bias b under Adam: what the toy models of the testkit have in common. */
abstract class ToyModel implements Model {
  final TensorBackend backend;
  private final AdamStep.Settings optimizer;
  private final TensorScope held;
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Map<String, Tensor> moments = new LinkedHashMap<>();
  private long step;

  ToyModel(TensorBackend backend, int inputs, int outputs, AdamStep.Settings optimizer, long seed) {
    this.backend = backend;
    this.optimizer = optimizer;
    this.held = backend.openScope();
    Numbers numbers = new Numbers(seed);
    add("W", held.tensor(numbers.symmetric(inputs * outputs), inputs, outputs));
    add("b", held.tensor(numbers.symmetric(outputs), outputs));
  }

  private void add(String name, Tensor value) {
    parameters.put(name, value);
    moments.put(name + ".m", held.zeros(value.shape()));
    moments.put(name + ".v", held.zeros(value.shape()));
  }

  Tensor weights() {
    return parameters.get("W");
  }

  Tensor bias() {
    return parameters.get("b");
  }

  /** Its parameters under losses of somebody's own, which are of a forward function of W and b. */
  <F> Optional<OnTape<F>> onTape(F forward) {
    return Optional.of(new PlainDescent<>(backend, parameters, forward));
  }

  /** As a forward function declares them. */
  static List<ParameterSpec> specs(int inputs, int outputs) {
    Initializer zero = new Initializer.Constant(0);
    return List.of(
        ParameterSpec.of("W", zero, inputs, outputs), ParameterSpec.of("b", zero, outputs));
  }

  /** Rows of the identity at ids, or relaxed tokens as they are: [..., size]. */
  static Variable oneHot(Tape tape, Tokens tokens, int size) {
    float[] identity = new float[size * size];
    for (int i = 0; i < size; i++) {
      identity[i * size + i] = 1;
    }
    return tape.embedding(tape.constant(tape.scope().tensor(identity, size, size)), tokens);
  }

  /** One step of Adam; the norm of the gradients. */
  double update(TensorScope scope, Tensor dWeights, Tensor dBias) {
    step++;
    List<AdamStep.Slot> slots = new ArrayList<>();
    slots.add(new AdamStep.Slot(weights(), dWeights, moments.get("W.m"), moments.get("W.v")));
    slots.add(new AdamStep.Slot(bias(), dBias, moments.get("b.m"), moments.get("b.v")));
    return scope.read(scope.run(new AdamStep(slots, optimizer, step)))[0];
  }

  @Override
  public NamedArrays parameters() {
    return copyOf(parameters);
  }

  @Override
  public void setParameters(NamedArrays values) {
    overwrite(parameters, values);
  }

  @Override
  public NamedArrays optimizerState() {
    Map<String, FloatArray> state = new LinkedHashMap<>(copyOf(moments).arrays());
    state.put("step", new FloatArray(new int[] {1}, new float[] {step}));
    return new NamedArrays(state);
  }

  @Override
  public void setOptimizerState(NamedArrays state) {
    step = (long) state.get("step").values()[0];
    Map<String, FloatArray> rest = new LinkedHashMap<>(state.arrays());
    rest.remove("step");
    overwrite(moments, new NamedArrays(rest));
  }

  private NamedArrays copyOf(Map<String, Tensor> tensors) {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> arrays.put(name, new FloatArray(tensor.shape(), held.read(tensor))));
    return new NamedArrays(arrays);
  }

  private void overwrite(Map<String, Tensor> tensors, NamedArrays values) {
    for (String name : values.names()) {
      Tensor tensor = tensors.get(name);
      if (tensor == null || tensor.size() != values.get(name).values().length) {
        throw new UserException(UserException.Kind.DATA, name + " is unknown or misshapen");
      }
    }
    for (String name : tensors.keySet()) {
      if (!values.arrays().containsKey(name)) {
        throw new UserException(UserException.Kind.DATA, name + " is missing");
      }
    }
    tensors.forEach((name, tensor) -> held.write(values.get(name).values(), tensor));
  }

  @Override
  public void close() {
    held.close();
  }
}

package org.seqgan.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.training.Network;
import org.seqgan.testkit.operation.Numbers;

/** Parameters under plain gradient descent, which counts its steps. */
final class ToyNetwork implements Network {
  private final TensorScope held;
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final PlainDescent<List<ParameterSpec>> descent;
  private long steps;

  ToyNetwork(TensorBackend backend, List<ParameterSpec> specs, long seed) {
    this.held = backend.openScope();
    Numbers numbers = new Numbers(seed);
    for (ParameterSpec spec : specs) {
      int[] shape = spec.shape().stream().mapToInt(Integer::intValue).toArray();
      int size = spec.shape().stream().mapToInt(Integer::intValue).reduce(1, (a, b) -> a * b);
      parameters.put(spec.name(), held.tensor(numbers.symmetric(size), shape));
    }
    this.descent = new PlainDescent<>(backend, parameters, specs);
  }

  @Override
  public Step train(Function<Tape, Variable> loss, RandomStream stream) {
    steps++;
    return descent.train(loss, stream);
  }

  @Override
  public float[] compute(Function<Tape, Variable> values) {
    return descent.compute(values);
  }

  @Override
  public Tape frozen(Tape tape) {
    return descent.frozen(tape);
  }

  @Override
  public NamedArrays parameters() {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    parameters.forEach(
        (name, tensor) -> arrays.put(name, new FloatArray(tensor.shape(), held.read(tensor))));
    return new NamedArrays(arrays);
  }

  @Override
  public void setParameters(NamedArrays values) {
    parameters.forEach((name, tensor) -> held.write(values.get(name).values(), tensor));
  }

  @Override
  public NamedArrays optimizerState() {
    return new NamedArrays(Map.of("steps", new FloatArray(new int[] {1}, new float[] {steps})));
  }

  @Override
  public void setOptimizerState(NamedArrays state) {
    steps = (long) state.get("steps").values()[0];
  }

  @Override
  public void close() {
    held.close();
  }
}

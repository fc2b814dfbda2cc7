package org.seqgan.testkit;

import java.util.Map;
import java.util.function.Function;
import org.seqgan.api.autograd.FrozenTape;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;

/**
 * Parameters, which are somebody else's, under gradient descent, which remembers nothing.
 *
 * @param forward what losses are made of
 * @param <F> its type
 */
record PlainDescent<F>(TensorBackend backend, Map<String, Tensor> parameters, F forward)
    implements OnTape<F> {
  private static final float RATE = 0.1f;

  @Override
  public Step train(Function<Tape, Variable> loss, RandomStream stream) {
    try (TensorScope scope = backend.openScope()) {
      PlainTape tape = new PlainTape(scope, parameters, stream);
      Variable value = loss.apply(tape);
      double squares = 0;
      for (Map.Entry<String, Tensor> each : tape.gradientsOf(value).entrySet()) {
        for (float g : scope.read(each.getValue())) {
          squares += (double) g * g;
        }
        scope.addScaled(each.getValue(), -RATE, parameters.get(each.getKey()));
      }
      return Step.of(scope.read(value.value())[0], Math.sqrt(squares));
    }
  }

  @Override
  public float[] compute(Function<Tape, Variable> values) {
    try (TensorScope scope = backend.openScope()) {
      PlainTape tape = new PlainTape(scope, parameters, RandomStream.of(0));
      return scope.read(values.apply(tape).value());
    }
  }

  @Override
  public Tape frozen(Tape tape) {
    return new FrozenTape(tape, parameters::get);
  }
}

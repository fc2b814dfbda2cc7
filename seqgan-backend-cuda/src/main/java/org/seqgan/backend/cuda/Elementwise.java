package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.random.RandomDraws;

/** Element by element: {@code elementwise.cu}. */
final class Elementwise {
  private final Engine engine;

  Elementwise(Engine engine) {
    this.engine = engine;
  }

  void unary(UnaryOperation operation, Tensor a, Tensor out) {
    if (SmallWork.isSmall(a.size())) {
      engine.small().unary(operation, a, out);
      return;
    }
    engine
        .launchEach("unary", a.size(), a)
        .with(operation.ordinal())
        .with(address(a))
        .with(address(out))
        .with(a.size())
        .run();
  }

  void binary(BinaryOperation operation, Tensor a, Tensor b, Tensor out) {
    if (SmallWork.isSmall(a.size())) {
      engine.small().binary(operation, a, b, out);
      return;
    }
    engine
        .launchEach("binary", a.size(), a, b)
        .with(operation.ordinal())
        .with(address(a))
        .with(address(b))
        .with(b.size())
        .with(address(out))
        .with(a.size())
        .run();
  }

  void affine(Tensor a, float scale, float shift, Tensor out) {
    if (SmallWork.isSmall(a.size())) {
      engine.small().affine(a, scale, shift, out);
      return;
    }
    engine
        .launchEach("affine", a.size(), a)
        .with(address(a))
        .with(scale)
        .with(shift)
        .with(address(out))
        .with(a.size())
        .run();
  }

  void addScaled(Tensor a, float scale, Tensor out) {
    if (SmallWork.isSmall(a.size())) {
      engine.small().addScaled(a, scale, out);
      return;
    }
    engine
        .launchEach("add_scaled", a.size(), a)
        .with(address(a))
        .with(scale)
        .with(address(out))
        .with(a.size())
        .run();
  }

  void uniform(RandomDraws draws, Tensor out) {
    Engine.with(engine.launchEach("uniform", draws.count(), out), draws)
        .with(address(out))
        .with(draws.count())
        .run();
  }
}

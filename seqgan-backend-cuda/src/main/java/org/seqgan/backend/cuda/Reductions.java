package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import org.seqgan.api.backend.Axis;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.Tensor;

/** Along an axis: {@code reductions.cu}. */
final class Reductions {
  private static final int PARTS = 8; // as in the kernel

  private final Engine engine;

  Reductions(Engine engine) {
    this.engine = engine;
  }

  void reduce(Reduction reduction, Tensor a, int axis, Tensor out) {
    Axis along = Axis.of(a, axis);
    if (out.size() == 1 && reduction != Reduction.MAX && SmallWork.isSmall(a.size())) {
      engine.small().sum(a, reduction == Reduction.MEAN ? 1f / a.size() : 1f, out);
    } else if (along.inner() == 1) {
      engine
          .launchRows("reduce_rows", along.outer(), along.length(), a)
          .with(reduction.ordinal())
          .with(address(a))
          .with(along.length())
          .with(address(out))
          .run();
    } else {
      engine
          .launch("reduce_columns", a)
          .grid(along.outer(), Engine.ceil(along.inner(), Engine.WARP), 1)
          .block(Engine.WARP, PARTS)
          .with(reduction.ordinal())
          .with(address(a))
          .with(along.length())
          .with(along.inner())
          .with(address(out))
          .run();
    }
  }

  /** The sum of numbers in a row, of which no tensor knows. */
  void sum(long numbers, int count, Tensor out) {
    engine
        .launchRows("reduce_rows", 1, count, out)
        .with(Reduction.SUM.ordinal())
        .with(numbers)
        .with(count)
        .with(address(out))
        .run();
  }

  void argMax(Tensor a, int axis, IntTensor out) {
    Axis along = Axis.of(a, axis);
    engine
        .launchWarps("arg_max", out.size(), a)
        .with(address(a))
        .with(along.length())
        .with(along.inner())
        .with(address(out))
        .with(out.size())
        .run();
  }

  void softmax(Tensor a, boolean logarithm, Tensor out) {
    Axis last = Axis.of(a, a.rank() - 1);
    if (last.length() > 0) {
      engine
          .launchRows("softmax_rows", last.outer(), last.length(), a)
          .with(address(a))
          .with(last.length())
          .with(logarithm ? 1 : 0)
          .with(address(out))
          .run();
    }
  }
}

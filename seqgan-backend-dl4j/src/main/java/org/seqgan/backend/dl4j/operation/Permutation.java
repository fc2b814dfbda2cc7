package org.seqgan.backend.dl4j.operation;

import java.util.List;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.Permute;
import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.Scratch;

/**
 * {@code permute}: the result is written row by row, all threads working. A row is what the last
 * axes that stay where they are hold, and is copied; or, where none stays, the last axis, whose
 * elements lie apart.
 */
public final class Permutation implements Fused.WithGradient<Permute> {
  private final Engine engine;

  public Permutation(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Forward run(TensorScope scope, Permute permute) {
    return Forward.of(permuted(scope, permute));
  }

  @Override
  public List<Tensor> gradients(
      TensorScope scope, Permute permute, Forward forward, Tensor dOutput) {
    return List.of(permuted(scope, permute.inverse(dOutput)));
  }

  private Tensor permuted(TensorScope scope, Permute permute) {
    Tensor out = scope.allocate(permute.shape());
    if (out.size() > 0) {
      Rows rows = Rows.of(permute);
      FloatRegion from = Dl4jTensor.region(permute.a());
      FloatRegion to = Dl4jTensor.region(out);
      int rowsOfBlock = Math.max(1, Elementwise.BLOCK / rows.length());
      int count = out.size() / rows.length();
      engine
          .workers()
          .forEach(
              (count + rowsOfBlock - 1) / rowsOfBlock,
              (block, scratch) -> {
                int first = block * rowsOfBlock;
                rows.write(from, to, first, Math.min(count, first + rowsOfBlock), scratch);
              });
    }
    return out;
  }

  /**
   * The rows of a result.
   *
   * @param shape of the result
   * @param strides of its axes in the tensor that is permuted
   * @param outer how many axes are before a row
   * @param length elements of a row
   * @param stride from one element of a row to the next in the tensor that is permuted
   */
  private record Rows(int[] shape, int[] strides, int outer, int length, int stride) {
    static Rows of(Permute permute) {
      int[] shape = permute.shape();
      int[] strides = permute.strides();
      int rank = shape.length;
      int outer = Math.max(0, rank - Math.max(1, permute.unmoved()));
      int length = 1;
      for (int axis = outer; axis < rank; axis++) {
        length *= shape[axis];
      }
      int stride = permute.unmoved() == 0 && rank > 0 ? strides[rank - 1] : 1;
      return new Rows(shape, strides, outer, length, stride);
    }

    /** Writes the rows {@code first} to {@code end} (exclusive). */
    void write(FloatRegion from, FloatRegion to, int first, int end, Scratch scratch) {
      int[] index = scratch.ints(0, outer);
      int source = 0;
      int rest = first;
      for (int axis = outer - 1; axis >= 0; axis--) {
        index[axis] = rest % shape[axis];
        source += index[axis] * strides[axis];
        rest /= shape[axis];
      }
      float[] row = scratch.heap(0, length);
      for (int i = first; i < end; i++) {
        if (stride == 1) {
          to.copyFrom(i * length, from, source, length);
        } else {
          for (int j = 0; j < length; j++) {
            row[j] = from.get(source + j * stride);
          }
          to.store(i * length, row, 0, length);
        }
        source = next(index, source);
      }
    }

    /** Moves on to the next row, and gives where it begins. */
    private int next(int[] index, int source) {
      int moved = source;
      for (int axis = outer - 1; axis >= 0; axis--) {
        moved += strides[axis];
        if (++index[axis] < shape[axis]) {
          return moved;
        }
        index[axis] = 0;
        moved -= shape[axis] * strides[axis];
      }
      return moved;
    }
  }
}

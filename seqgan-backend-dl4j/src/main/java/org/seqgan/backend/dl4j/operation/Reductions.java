package org.seqgan.backend.dl4j.operation;

import org.seqgan.api.backend.Axis;
import org.seqgan.api.backend.Reduction;
import org.seqgan.backend.dl4j.kernel.Kernels;
import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.Scratch;

/**
 * Primitives that look along one axis. A tensor is seen as {@code [outer, length, inner]} with the
 * axis in the middle; one outer index is one block, computed in the order of the axis.
 */
public final class Reductions {
  private static final int ROWS_PER_BLOCK = 64;

  private final Engine engine;

  public Reductions(Engine engine) {
    this.engine = engine;
  }

  public void reduce(Reduction reduction, FloatRegion a, Axis axes, FloatRegion out) {
    engine
        .workers()
        .forEach(axes.outer(), (outer, scratch) -> reduce(reduction, a, axes, outer, out));
  }

  private static void reduce(
      Reduction reduction, FloatRegion a, Axis axes, int outer, FloatRegion out) {
    for (int inner = 0; inner < axes.inner(); inner++) {
      int first = outer * axes.length() * axes.inner() + inner;
      double sum = 0;
      float max = Float.NEGATIVE_INFINITY;
      for (int i = 0; i < axes.length(); i++) {
        float value = a.get(first + i * axes.inner());
        sum += value;
        max = Math.max(max, value);
      }
      double result =
          switch (reduction) {
            case SUM -> sum;
            case MEAN -> sum / axes.length();
            case MAX -> max;
          };
      out.set(outer * axes.inner() + inner, (float) result);
    }
  }

  public void argMax(FloatRegion a, Axis axes, Dl4jIntTensor out) {
    engine
        .workers()
        .forEach(
            axes.outer(),
            (outer, scratch) -> {
              for (int inner = 0; inner < axes.inner(); inner++) {
                int first = outer * axes.length() * axes.inner() + inner;
                out.set(outer * axes.inner() + inner, argMax(a, first, axes));
              }
            });
  }

  private static int argMax(FloatRegion a, int first, Axis axes) {
    int best = 0;
    for (int i = 1; i < axes.length(); i++) {
      if (a.get(first + i * axes.inner()) > a.get(first + best * axes.inner())) {
        best = i;
      }
    }
    return best;
  }

  /** Softmax of every row, or its logarithm. */
  public void softmax(FloatRegion a, int rows, int columns, boolean logarithm, FloatRegion out) {
    engine
        .workers()
        .forEach(
            (rows + ROWS_PER_BLOCK - 1) / ROWS_PER_BLOCK,
            (block, scratch) -> {
              int end = Math.min(rows, (block + 1) * ROWS_PER_BLOCK);
              for (int row = block * ROWS_PER_BLOCK; row < end; row++) {
                softmaxRow(
                    a.from(row * columns), columns, logarithm, out.from(row * columns), scratch);
              }
            });
  }

  private void softmaxRow(
      FloatRegion a, int columns, boolean logarithm, FloatRegion out, Scratch scratch) {
    float[] row = scratch.heap(0, columns);
    a.load(0, row, 0, columns);
    Kernels kernels = engine.kernels();
    float max = kernels.max(row, 0, columns);
    float sum = kernels.expSum(row, 0, max, columns);
    if (logarithm) {
      a.load(0, row, 0, columns);
      // Two steps, as max and log(sum) may differ by orders of magnitude.
      kernels.affine(row, 0, 1f, -max, columns);
      kernels.affine(row, 0, 1f, (float) -Math.log(sum), columns);
    } else {
      kernels.affine(row, 0, 1f / sum, 0f, columns);
    }
    out.store(0, row, 0, columns);
  }
}

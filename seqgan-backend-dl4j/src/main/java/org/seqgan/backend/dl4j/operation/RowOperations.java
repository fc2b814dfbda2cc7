package org.seqgan.backend.dl4j.operation;

import java.util.List;
import org.seqgan.api.backend.Axis;
import org.seqgan.backend.dl4j.memory.FloatRegion;

/** Primitives that move whole rows and slices. */
public final class RowOperations {
  private static final int ROWS_PER_BLOCK = 256;

  private final Engine engine;

  public RowOperations(Engine engine) {
    this.engine = engine;
  }

  /** {@code out[i] = table[ids[i]]}. */
  public void gather(
      FloatRegion table, int tableRows, int columns, Dl4jIntTensor ids, FloatRegion out) {
    requireRows("gatherRows", ids, tableRows);
    engine
        .workers()
        .forEach(
            (ids.size() + ROWS_PER_BLOCK - 1) / ROWS_PER_BLOCK,
            (block, scratch) -> {
              int end = Math.min(ids.size(), (block + 1) * ROWS_PER_BLOCK);
              for (int i = block * ROWS_PER_BLOCK; i < end; i++) {
                out.copyFrom(i * columns, table, ids.get(i) * columns, columns);
              }
            });
  }

  /** {@code out[i] = table[rows[i]]}; integers are on the heap, and few. */
  public static void gather(Dl4jIntTensor table, Dl4jIntTensor rows, Dl4jIntTensor out) {
    requireRows("gatherRows", rows, table.dim(0));
    int width = rows.size() == 0 ? 0 : out.size() / rows.size();
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(
          table.values(),
          table.offset() + rows.get(i) * width,
          out.values(),
          out.offset() + i * width,
          width);
    }
  }

  /** {@code out[ids[i]] += rows[i]}, one after another, as ids may repeat. */
  public void scatterAdd(
      FloatRegion rows, Dl4jIntTensor ids, FloatRegion out, int outRows, int columns) {
    requireRows("scatterAddRows", ids, outRows);
    engine
        .workers()
        .forEach(
            1,
            (block, scratch) -> {
              float[] added = scratch.heap(0, columns);
              float[] sum = scratch.heap(1, columns);
              for (int i = 0; i < ids.size(); i++) {
                int at = ids.get(i) * columns;
                rows.load(i * columns, added, 0, columns);
                out.load(at, sum, 0, columns);
                engine.kernels().addScaled(added, 0, 1f, sum, 0, columns);
                out.store(at, sum, 0, columns);
              }
            });
  }

  /** A tensor to join, as {@code [outer, length, inner]}. */
  public record Part(FloatRegion region, Axis axes) {}

  /** Joins along the middle axis. */
  public void concat(List<Part> parts, int totalLength, FloatRegion out) {
    int at = 0;
    for (Part part : parts) {
      Axis axes = part.axes();
      int run = axes.length() * axes.inner();
      for (int outer = 0; outer < axes.outer(); outer++) {
        out.copyFrom(outer * totalLength * axes.inner() + at, part.region(), outer * run, run);
      }
      at += run;
    }
  }

  /** Copies {@code length} indices of the middle axis from {@code from} on. */
  public void slice(Part a, int from, int length, FloatRegion out) {
    Axis axes = a.axes();
    int run = length * axes.inner();
    for (int outer = 0; outer < axes.outer(); outer++) {
      int source = (outer * axes.length() + from) * axes.inner();
      out.copyFrom(outer * run, a.region(), source, run);
    }
  }

  /** Ids steer copies beyond the bounds that ND4J would see, so each is checked. */
  static void requireRows(String operation, Dl4jIntTensor ids, int rows) {
    for (int i = 0; i < ids.size(); i++) {
      int id = ids.get(i);
      if (id < 0 || id >= rows) {
        throw new IndexOutOfBoundsException(
            operation
                + " (dl4j): id "
                + id
                + " at position "
                + i
                + " is outside the table's "
                + rows
                + " rows");
      }
    }
  }
}

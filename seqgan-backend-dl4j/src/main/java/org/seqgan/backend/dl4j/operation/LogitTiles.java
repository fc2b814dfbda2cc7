package org.seqgan.backend.dl4j.operation;

import org.seqgan.api.backend.Tensor;
import org.seqgan.backend.dl4j.memory.FloatRegion.Matrix;
import org.seqgan.backend.dl4j.memory.Scratch;
import org.seqgan.backend.dl4j.product.Gemm;

/**
 * Logits {@code h W + b} of an output layer, a few rows at a time, so that {@code [n, V]} never
 * exists.
 *
 * @param engine what to work with
 * @param h {@code [n, H]}
 * @param weights {@code [H, V]}
 * @param bias {@code [V]}
 */
record LogitTiles(Engine engine, Tensor h, Tensor weights, Tensor bias) {
  private static final int TILE_FLOATS = 1 << 18;
  private static final int LEAST_ROWS = 8;
  private static final int MOST_ROWS = 128;
  private static final int LEAST_TILES = 4;

  /** What is done with the logits of some rows, before the bias is added. */
  @FunctionalInterface
  public interface Body {
    void accept(int fromRow, int toRow, Matrix tile, Scratch scratch);
  }

  int vocabulary() {
    return weights.dim(1);
  }

  /**
   * RowOperations of a tile: fewer for a large vocabulary, and for few rows, so that all threads
   * work.
   */
  int rowsPerTile() {
    int fitting =
        Math.max(LEAST_ROWS, Math.min(MOST_ROWS, TILE_FLOATS / Math.max(1, vocabulary())));
    int fairShare = Math.max(LEAST_ROWS, (h.dim(0) + LEAST_TILES - 1) / LEAST_TILES);
    int rows = Math.min(fitting, fairShare + LEAST_ROWS - 1);
    return rows / LEAST_ROWS * LEAST_ROWS;
  }

  /** Shares out all rows, with a tile of each worker's own. */
  void forEach(Body body) {
    int length = rowsPerTile();
    int rows = h.dim(0);
    engine
        .workers()
        .forEach(
            (rows + length - 1) / length,
            (i, scratch) -> {
              int fromRow = i * length;
              int toRow = Math.min(rows, fromRow + length);
              Matrix tile = scratch.tile(0, length * vocabulary()).matrix(vocabulary());
              multiply(LinearLayer.matrix(h).from(fromRow, 0), toRow - fromRow, tile);
              body.accept(fromRow, toRow, tile, scratch);
            });
  }

  /** The logits of some hidden states, before the bias is added, on the calling thread. */
  void multiply(Matrix hidden, int rows, Matrix tile) {
    engine
        .gemm()
        .multiply(
            hidden,
            false,
            LinearLayer.matrix(weights),
            false,
            tile,
            new Gemm.Size(rows, vocabulary(), weights.dim(0)),
            0f);
  }

  /** The bias on the heap, in the given slot. */
  float[] loadBias(int slot, Scratch scratch) {
    float[] values = scratch.heap(slot, vocabulary());
    Dl4jTensor.region(bias).load(0, values, 0, vocabulary());
    return values;
  }
}

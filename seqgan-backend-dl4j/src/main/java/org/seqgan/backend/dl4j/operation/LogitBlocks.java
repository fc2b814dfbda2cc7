package org.seqgan.backend.dl4j.operation;

import org.seqgan.api.backend.Tensor;
import org.seqgan.backend.dl4j.memory.FloatRegion.Matrix;
import org.seqgan.backend.dl4j.memory.Scratch;
import org.seqgan.backend.dl4j.product.Gemm;

/**
 * Logits {@code h W + b} over a large vocabulary, a block of columns and a tile of rows at a time:
 * then both the logits and the weights that they are made of stay in cache, whatever V is. {@link
 * LogitTiles}, whose tiles are whole rows, would have to take ever fewer of them, and read all
 * weights again for each tile.
 *
 * @param engine what to work with
 * @param h {@code [n, H]}
 * @param rows n
 * @param weights {@code [H, V]}
 * @param bias {@code [V]}
 */
record LogitBlocks(Engine engine, Matrix h, int rows, Tensor weights, Tensor bias) {
  /** A larger vocabulary is cut: a tile of whole rows would hold too few of them. */
  private static final int LARGE_VOCABULARY = 1 << 14;

  /** A multiple of the runs that drawing sums over, and of what native products work on. */
  private static final int COLUMNS = 1024;

  private static final int TILE_ROWS = 128;

  /** What is done with a tile, before the bias is added. */
  @FunctionalInterface
  interface Body {
    void accept(Block block, Tile tile, Matrix logits, Scratch scratch);
  }

  /**
   * Some columns.
   *
   * @param index of the block
   * @param from the first column
   * @param columns how many
   */
  record Block(int index, int from, int columns) {
    boolean has(int token) {
      return token >= from && token < from + columns;
    }
  }

  /** Some rows. */
  record Tile(int from, int to) {
    int rows() {
      return to - from;
    }
  }

  static boolean suit(int vocabulary) {
    return vocabulary > LARGE_VOCABULARY;
  }

  int vocabulary() {
    return weights.dim(1);
  }

  int hidden() {
    return weights.dim(0);
  }

  int blocks() {
    return (vocabulary() + COLUMNS - 1) / COLUMNS;
  }

  Block block(int index) {
    int from = index * COLUMNS;
    return new Block(index, from, Math.min(COLUMNS, vocabulary() - from));
  }

  int tiles() {
    return (rows + TILE_ROWS - 1) / TILE_ROWS;
  }

  Tile tile(int index) {
    int from = index * TILE_ROWS;
    return new Tile(from, Math.min(rows, from + TILE_ROWS));
  }

  /** Shares out all tiles of all blocks: those of a block after one another. */
  void forEach(Body body) {
    engine
        .workers()
        .forEach(
            blocks() * tiles(),
            (i, scratch) -> {
              Block block = block(i / tiles());
              Tile tile = tile(i % tiles());
              body.accept(block, tile, multiply(block, tile, scratch), scratch);
            });
  }

  /** The logits of a tile before the bias is added, on the calling thread, in its first tile. */
  Matrix multiply(Block block, Tile tile, Scratch scratch) {
    Matrix logits = scratch.tile(0, TILE_ROWS * COLUMNS).matrix(block.columns());
    engine
        .gemm()
        .multiply(
            h.from(tile.from(), 0),
            false,
            LinearLayer.matrix(weights).from(0, block.from()),
            false,
            logits,
            new Gemm.Size(tile.rows(), block.columns(), hidden()),
            0f);
    return logits;
  }

  /** The bias of a block, on the heap in the given slot. */
  float[] loadBias(Block block, int slot, Scratch scratch) {
    float[] values = scratch.heap(slot, COLUMNS);
    Dl4jTensor.region(bias).load(block.from(), values, 0, block.columns());
    return values;
  }
}

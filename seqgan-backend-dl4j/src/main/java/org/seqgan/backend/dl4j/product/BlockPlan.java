package org.seqgan.backend.dl4j.product;

/**
 * How a matrix product is cut into blocks of the result, along its rows or its columns. The cut
 * depends on the sizes alone, so that results do not depend on the number of threads; the sum over
 * k is never cut.
 *
 * @param size the whole product
 * @param alongColumns whether blocks are ranges of columns, else of rows
 * @param length rows or columns of a block; the last may have fewer
 */
public record BlockPlan(Gemm.Size size, boolean alongColumns, int length) {
  /** Below this many operations a block is not worth handing to another thread. */
  private static final double LEAST_OPERATIONS = 4e6;

  /** What a call of a native product takes, in operations that it could do in that time. */
  private static final double OPERATIONS_OF_A_CALL = 3e4;

  /** Enough for balance among many threads; more would pack operands again and again. */
  private static final int MOST_BLOCKS = 16;

  /**
   * Of a block's rows. A native product of many more adds up its terms in another order, and a
   * row's result is to depend on that row alone.
   */
  private static final int MOST_ROWS = 256;

  /** Native kernels work on tiles of 48 columns and 8 rows. */
  private static final int COLUMN_GRAIN = 48;

  private static final int ROW_GRAIN = 8;

  /** Cuts along the longer side. */
  public static BlockPlan of(Gemm.Size size) {
    return size.n() > size.m() ? columns(size) : rows(size);
  }

  /** How many products of one size, each too small for several blocks, are worth one block. */
  public static int productsOfABlock(Gemm.Size size) {
    double each = size.operations() + OPERATIONS_OF_A_CALL;
    return (int) Math.max(1, LEAST_OPERATIONS / each);
  }

  public static BlockPlan rows(Gemm.Size size) {
    return new BlockPlan(size, false, Math.min(MOST_ROWS, length(size, size.m(), ROW_GRAIN)));
  }

  public static BlockPlan columns(Gemm.Size size) {
    return new BlockPlan(size, true, length(size, size.n(), COLUMN_GRAIN));
  }

  public int blocks() {
    int whole = alongColumns ? size.n() : size.m();
    return (whole + length - 1) / length;
  }

  public Block block(int index) {
    int from = index * length;
    if (alongColumns) {
      return new Block(0, from, size.m(), Math.min(length, size.n() - from));
    }
    return new Block(from, 0, Math.min(length, size.m() - from), size.n());
  }

  private static int length(Gemm.Size size, int whole, int grain) {
    int blocks = (int) Math.max(1, Math.min(MOST_BLOCKS, size.operations() / LEAST_OPERATIONS));
    int even = Math.max(1, (whole + blocks - 1) / blocks);
    return (even + grain - 1) / grain * grain;
  }

  /** A part of the result. */
  public record Block(int row, int column, int rows, int columns) {}
}

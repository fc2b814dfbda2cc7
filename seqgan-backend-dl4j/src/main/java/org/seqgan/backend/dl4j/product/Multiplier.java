package org.seqgan.backend.dl4j.product;

import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.FloatRegion.Matrix;
import org.seqgan.backend.dl4j.memory.NativeMemory;

/**
 * Matrix products in one {@link Precision}, with results in float32. Operands are prepared once and
 * then multiplied block by block, each product on the calling thread.
 *
 * <p>Thread-safe.
 */
public interface Multiplier extends AutoCloseable {
  /** What it multiplies in. */
  Precision precision();

  /**
   * How many floats of memory {@link #prepare} needs for a matrix; 0 if it takes the matrix as it
   * is.
   */
  int preparedFloats(int rows, int columns);

  /**
   * RowOperations {@code fromRow} to {@code toRow} of a matrix, converted into memory where that is
   * needed. Different rows may be prepared by different threads.
   *
   * @param matrix in float32
   * @param fromRow the first row to convert
   * @param toRow where to stop
   * @param columns of the matrix
   * @param memory {@link #preparedFloats} floats
   */
  void prepare(Matrix matrix, int fromRow, int toRow, int columns, FloatRegion memory);

  /** A whole matrix that was prepared. */
  Operand operand(Matrix matrix, int columns, FloatRegion memory);

  /**
   * {@code C = op(A) op(B)}, added to what C holds if {@code accumulate}.
   *
   * @param size m, n and k, at least 1
   */
  void multiply(
      Operand a,
      boolean transposeA,
      Operand b,
      boolean transposeB,
      Matrix c,
      Gemm.Size size,
      boolean accumulate);

  @Override
  void close();

  /** A row-major matrix that is ready to be multiplied. */
  sealed interface Operand permits Operand.Float32, Operand.Bf16 {
    /** The matrix that begins at an element. */
    Operand from(int row, int column);

    /** Float32, as it is. */
    record Float32(Matrix matrix) implements Operand {
      @Override
      public Operand from(int row, int column) {
        return new Float32(matrix.from(row, column));
      }
    }

    /**
     * Bfloat16, two to a float of memory.
     *
     * @param memory where it is
     * @param offset of its first element in the memory, in bfloat16 numbers
     * @param stride from row to row
     */
    record Bf16(NativeMemory memory, int offset, int stride) implements Operand {
      @Override
      public Operand from(int row, int column) {
        return new Bf16(memory, offset + row * stride + column, stride);
      }
    }
  }
}

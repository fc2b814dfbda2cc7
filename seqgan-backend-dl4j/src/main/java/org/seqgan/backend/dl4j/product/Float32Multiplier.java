package org.seqgan.backend.dl4j.product;

import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.FloatRegion.Matrix;

/** Float32 products, by {@link Gemm}. */
public record Float32Multiplier(Gemm gemm) implements Multiplier {
  @Override
  public Precision precision() {
    return Precision.FLOAT32;
  }

  @Override
  public int preparedFloats(int rows, int columns) {
    return 0;
  }

  @Override
  public void prepare(Matrix matrix, int fromRow, int toRow, int columns, FloatRegion memory) {}

  @Override
  public Operand operand(Matrix matrix, int columns, FloatRegion memory) {
    return new Operand.Float32(matrix);
  }

  @Override
  public void multiply(
      Operand a,
      boolean transposeA,
      Operand b,
      boolean transposeB,
      Matrix c,
      Gemm.Size size,
      boolean accumulate) {
    gemm.multiply(
        ((Operand.Float32) a).matrix(),
        transposeA,
        ((Operand.Float32) b).matrix(),
        transposeB,
        c,
        size,
        accumulate ? 1f : 0f);
  }

  @Override
  public void close() {}
}

package org.seqgan.backend.dl4j.operation;

import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.product.Multiplier;

/** Prepares whole tensors for {@link Multiplier}, all threads working. */
final class Operands {
  private static final int BLOCK_FLOATS = 1 << 16;

  private final Engine engine;

  Operands(Engine engine) {
    this.engine = engine;
  }

  /** The rows of a tensor, whose numbers must not change while the operand is in use. */
  Multiplier.Operand of(TensorScope scope, Tensor tensor) {
    int columns = tensor.dim(tensor.rank() - 1);
    int rows = columns == 0 ? 0 : tensor.size() / columns;
    Multiplier multiplier = engine.multiplier();
    FloatRegion.Matrix matrix = LinearLayer.matrix(tensor);
    int floats = multiplier.preparedFloats(rows, columns);
    if (floats == 0) {
      return multiplier.operand(matrix, columns, matrix.region());
    }
    FloatRegion memory = Dl4jTensor.region(scope.allocate(floats));
    int rowsPerBlock = Math.max(1, BLOCK_FLOATS / columns);
    engine
        .workers()
        .forEach(
            (rows + rowsPerBlock - 1) / rowsPerBlock,
            (block, scratch) -> {
              int from = block * rowsPerBlock;
              int to = Math.min(rows, from + rowsPerBlock);
              multiplier.prepare(matrix, from, to, columns, memory);
            });
    return multiplier.operand(matrix, columns, memory);
  }
}

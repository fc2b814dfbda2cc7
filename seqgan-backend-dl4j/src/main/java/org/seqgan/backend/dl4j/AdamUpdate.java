package org.seqgan.backend.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.backend.AdamSettings;
import org.seqgan.api.backend.AdamSlot;

/**
 * One Adam step over all parameters: the norm of all gradients, then clipping and update in one
 * pass over memory. Partial sums of the norm are combined in the order of the blocks.
 */
final class AdamUpdate {
  /** Floats of a block: enough work for a thread to wake up for. */
  private static final int BLOCK = 1 << 16;

  /** Floats of the four arrays together fill half of a second-level cache. */
  private static final int PIECE = 8_192;

  private final Engine engine;

  AdamUpdate(Engine engine) {
    this.engine = engine;
  }

  /** The numbers that are the same for every parameter. */
  record Coefficients(
      float gradientScale, float stepSize, float beta1, float beta2, float epsilon) {}

  private record Part(AdamSlot slot, int from, int count) {}

  /** Changes parameters and moments in place, and returns the norm before clipping. */
  float apply(List<AdamSlot> slots, AdamSettings settings, long step) {
    List<Part> parts = parts(slots);
    float norm = (float) Math.sqrt(sumOfSquares(parts));
    Coefficients coefficients = coefficients(settings, step, norm);
    engine
        .workers()
        .forEach(parts.size(), (i, scratch) -> update(parts.get(i), coefficients, scratch));
    return norm;
  }

  private static List<Part> parts(List<AdamSlot> slots) {
    List<Part> parts = new ArrayList<>();
    for (AdamSlot slot : slots) {
      int size = slot.parameter().size();
      for (int from = 0; from < size; from += BLOCK) {
        parts.add(new Part(slot, from, Math.min(BLOCK, size - from)));
      }
    }
    return parts;
  }

  private static Coefficients coefficients(AdamSettings settings, long step, float norm) {
    double correction1 = 1 - Math.pow(settings.beta1(), (double) step);
    double correction2 = 1 - Math.pow(settings.beta2(), (double) step);
    boolean clipped = settings.clipNorm() > 0 && norm > settings.clipNorm();
    return new Coefficients(
        clipped ? settings.clipNorm() / norm : 1f,
        (float) (settings.learningRate() * Math.sqrt(correction2) / correction1),
        settings.beta1(),
        settings.beta2(),
        settings.epsilon());
  }

  private double sumOfSquares(List<Part> parts) {
    double[] sums = new double[parts.size()];
    engine
        .workers()
        .forEach(parts.size(), (i, scratch) -> sums[i] = sumOfSquares(parts.get(i), scratch));
    double total = 0;
    for (double sum : sums) {
      total += sum;
    }
    return total;
  }

  private double sumOfSquares(Part part, Scratch scratch) {
    FloatRegion gradient = Dl4jTensor.region(part.slot().gradient());
    float[] piece = scratch.heap(0, PIECE);
    double sum = 0;
    for (int done = 0; done < part.count(); done += PIECE) {
      int count = Math.min(PIECE, part.count() - done);
      gradient.load(part.from() + done, piece, 0, count);
      sum += engine.kernels().sumOfSquares(piece, 0, count);
    }
    return sum;
  }

  private void update(Part part, Coefficients coefficients, Scratch scratch) {
    FloatRegion parameter = Dl4jTensor.region(part.slot().parameter());
    FloatRegion gradient = Dl4jTensor.region(part.slot().gradient());
    FloatRegion first = Dl4jTensor.region(part.slot().firstMoment());
    FloatRegion second = Dl4jTensor.region(part.slot().secondMoment());
    float[] p = scratch.heap(0, PIECE);
    float[] g = scratch.heap(1, PIECE);
    float[] m = scratch.heap(2, PIECE);
    float[] v = scratch.heap(3, PIECE);
    for (int done = 0; done < part.count(); done += PIECE) {
      int at = part.from() + done;
      int count = Math.min(PIECE, part.count() - done);
      parameter.load(at, p, 0, count);
      gradient.load(at, g, 0, count);
      first.load(at, m, 0, count);
      second.load(at, v, 0, count);
      engine.kernels().adam(coefficients, p, g, m, v, count);
      parameter.store(at, p, 0, count);
      first.store(at, m, 0, count);
      second.store(at, v, 0, count);
    }
  }
}

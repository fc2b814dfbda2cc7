package org.seqgan.backend.dl4j.operation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.random.RandomDraws;
import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.Scratch;

/**
 * Element-wise primitives: blocks of fixed size go through the heap, where they fit the second
 * cache level.
 */
public final class Elementwise {
  /** Floats of a block: 64 KiB. */
  static final int BLOCK = 16_384;

  private final Engine engine;

  /** The mask of the last dropout, which the backward pass asks for again. */
  private float[] mask = new float[0];

  private @Nullable RandomDraws maskDraws;
  private float maskKeep;

  public Elementwise(Engine engine) {
    this.engine = engine;
  }

  /** Changes one block of an array, whose first element is number {@code first} of the tensor. */
  @FunctionalInterface
  private interface BlockFunction {
    void apply(float[] block, int first, int count, Scratch scratch);
  }

  public void unary(UnaryOperation operation, FloatRegion a, FloatRegion out, int size) {
    transform(
        a,
        out,
        size,
        (block, first, count, scratch) -> engine.kernels().unary(operation, block, 0, count));
  }

  /** {@code b} is repeated as often as it goes into a. */
  public void binary(
      BinaryOperation operation,
      FloatRegion a,
      FloatRegion b,
      int sizeOfB,
      FloatRegion out,
      int size) {
    transform(
        a,
        out,
        size,
        (block, first, count, scratch) -> {
          float[] other = scratch.heap(1, count);
          loadRepeated(b, sizeOfB, first, other, count);
          engine.kernels().binary(operation, block, 0, other, 0, count);
        });
  }

  public void affine(FloatRegion a, float scale, float shift, FloatRegion out, int size) {
    transform(
        a,
        out,
        size,
        (block, first, count, scratch) -> engine.kernels().affine(block, 0, scale, shift, count));
  }

  /** {@code out += scale * a}. */
  public void addScaled(FloatRegion a, float scale, FloatRegion out, int size) {
    transform(
        out,
        out,
        size,
        (block, first, count, scratch) -> {
          float[] added = scratch.heap(1, count);
          a.load(first, added, 0, count);
          engine.kernels().addScaled(added, 0, scale, block, 0, count);
        });
  }

  public void fill(FloatRegion out, int size, float value) {
    engine
        .workers()
        .forEach(
            blocks(size),
            (i, scratch) ->
                engine.fill(out, i * BLOCK, Math.min(BLOCK, size - i * BLOCK), value, scratch));
  }

  public void copy(FloatRegion a, FloatRegion out, int size) {
    out.copyFrom(0, a, 0, size);
  }

  public void uniform(RandomDraws draws, FloatRegion out) {
    engine
        .workers()
        .forEach(
            blocks(draws.count()),
            (i, scratch) -> {
              int first = i * BLOCK;
              int count = Math.min(BLOCK, draws.count() - first);
              float[] block = scratch.heap(0, count);
              draws.slice(first, first + count).fill(block, 0);
              out.store(first, block, 0, count);
            });
  }

  /** Inverted dropout, see {@link org.seqgan.api.operation.Dropout}. */
  void dropout(FloatRegion x, float keep, RandomDraws draws, FloatRegion out) {
    if (!draws.equals(maskDraws) || keep != maskKeep) {
      drawMask(draws, keep);
    }
    float[] factors = mask;
    transform(
        x,
        out,
        draws.count(),
        (block, first, count, scratch) ->
            engine.kernels().binary(BinaryOperation.MULTIPLY, block, 0, factors, first, count));
  }

  /** What each number is multiplied with: 1 / keep, or 0. */
  private void drawMask(RandomDraws draws, float keep) {
    int size = draws.count();
    if (mask.length < size) {
      mask = new float[size];
    }
    float[] target = mask;
    engine
        .workers()
        .forEach(
            blocks(size),
            (i, scratch) -> {
              int first = i * BLOCK;
              int count = Math.min(BLOCK, size - first);
              float[] limit = scratch.heap(0, count);
              draws.slice(first, first + count).fill(target, first);
              Arrays.fill(limit, 0, count, keep);
              engine.kernels().binary(BinaryOperation.LESS, target, first, limit, 0, count);
              engine.kernels().affine(target, first, 1f / keep, 0f, count);
            });
    maskDraws = draws;
    maskKeep = keep;
  }

  private void transform(FloatRegion a, FloatRegion out, int size, BlockFunction function) {
    engine
        .workers()
        .forEach(
            blocks(size),
            (i, scratch) -> {
              int first = i * BLOCK;
              int count = Math.min(BLOCK, size - first);
              float[] block = scratch.heap(0, count);
              a.load(first, block, 0, count);
              function.apply(block, first, count, scratch);
              out.store(first, block, 0, count);
            });
  }

  private static void loadRepeated(FloatRegion b, int size, int first, float[] target, int count) {
    for (int done = 0; done < count; ) {
      int from = (first + done) % size;
      int run = Math.min(size - from, count - done);
      b.load(from, target, done, run);
      done += run;
    }
  }

  private static int blocks(int size) {
    return (size + BLOCK - 1) / BLOCK;
  }
}

package org.seqgan.backend.dl4j.operation;

import java.util.Arrays;
import java.util.function.Consumer;
import org.seqgan.backend.dl4j.kernel.Kernels;
import org.seqgan.backend.dl4j.memory.FloatRegion;
import org.seqgan.backend.dl4j.memory.MemoryPool;
import org.seqgan.backend.dl4j.memory.NativeMemory;
import org.seqgan.backend.dl4j.memory.Scratch;
import org.seqgan.backend.dl4j.memory.Workers;
import org.seqgan.backend.dl4j.product.Gemm;
import org.seqgan.backend.dl4j.product.Multiplier;

/**
 * What every operation works with.
 *
 * @param pool memory for temporaries
 * @param workers the threads
 * @param kernels element-wise loops
 * @param gemm matrix products
 * @param multiplier matrix products of a discriminator, in the precision that was asked for
 */
public record Engine(
    MemoryPool pool, Workers workers, Kernels kernels, Gemm gemm, Multiplier multiplier) {
  /** Runs a body with temporary native memory, given back afterwards. */
  void withTemporary(int floats, Consumer<FloatRegion> body) {
    NativeMemory memory = pool.take(floats);
    try {
      body.accept(new FloatRegion(memory, 0));
    } finally {
      pool.giveBack(memory);
    }
  }

  /** Sets a part of a region. Not shared out among threads. */
  void fill(FloatRegion region, int from, int count, float value, Scratch scratch) {
    int piece = Math.min(count, Elementwise.BLOCK);
    float[] values = scratch.heap(0, piece);
    Arrays.fill(values, 0, piece, value);
    for (int done = 0; done < count; done += piece) {
      region.store(from + done, values, 0, Math.min(piece, count - done));
    }
  }
}

package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import java.util.Optional;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.Tensor;

/** Matrix products in float32: {@code products.cu}. */
final class Products {
  private static final int TILE = 64; // as in the kernel
  private static final int DEPTH = 16; // as in the kernel
  private static final int THREADS = 256; // as in the kernel

  /**
   * So many blocks keep a large device busy. Not this device: the order of a sum, and with it the
   * bits of a result, shall not depend on it.
   */
  private static final int ENOUGH_BLOCKS = 256;

  /** Parts of a sum are not worth their own blocks below so many terms each. */
  private static final int SHORTEST_PART = 64;

  private final Engine engine;

  Products(Engine engine) {
    this.engine = engine;
  }

  /** A and B of a product as they lie in memory. */
  record Factors(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
    int rows() {
      return a.dim(transposeA ? 1 : 0);
    }

    int depth() {
      return a.dim(transposeA ? 0 : 1);
    }

    int columns() {
      return b.dim(transposeB ? 0 : 1);
    }

    private String kernel() {
      return "matmul_" + (transposeA ? 't' : 'n') + (transposeB ? 't' : 'n');
    }
  }

  /** {@code out = A B}, or {@code out += A B}. */
  void multiply(Factors factors, Tensor out, boolean accumulate) {
    multiply(factors, Optional.empty(), Activation.IDENTITY, out, accumulate);
  }

  /** {@code out = activation(A B + bias)}. */
  void linear(Factors factors, Tensor bias, Activation activation, Tensor out) {
    multiply(factors, Optional.of(bias), activation, out, false);
  }

  private void multiply(
      Factors factors,
      Optional<Tensor> bias,
      Activation activation,
      Tensor out,
      boolean accumulate) {
    int words = out.size();
    long biasAddress = bias.map(DeviceMemory::address).orElse(0L);
    int depth = depthOfPart(factors);
    int parts = Math.max(1, Engine.ceil(factors.depth(), depth));
    if (parts == 1) {
      launch(factors, biasAddress, address(out), depth, accumulate, activation);
      return;
    }
    engine.withScratch(
        (long) parts * words,
        scratch -> {
          launch(factors, 0, scratch, depth, false, Activation.IDENTITY);
          engine
              .launchEach("combine_parts", words, out)
              .with(scratch)
              .with(parts)
              .with(biasAddress)
              .with(factors.columns())
              .with(address(out))
              .with(words)
              .with(accumulate ? 1 : 0)
              .with(activation.ordinal())
              .run();
        });
  }

  private void launch(
      Factors factors, long bias, long out, int depth, boolean accumulate, Activation activation) {
    engine
        .launch(factors.kernel(), factors.a(), factors.b())
        .grid(
            Engine.ceil(factors.columns(), TILE),
            Engine.ceil(factors.rows(), TILE),
            Math.max(1, Engine.ceil(factors.depth(), depth)))
        .block(THREADS)
        .with(address(factors.a()))
        .with(address(factors.b()))
        .with(bias)
        .with(out)
        .with(factors.rows())
        .with(factors.columns())
        .with(factors.depth())
        .with(depth)
        .with(accumulate ? 1 : 0)
        .with(activation.ordinal())
        .run();
  }

  /** How many terms of a sum one block adds: all of them where there are tiles enough. */
  private static int depthOfPart(Factors factors) {
    int k = factors.depth();
    int tiles = Engine.ceil(factors.rows(), TILE) * Engine.ceil(factors.columns(), TILE);
    int parts =
        Math.min(Engine.ceil(ENOUGH_BLOCKS, Math.max(1, tiles)), Math.max(1, k / SHORTEST_PART));
    return Math.max(1, Engine.ceil(Engine.ceil(k, parts), DEPTH)) * DEPTH;
  }
}

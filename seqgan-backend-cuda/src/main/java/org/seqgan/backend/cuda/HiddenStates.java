package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import org.seqgan.api.backend.Tensor;
import org.seqgan.backend.cuda.driver.Launch;

/**
 * Rows {@code [n, H]} and what maps them to the logits of tokens, for the kernels of {@code
 * tokens.cu}: none of them has all logits in memory.
 *
 * @param h {@code [n, H]}
 * @param weights {@code [H, V]}
 * @param bias {@code [V]}
 */
record HiddenStates(Tensor h, Tensor weights, Tensor bias) {
  private static final int ROWS = 8; // as in the kernels
  private static final int THREADS = 128; // as in the kernels
  private static final int SEGMENT = 128; // as in the kernels

  int rows() {
    return h.dim(0);
  }

  int vocabulary() {
    return weights.dim(1);
  }

  /** Whether a block's rows, and two numbers for each of their segments of tokens, have room. */
  boolean fit() {
    return vocabulary() > 0 && sharedBytes() <= Engine.SHARED_BYTES;
  }

  private long sharedBytes() {
    return 4L * ROWS * (h.dim(1) + 2L * Engine.ceil(vocabulary(), SEGMENT));
  }

  /** Begins a launch with what all these kernels begin with. */
  Launch launch(Engine engine, String kernel) {
    return engine
        .launch(kernel, h, weights)
        .grid(Engine.ceil(rows(), ROWS))
        .block(THREADS)
        .shared((int) sharedBytes())
        .with(address(h))
        .with(address(weights))
        .with(address(bias))
        .with(rows())
        .with(h.dim(1))
        .with(vocabulary());
  }
}

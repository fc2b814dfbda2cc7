package org.seqgan.backend.dl4j.product;

import org.seqgan.backend.dl4j.memory.FloatRegion;

/**
 * A single-threaded product of row-major float32 matrices: {@code C[m, n] = A[m, k] B[k, n] + beta
 * C}. A is stored as [k, m], and B as [n, k], where it is to be transposed.
 *
 * <p>Thread-safe.
 */
public interface Gemm {
  /** The library and its version. */
  String description();

  /** Computes one product; m, n and k are at least 1. */
  void multiply(
      FloatRegion.Matrix a,
      boolean transposeA,
      FloatRegion.Matrix b,
      boolean transposeB,
      FloatRegion.Matrix c,
      Size size,
      float beta);

  /**
   * The sizes of a product.
   *
   * @param m rows of C
   * @param n columns of C
   * @param k the length of each sum
   */
  public record Size(int m, int n, int k) {
    double operations() {
      return 2.0 * m * n * k;
    }
  }
}

package org.seqgan.backend.dl4j.product;

import org.bytedeco.openblas.global.openblas_nolapack;
import org.seqgan.backend.dl4j.memory.FloatRegion;

/** OpenBLAS's {@code cblas_sgemm}, single-threaded: for platforms without oneDNN. */
final class OpenBlasGemm implements Gemm {
  private static final int ROW_MAJOR = openblas_nolapack.CblasRowMajor;
  private static final int PLAIN = openblas_nolapack.CblasNoTrans;
  private static final int TRANSPOSED = openblas_nolapack.CblasTrans;

  /** Loads the library; a {@link LinkageError} if it is not there. */
  OpenBlasGemm() {
    openblas_nolapack.blas_set_num_threads(1);
  }

  @Override
  public String description() {
    return openblas_nolapack.OPENBLAS_VERSION.trim();
  }

  @Override
  public void multiply(
      FloatRegion.Matrix a,
      boolean transposeA,
      FloatRegion.Matrix b,
      boolean transposeB,
      FloatRegion.Matrix c,
      Size size,
      float beta) {
    openblas_nolapack.cblas_sgemm(
        ROW_MAJOR,
        transposeA ? TRANSPOSED : PLAIN,
        transposeB ? TRANSPOSED : PLAIN,
        size.m(),
        size.n(),
        size.k(),
        1f,
        a.at(0, 0),
        a.stride(),
        b.at(0, 0),
        b.stride(),
        beta,
        c.at(0, 0),
        c.stride());
  }
}

package org.seqgan.backend.dl4j.product;

import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.seqgan.backend.dl4j.memory.FloatRegion;

/** oneDNN's {@code dnnl_sgemm}: the fastest here, where its library exists for the platform. */
public final class OneDnnGemm implements Gemm {
  private final String description;

  /** Loads the library; a {@link LinkageError} if it is not there. */
  public OneDnnGemm() {
    dnnl_version_t version = dnnl.dnnl_version();
    description = "oneDNN " + version.major() + "." + version.minor() + "." + version.patch();
  }

  @Override
  public String description() {
    return description;
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
    int status =
        dnnl.dnnl_sgemm(
            transpose(transposeA),
            transpose(transposeB),
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
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException(
          "dnnl_sgemm failed with status " + status + " for " + size + " (dl4j)");
    }
  }

  private static byte transpose(boolean transpose) {
    return (byte) (transpose ? 'T' : 'N');
  }
}

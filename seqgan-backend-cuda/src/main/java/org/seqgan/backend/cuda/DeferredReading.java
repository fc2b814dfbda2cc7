package org.seqgan.backend.cuda;

import org.jspecify.annotations.Nullable;
import org.seqgan.api.backend.Reading;
import org.seqgan.backend.cuda.driver.Download;

/** Numbers that the device copies while the host goes on. */
final class DeferredReading implements Reading {
  private final Download download;
  private final int size;
  private float @Nullable [] values;

  DeferredReading(Download download, int size) {
    this.download = download;
    this.size = size;
  }

  @Override
  public float[] get() {
    float[] taken = values;
    if (taken == null) {
      taken = new float[size];
      CudaBackend.good(download).into(taken, 0);
      values = taken;
    }
    return taken;
  }

  @Override
  public boolean isDone() {
    return values != null || download.isDone();
  }
}

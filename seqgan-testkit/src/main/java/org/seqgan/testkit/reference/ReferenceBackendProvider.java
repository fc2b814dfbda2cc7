package org.seqgan.testkit.reference;

import java.util.List;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.backend.Availability;
import org.seqgan.api.backend.BackendProvider;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.plugin.About;

/** Opens {@link ReferenceBackend}, named {@code reference}. */
public final class ReferenceBackendProvider implements BackendProvider<ReferenceOptions> {
  @Override
  public About<ReferenceOptions> about() {
    return new About<>(
        ReferenceBackend.NAME,
        "plain Java loops on one thread: slow and obvious, for tests",
        ReferenceOptions.class,
        ApiVersion.CURRENT);
  }

  @Override
  public Availability availability(ReferenceOptions options) {
    return new Availability.Available(
        List.of("Java " + Runtime.version().feature() + ", one thread, no native library"));
  }

  @Override
  public int preference() {
    return 0;
  }

  @Override
  public TensorBackend open(ReferenceOptions options) {
    return new ReferenceBackend(options);
  }
}

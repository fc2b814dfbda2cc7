package org.seqgan.testkit.reference;

import java.util.List;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.backend.Availability;
import org.seqgan.api.backend.BackendProvider;
import org.seqgan.api.backend.TensorBackend;

/** Opens {@link ReferenceBackend}, named {@code reference}. */
public final class ReferenceBackendProvider implements BackendProvider<ReferenceOptions> {
  @Override
  public String name() {
    return ReferenceBackend.NAME;
  }

  @Override
  public String description() {
    return "plain Java loops on one thread: slow and obvious, for tests";
  }

  @Override
  public int apiVersion() {
    return ApiVersion.CURRENT;
  }

  @Override
  public Class<ReferenceOptions> optionsType() {
    return ReferenceOptions.class;
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

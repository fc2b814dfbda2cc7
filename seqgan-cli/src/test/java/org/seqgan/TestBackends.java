package org.seqgan;

import java.util.stream.Stream;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.testkit.reference.ReferenceBackendProvider;
import org.seqgan.testkit.reference.ReferenceOptions;

/** The backends that reference cases run on. */
public final class TestBackends {
  private TestBackends() {}

  public static Stream<String> names() {
    return Stream.of("reference");
  }

  public static TensorBackend open(String name) {
    return new ReferenceBackendProvider().open(new ReferenceOptions(new ByteSize(1 << 28)));
  }
}

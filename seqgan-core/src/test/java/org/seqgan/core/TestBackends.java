package org.seqgan.core;

import java.util.stream.Stream;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.backend.dl4j.Dl4jBackendProvider;
import org.seqgan.backend.dl4j.Dl4jOptions;
import org.seqgan.testkit.reference.ReferenceBackendProvider;
import org.seqgan.testkit.reference.ReferenceOptions;

/** The backends that reference cases run on. */
public final class TestBackends {
  private TestBackends() {}

  /** Their names. */
  public static Stream<String> names() {
    return Stream.of("reference", "dl4j");
  }

  /** Opens one of them. */
  public static TensorBackend open(String name) {
    return switch (name) {
      case "reference" ->
          new ReferenceBackendProvider().open(new ReferenceOptions(new ByteSize(1 << 28)));
      case "dl4j" -> new Dl4jBackendProvider().open(Dl4jOptions.withThreads(2));
      default -> throw new IllegalArgumentException(name);
    };
  }
}

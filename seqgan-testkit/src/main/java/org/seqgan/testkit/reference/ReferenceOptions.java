package org.seqgan.testkit.reference;

import org.seqgan.api.plugin.ByteSize;
import org.seqgan.api.plugin.Option;

/**
 * Options of the reference backend.
 *
 * @param memory what temporaries may take; see {@link
 *     org.seqgan.api.backend.TensorBackend#budgetBytes()}
 */
public record ReferenceOptions(
    @Option(description = "memory for temporaries; batches are cut to fit", defaultValue = "256m")
        ByteSize memory) {

  /** The defaults. */
  public static ReferenceOptions defaults() {
    return new ReferenceOptions(new ByteSize(256L << 20));
  }
}

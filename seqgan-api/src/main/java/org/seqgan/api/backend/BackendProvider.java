package org.seqgan.api.backend;

import org.seqgan.api.plugin.Provider;

/** Finds and opens a tensor backend. */
public interface BackendProvider<O extends Record> extends Provider<O> {
  /**
   * Whether this backend can run here. May load native libraries; never throws, and never falls
   * back to something else.
   */
  Availability availability(O options);

  /**
   * How much {@code backend = auto} prefers this backend where it is available: the highest wins. A
   * reference backend returns 0, a CPU backend 100, an accelerator 200.
   */
  int preference();

  /**
   * Opens the backend.
   *
   * @throws org.seqgan.api.UserException if it cannot run here, with the reason
   */
  TensorBackend open(O options);
}

package org.seqgan.testkit;

import org.seqgan.api.backend.FusedOperations;
import org.seqgan.api.backend.TensorBackend;

/** A backend's primitives without its fused operations: everything else is composed of them. */
final class PrimitivesOnly {
  private PrimitivesOnly() {}

  static TensorBackend of(TensorBackend backend) {
    return BackendProxy.of(
        backend,
        (method, arguments, onward) ->
            method.getName().equals("fused") ? FusedOperations.none() : onward.answer());
  }
}

package org.seqgan.testkit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.seqgan.api.backend.FusedOperations;
import org.seqgan.api.backend.TensorBackend;

/** A backend's primitives without its fused operations: everything else is composed of them. */
final class PrimitivesOnly {
  private PrimitivesOnly() {}

  static TensorBackend of(TensorBackend backend) {
    return (TensorBackend)
        Proxy.newProxyInstance(
            TensorBackend.class.getClassLoader(),
            new Class<?>[] {TensorBackend.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "fused" -> FusedOperations.none();
                  // The scope must belong to the proxy, or its operations would be the backend's.
                  case "openScope" -> InvocationHandler.invokeDefault(proxy, method, arguments);
                  default -> {
                    try {
                      yield method.invoke(backend, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  }
                });
  }
}

package org.seqgan.testkit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.backend.TensorBackend;

/** A backend that hands its calls on to another, past somebody who may answer otherwise. */
final class BackendProxy {
  /** Answers a call, or hands it on. */
  @FunctionalInterface
  interface Between {
    /**
     * Answers a call.
     *
     * @param method of {@link TensorBackend}
     * @param arguments null where there are none
     * @param onward has the backend answer it
     */
    @Nullable Object answer(Method method, Object @Nullable [] arguments, Onward onward)
        throws Throwable;
  }

  /** Hands a call on to the backend. */
  @FunctionalInterface
  interface Onward {
    @Nullable Object answer() throws Throwable;
  }

  private BackendProxy() {}

  static TensorBackend of(TensorBackend backend, Between between) {
    return (TensorBackend)
        Proxy.newProxyInstance(
            TensorBackend.class.getClassLoader(),
            new Class<?>[] {TensorBackend.class},
            (proxy, method, arguments) ->
                method.getName().equals("openScope")
                    // The scope must belong to the proxy, or its calls would be the backend's.
                    ? InvocationHandler.invokeDefault(proxy, method, arguments)
                    : between.answer(method, arguments, () -> handOn(backend, method, arguments)));
  }

  private static @Nullable Object handOn(
      TensorBackend backend, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(backend, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}

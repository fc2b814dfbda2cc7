package org.seqgan.core.run;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The signals that ask a process to stop. */
public enum StopSignal {
  /** From the keyboard: SIGINT. */
  INTERRUPT("INT", 2),
  /** From a polite kill, as init systems and schedulers send it: SIGTERM. */
  TERMINATE("TERM", 15);

  private static final int EXIT_CODE_OF_SIGNALS = 128;

  private final String name;
  private final int number;

  StopSignal(String name, int number) {
    this.name = name;
    this.number = number;
  }

  /** What a process ends with that such a signal has ended, as shells count. */
  public int exitCode() {
    return EXIT_CODE_OF_SIGNALS + number;
  }

  /** Whether a process that ended with this exit code was ended by such a signal. */
  public static boolean ended(int exitCode) {
    return Arrays.stream(values()).anyMatch(signal -> signal.exitCode() == exitCode);
  }

  /** Puts back what was done with a signal before. */
  @FunctionalInterface
  interface Restore {
    void run();
  }

  /**
   * Calls something whenever the signal comes, on a thread of its own, in place of what was done
   * before. Where this virtual machine does not let its programs have the signal, as with {@code
   * -Xrs}, nothing is changed.
   *
   * <p>The class library has no interface for signals but that of the module {@code
   * jdk.unsupported}, which is there to be used until it has; by reflection, because the compiler
   * has a warning for every use that cannot be switched off.
   */
  Restore handle(Consumer<StopSignal> action) {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object signal = signalType.getConstructor(String.class).newInstance(name);
      InvocationHandler calls =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              action.accept(this);
              return null;
            }
            return ofObject(proxy, method.getName(), arguments);
          };
      Object handler =
          Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, calls);
      Object before = handle(signalType, handlerType, signal, handler);
      return () -> {
        try {
          handle(signalType, handlerType, signal, before);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException("what was set once can be set again", e);
        }
      };
    } catch (ReflectiveOperationException e) {
      return () -> {};
    }
  }

  private static Object handle(
      Class<?> signalType, Class<?> handlerType, Object signal, Object handler)
      throws ReflectiveOperationException {
    return signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
  }

  private static Object ofObject(Object proxy, String method, @Nullable Object[] arguments) {
    return switch (method) {
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> proxy == arguments[0];
      default -> "handler of a signal";
    };
  }
}

package org.seqgan.backend.dl4j.kernel;

import java.lang.reflect.InvocationTargetException;

/**
 * The module of the Vector API. It is an incubator module: the virtual machine does not load it by
 * itself, and for {@code --add-modules} it prints a warning that no option turns off. So it is
 * loaded here, when kernels are chosen, by the method that loads modules for agents; the boot
 * loader defines its classes, without which its loops would not be compiled to vectors.
 */
final class VectorModule {
  /** The option of the JVM that opens the way to that method. */
  static final String OPTION = "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED";

  /** What the module is called. */
  static final String NAME = "jdk.incubator.vector";

  private static final String LOADER = "jdk.internal.module.Modules";

  private VectorModule() {}

  /** Loads it where it is not loaded yet. Returns whether it is there. */
  static boolean load() {
    if (ModuleLayer.boot().findModule(NAME).isPresent()) {
      return true;
    }
    try {
      Class.forName(LOADER).getMethod("loadModule", String.class).invoke(null, NAME);
      return true;
    } catch (ReflectiveOperationException e) {
      // Without the option, or in an image without the module.
      if (e instanceof InvocationTargetException thrown
          && thrown.getCause() instanceof Error error) {
        throw error;
      }
      return false;
    }
  }
}

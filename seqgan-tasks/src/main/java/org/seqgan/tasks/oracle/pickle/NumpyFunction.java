package org.seqgan.tasks.oracle.pickle;

import java.util.Map;
import java.util.Optional;

/**
 * The names that a pickle of arrays asks for. This table is all that a pickle can reach: a name
 * that is not in it is an error, and no class is ever looked up.
 */
enum NumpyFunction implements PickleValue {
  /** Makes an empty array. */
  RECONSTRUCT,
  /** The class of arrays; an argument of {@link #RECONSTRUCT}, not called itself. */
  NDARRAY,
  /** Makes an element type. */
  DTYPE,
  /** Makes an array from bytes (protocol 5). */
  FROM_BUFFER,
  /** Makes bytes from text; Python 3 writes bytes so in protocols 0 to 2. */
  ENCODE,
  /** Makes no bytes; Python 3 writes empty bytes so in protocols 0 to 2. */
  BYTES;

  /** NumPy 1 says {@code numpy.core}, NumPy 2 {@code numpy._core}. */
  private static final Map<String, NumpyFunction> BY_NAME =
      Map.of(
          "numpy.core.multiarray._reconstruct", RECONSTRUCT,
          "numpy._core.multiarray._reconstruct", RECONSTRUCT,
          "numpy.ndarray", NDARRAY,
          "numpy.dtype", DTYPE,
          "numpy.core.numeric._frombuffer", FROM_BUFFER,
          "numpy._core.numeric._frombuffer", FROM_BUFFER,
          "_codecs.encode", ENCODE,
          "__builtin__.bytes", BYTES,
          "builtins.bytes", BYTES);

  /** The entry of a dotted name. */
  static Optional<NumpyFunction> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  @Override
  public String describe() {
    return switch (this) {
      case RECONSTRUCT -> "numpy._reconstruct";
      case NDARRAY -> "numpy.ndarray";
      case DTYPE -> "numpy.dtype";
      case FROM_BUFFER -> "numpy._frombuffer";
      case ENCODE -> "_codecs.encode";
      case BYTES -> "bytes";
    };
  }
}

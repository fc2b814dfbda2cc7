package org.seqgan.api.data;

import org.seqgan.api.UserException;
import org.seqgan.api.plugin.ByteSize;

/**
 * The size of an array that is about to be made. Sizes come from options and from files, whose
 * products no int holds: they are multiplied as long numbers, compared with what an array and the
 * Java heap can hold, and refused in one line that says how many would fit, before anything is
 * allocated.
 */
public final class ArraySize {
  /** The most elements of an array. */
  public static final int MOST = Integer.MAX_VALUE - 8;

  private ArraySize() {}

  /**
   * The number of elements, {@code count * each}.
   *
   * @param what what there are {@code count} of, for the message: an option such as {@code
   *     evaluation.samples}, or a word such as {@code sequences}
   * @param count at least 0
   * @param each elements for one of them, at least 0
   * @param bytes of an element, with what is made beside it
   * @throws UserException (configuration) if no array has as many elements; (environment) if the
   *     Java heap can never hold them
   */
  public static int of(String what, long count, long each, int bytes) {
    if (count < 0 || each < 0) {
      throw new IllegalArgumentException("%s: %d x %d is no size".formatted(what, count, each));
    }
    if (times(count, each) > MOST) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "%s: %,d times %,d numbers are more than one array holds; expected at most %,d, found %,d"
              .formatted(what, count, each, MOST / Math.max(1, each), count));
    }
    requireHeap(what, count, times(each, bytes));
    return (int) (count * each);
  }

  /**
   * Insists that the Java heap can hold something, were it empty.
   *
   * @param what what there are {@code count} of
   * @param count at least 0
   * @param bytesEach what one of them takes
   * @throws UserException (environment) if it cannot
   */
  public static void requireHeap(String what, long count, long bytesEach) {
    long heap = Runtime.getRuntime().maxMemory();
    long bytes = times(count, bytesEach);
    if (bytes > heap) {
      throw new UserException(
          UserException.Kind.ENVIRONMENT,
          "%s: %,d would take %s of memory, the Java heap may grow to %s; at most %,d would fit: lower it, or give Java more, such as SEQGAN_OPTS=-Xmx%dg"
              .formatted(
                  what,
                  count,
                  new ByteSize(bytes),
                  new ByteSize(heap),
                  heap / bytesEach,
                  (bytes >> 30) + (bytes >> 32) + 1));
    }
  }

  /** A product of numbers of at least 0; {@link Long#MAX_VALUE} where it is more. */
  public static long times(long... factors) {
    long product = 1;
    for (long factor : factors) {
      if (factor != 0 && product > Long.MAX_VALUE / factor) {
        product = Long.MAX_VALUE;
      } else {
        product *= factor;
      }
    }
    return product;
  }
}

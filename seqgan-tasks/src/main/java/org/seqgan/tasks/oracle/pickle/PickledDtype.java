package org.seqgan.tasks.oracle.pickle;

import java.nio.ByteOrder;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code numpy.dtype} while it is built: called with its code, such as "f4", then given a state
 * that holds the byte order (NumPy's {@code dtype.__reduce__}). Only float32 and float64 exist
 * here.
 */
final class PickledDtype implements PickleValue {
  private static final Pattern CODE = Pattern.compile("([<>=|]?)f([48])");
  private static final int LONGEST_CODE = 16;
  private static final int FEWEST_STATE_ITEMS = 5;
  private static final int MOST_STATE_ITEMS = 9;

  private final int itemBytes;
  private ByteOrder order;
  private boolean stateIsSet;

  private PickledDtype(int itemBytes, ByteOrder order) {
    this.itemBytes = itemBytes;
    this.order = order;
  }

  /** {@code numpy.dtype(code, align, copy)}. */
  static PickledDtype call(List<PickleValue> arguments) throws PickleException {
    if (arguments.isEmpty() || arguments.size() > 3) {
      throw new PickleException(
          "numpy.dtype is called with " + arguments.size() + " arguments, expected 3");
    }
    String code = PickleValue.shortText(arguments.get(0), LONGEST_CODE, "the code of a dtype");
    Matcher matcher = CODE.matcher(code);
    if (!matcher.matches()) {
      throw new PickleException(
          "an array has dtype "
              + PickleException.shown(code)
              + "; only f4 and f8 (float32 and float64) are read");
    }
    return new PickledDtype(Integer.parseInt(matcher.group(2)), byteOrder(matcher.group(1)));
  }

  /** {@code dtype.__setstate__((version, order, subarray, names, fields, ...))}. */
  void setState(PickleValue state) throws PickleException {
    if (stateIsSet) {
      throw new PickleException("the state of a dtype is set twice");
    }
    if (!(state instanceof Tuple tuple)
        || tuple.items().size() < FEWEST_STATE_ITEMS
        || tuple.items().size() > MOST_STATE_ITEMS) {
      throw new PickleException(
          "the state of a dtype is " + state.describe() + ", expected 8 items");
    }
    for (PickleValue part : tuple.items().subList(2, FEWEST_STATE_ITEMS)) {
      if (part != None.NONE) {
        throw new PickleException(
            "an array has a dtype of several fields; only f4 and f8 are read");
      }
    }
    order = byteOrder(PickleValue.shortText(tuple.items().get(1), 1, "the byte order of a dtype"));
    stateIsSet = true;
  }

  /** 4 or 8. */
  int itemBytes() {
    return itemBytes;
  }

  ByteOrder order() {
    return order;
  }

  /**
   * NumPy writes '=' and '|' for "the machine's own": every machine that NumPy is used on for
   * training is little-endian.
   */
  private static ByteOrder byteOrder(String sign) throws PickleException {
    return switch (sign) {
      case "", "<", "=", "|" -> ByteOrder.LITTLE_ENDIAN;
      case ">" -> ByteOrder.BIG_ENDIAN;
      default ->
          throw new PickleException("a dtype has the byte order " + PickleException.shown(sign));
    };
  }

  @Override
  public String describe() {
    return "a dtype";
  }
}

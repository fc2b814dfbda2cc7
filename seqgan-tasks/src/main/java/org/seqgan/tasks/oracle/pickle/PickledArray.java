package org.seqgan.tasks.oracle.pickle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.seqgan.api.data.NamedArrays.FloatArray;

/**
 * A {@code numpy.ndarray} while it is built: made empty by {@code _reconstruct} and then given a
 * state, or made at once by {@code _frombuffer}. It refers to the bytes of the file; values are
 * converted when they are asked for, so that a file cannot ask for more memory than its own size.
 */
public final class PickledArray implements PickleValue {
  private static final int MOST_AXES = 32;
  private static final int STATE_ITEMS = 5;

  private boolean stateIsSet;
  private int[] shape = {};
  private int itemBytes;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private boolean columnMajor;
  private ByteBuffer data = ByteBuffer.allocate(0);

  /** {@code numpy.core.multiarray._reconstruct(ndarray, (0,), b'b')}. */
  static PickledArray reconstruct(List<PickleValue> arguments) throws PickleException {
    if (arguments.size() != 3 || arguments.get(0) != NumpyFunction.NDARRAY) {
      throw new PickleException("_reconstruct is called for something that is not numpy.ndarray");
    }
    return new PickledArray();
  }

  /** {@code numpy.core.numeric._frombuffer(buffer, dtype, shape, order)}. */
  static PickledArray fromBuffer(List<PickleValue> arguments) throws PickleException {
    if (arguments.size() != 4) {
      throw new PickleException(
          "_frombuffer is called with " + arguments.size() + " arguments, only 4 are understood");
    }
    String layout = PickleValue.shortText(arguments.get(3), 1, "the memory order of an array");
    if (!layout.equals("C") && !layout.equals("F")) {
      throw new PickleException("an array has memory order " + PickleException.shown(layout));
    }
    PickledArray array = new PickledArray();
    array.set(arguments.get(2), arguments.get(1), layout.equals("F"), arguments.get(0));
    return array;
  }

  /** {@code ndarray.__setstate__((version, shape, dtype, isFortran, data))}. */
  void setState(PickleValue state) throws PickleException {
    if (!(state instanceof Tuple tuple) || tuple.items().size() != STATE_ITEMS) {
      throw new PickleException(
          "the state of an array is " + state.describe() + ", expected " + STATE_ITEMS + " items");
    }
    List<PickleValue> items = tuple.items();
    set(items.get(1), items.get(2), flag(items.get(3)), items.get(4));
  }

  /**
   * The array in float32, row-major.
   *
   * @throws PickleException if it has no state, or a float64 value is beyond float32
   */
  public FloatArray toFloatArray() throws PickleException {
    if (!stateIsSet) {
      throw new PickleException("an array has no contents");
    }
    float[] values = new float[data.limit() / itemBytes];
    int[] index = new int[shape.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(columnMajor ? columnMajorPlace(index) : i);
      advance(index);
    }
    return new FloatArray(shape.clone(), values);
  }

  private void set(
      PickleValue newShape, PickleValue dtype, boolean newColumnMajor, PickleValue bytes)
      throws PickleException {
    if (stateIsSet) {
      throw new PickleException("the state of an array is set twice");
    }
    if (!(dtype instanceof PickledDtype type)) {
      throw new PickleException("the dtype of an array is " + dtype.describe());
    }
    if (!(bytes instanceof Bytes raw)) {
      throw new PickleException("the data of an array are " + bytes.describe());
    }
    shape = shape(newShape);
    itemBytes = type.itemBytes();
    order = type.order();
    columnMajor = newColumnMajor;
    data = raw.content().duplicate().order(order);
    checkSize();
    stateIsSet = true;
  }

  private static int[] shape(PickleValue value) throws PickleException {
    if (!(value instanceof Tuple tuple) || tuple.items().size() > MOST_AXES) {
      throw new PickleException(
          "the shape of an array is " + value.describe() + ", expected up to 32 numbers");
    }
    int[] shape = new int[tuple.items().size()];
    for (int axis = 0; axis < shape.length; axis++) {
      if (!(tuple.items().get(axis) instanceof Whole size)
          || size.value() < 0
          || size.value() > Integer.MAX_VALUE) {
        throw new PickleException(
            "an axis of an array is " + tuple.items().get(axis).describe() + ", expected a size");
      }
      shape[axis] = (int) size.value();
    }
    return shape;
  }

  private static boolean flag(PickleValue value) throws PickleException {
    if (value instanceof Bool bool) {
      return bool.value();
    }
    if (value instanceof Whole whole && (whole.value() == 0 || whole.value() == 1)) {
      return whole.value() == 1;
    }
    throw new PickleException("the memory order of an array is " + value.describe());
  }

  private void checkSize() throws PickleException {
    boolean fits;
    try {
      long bytes = itemBytes;
      for (int size : shape) {
        bytes = Math.multiplyExact(bytes, (long) size);
      }
      fits = bytes == data.limit();
    } catch (ArithmeticException e) {
      fits = false;
    }
    if (!fits) {
      throw new PickleException(
          "an array of shape "
              + java.util.Arrays.toString(shape)
              + " and "
              + itemBytes
              + " bytes each has "
              + data.limit()
              + " bytes of data");
    }
  }

  private float value(int place) throws PickleException {
    if (itemBytes == Float.BYTES) {
      return data.getFloat(place * Float.BYTES);
    }
    double wide = data.getDouble(place * Double.BYTES);
    float value = (float) wide;
    if (Float.isInfinite(value) && !Double.isInfinite(wide)) {
      throw new PickleException("an array has the value " + wide + ", which float32 cannot hold");
    }
    return value;
  }

  /** The place of an element when the first axis runs fastest. */
  private int columnMajorPlace(int[] index) {
    int place = 0;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      place = place * shape[axis] + index[axis];
    }
    return place;
  }

  /** Moves on to the next element in row-major order. */
  private void advance(int[] index) {
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]++;
      if (index[axis] < shape[axis]) {
        return;
      }
      index[axis] = 0;
    }
  }

  @Override
  public String describe() {
    return "an array";
  }
}

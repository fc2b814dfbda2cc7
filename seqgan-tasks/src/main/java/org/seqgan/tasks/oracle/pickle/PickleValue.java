package org.seqgan.tasks.oracle.pickle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@linkplain RestrictedUnpickler restricted pickle} can contain.
 *
 * <p>Lists and dictionaries may contain themselves, as in Python: code that walks values must not
 * recurse without a limit.
 */
public sealed interface PickleValue
    permits NumpyFunction,
        PickledArray,
        PickledDtype,
        PickleValue.Bool,
        PickleValue.Bytes,
        PickleValue.Dictionary,
        PickleValue.Listing,
        PickleValue.None,
        PickleValue.Real,
        PickleValue.Text,
        PickleValue.Tuple,
        PickleValue.Whole {
  /** What it is, for a message: "a list". Does not look into it. */
  String describe();

  /** Python's {@code None}. */
  enum None implements PickleValue {
    /** The only one. */
    NONE;

    @Override
    public String describe() {
      return "None";
    }
  }

  /** A {@code bool}. */
  record Bool(boolean value) implements PickleValue {
    @Override
    public String describe() {
      return "a truth value";
    }
  }

  /** An {@code int} (Python 2: or a {@code long}) of at most 64 bits. */
  record Whole(long value) implements PickleValue {
    @Override
    public String describe() {
      return "the number " + value;
    }
  }

  /** A {@code float}. */
  record Real(double value) implements PickleValue {
    @Override
    public String describe() {
      return "the number " + value;
    }
  }

  /** A {@code str} (Python 2: a {@code unicode}). */
  record Text(String value) implements PickleValue {
    @Override
    public String describe() {
      return "the string '" + PickleException.shown(value) + "'";
    }
  }

  /** {@code bytes} or a {@code bytearray} (Python 2: a {@code str}). */
  record Bytes(ByteBuffer content) implements PickleValue {
    /** Wraps the remaining bytes. */
    public Bytes {
      content = content.slice();
    }

    /** One character for each byte. */
    String latin1() {
      return StandardCharsets.ISO_8859_1.decode(content.duplicate()).toString();
    }

    @Override
    public String describe() {
      return content.limit() + " bytes";
    }
  }

  /** A {@code tuple}. */
  record Tuple(List<PickleValue> items) implements PickleValue {
    /** Copies the items. */
    public Tuple {
      items = List.copyOf(items);
    }

    @Override
    public String describe() {
      return "a tuple";
    }
  }

  /** A {@code list}; instructions add to it. */
  final class Listing implements PickleValue {
    private final List<PickleValue> items = new ArrayList<>();

    public List<PickleValue> items() {
      return items;
    }

    @Override
    public String describe() {
      return "a list";
    }
  }

  /** A {@code dict} with strings as keys; instructions add to it. */
  final class Dictionary implements PickleValue {
    private final Map<String, PickleValue> items = new LinkedHashMap<>();

    public Map<String, PickleValue> items() {
      return items;
    }

    @Override
    public String describe() {
      return "a dictionary";
    }
  }

  /**
   * The text of a string of either kind, if it is not longer than {@code longest}.
   *
   * @param what it is for, for the message
   */
  static String shortText(PickleValue value, int longest, String what) throws PickleException {
    if (value instanceof Text text && text.value().length() <= longest) {
      return text.value();
    }
    if (value instanceof Bytes bytes && bytes.content().limit() <= longest) {
      return bytes.latin1();
    }
    throw new PickleException(
        what + " is " + value.describe() + ", expected a string of at most " + longest);
  }
}

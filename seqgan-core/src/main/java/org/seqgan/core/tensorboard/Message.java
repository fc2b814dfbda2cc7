package org.seqgan.core.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A protocol buffer in its wire format: fields in the order in which they were put, each after its
 * number and the way it is written (0 a varint, 1 eight bytes, 2 a length and bytes, 5 four bytes).
 * For one thread.
 */
final class Message {
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int LENGTH = 2;
  private static final int FOUR_BYTES = 5;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** A whole number or an enum. */
  Message put(int field, long value) {
    key(field, VARINT);
    varint(value);
    return this;
  }

  Message put(int field, double value) {
    key(field, EIGHT_BYTES);
    littleEndian(Double.doubleToLongBits(value), Double.BYTES);
    return this;
  }

  Message put(int field, float value) {
    key(field, FOUR_BYTES);
    littleEndian(Float.floatToIntBits(value), Float.BYTES);
    return this;
  }

  Message put(int field, String text) {
    return put(field, text.getBytes(StandardCharsets.UTF_8));
  }

  Message put(int field, Message inner) {
    return put(field, inner.toByteArray());
  }

  private Message put(int field, byte[] content) {
    key(field, LENGTH);
    varint(content.length);
    bytes.writeBytes(content);
    return this;
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  private void key(int field, int way) {
    varint((long) field << 3 | way);
  }

  /** Seven bits a byte, the lowest first; the eighth says that more follow. */
  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  private void littleEndian(long bits, int count) {
    for (int i = 0; i < count; i++) {
      bytes.write((int) (bits >>> 8 * i));
    }
  }
}

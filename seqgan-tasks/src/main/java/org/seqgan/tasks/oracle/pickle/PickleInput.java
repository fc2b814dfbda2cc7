package org.seqgan.tasks.oracle.pickle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, read from front to end. A size that the file claims is checked first. */
final class PickleInput {
  private static final int LONGEST_NUMBER = 64;

  private final ByteBuffer bytes;

  PickleInput(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** How many bytes have been read. */
  int position() {
    return bytes.position();
  }

  /** How many bytes there are, read or not. */
  int size() {
    return bytes.limit();
  }

  /** How many bytes are left. */
  int remaining() {
    return bytes.remaining();
  }

  int unsignedByte() throws PickleException {
    return take(1).get() & 0xFF;
  }

  int unsignedShort() throws PickleException {
    return take(Short.BYTES).getShort() & 0xFFFF;
  }

  int signedInt() throws PickleException {
    return take(Integer.BYTES).getInt();
  }

  long unsignedInt() throws PickleException {
    return Integer.toUnsignedLong(signedInt());
  }

  long signedLong() throws PickleException {
    return take(Long.BYTES).getLong();
  }

  double bigEndianDouble() throws PickleException {
    return take(Double.BYTES).order(ByteOrder.BIG_ENDIAN).getDouble();
  }

  /** The next {@code count} bytes, not copied; {@code count} may be anything. */
  ByteBuffer take(long count) throws PickleException {
    if (count < 0 || count > bytes.remaining()) {
      throw new PickleException(
          "the pickle ends too early: an instruction needs "
              + (count < 0 ? Long.toUnsignedString(count) : Long.toString(count))
              + " bytes, "
              + bytes.remaining()
              + " are left; is the file complete?");
    }
    ByteBuffer taken = bytes.slice(bytes.position(), (int) count).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + (int) count);
    return taken;
  }

  /** The bytes up to the next line feed, which is passed over. */
  ByteBuffer line() throws PickleException {
    for (int end = bytes.position(); end < bytes.limit(); end++) {
      if (bytes.get(end) == '\n') {
        ByteBuffer line = take(end - bytes.position());
        take(1);
        return line;
      }
    }
    throw new PickleException("the pickle ends in the middle of a line; is the file complete?");
  }

  /** A line that holds a number. */
  String numberLine() throws PickleException {
    ByteBuffer line = line();
    if (line.remaining() > LONGEST_NUMBER) {
      throw new PickleException("a number has " + line.remaining() + " characters");
    }
    return StandardCharsets.ISO_8859_1.decode(line).toString();
  }
}

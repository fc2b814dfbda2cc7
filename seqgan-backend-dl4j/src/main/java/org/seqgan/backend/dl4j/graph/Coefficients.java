package org.seqgan.backend.dl4j.graph;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.seqgan.backend.dl4j.graph.GraphFile.WrongFileException;

/**
 * The weights of a zip, in the format of {@code Nd4j.write}: the shape's numbers, then the values,
 * each as {@code UTF mode, int64 count, UTF type, big-endian numbers}. Read here because ND4J
 * believes a count whatever follows it.
 */
final class Coefficients {
  /** The most bytes of a shape: rank, sizes, strides and three more of 32 axes. */
  private static final int LONGEST_SHAPE = 8 * (4 + 2 * 32);

  private static final int PIECE = 1 << 16;

  /** What an array of bytes holds. */
  private static final int MOST = Integer.MAX_VALUE / Float.BYTES - PIECE;

  private Coefficients() {}

  /**
   * Reads them.
   *
   * @param expected how many there must be
   */
  static float[] read(DataInputStream in, long expected) throws IOException, WrongFileException {
    try {
      Header shape = Header.read(in);
      long bytes = 8 * shape.count;
      if (!shape.type.equals("LONG") || shape.count < 0 || bytes > LONGEST_SHAPE) {
        throw wrong("a shape of %d %s".formatted(shape.count, shape.type));
      }
      in.skipNBytes(bytes);
      Header values = Header.read(in);
      if (!values.type.equals("FLOAT")) {
        throw new WrongFileException(
            "expected weights of type FLOAT, found %s; build the network with dataType(DataType.FLOAT)"
                .formatted(values.type));
      }
      if (values.count != expected) {
        throw new WrongFileException(
            "expected %,d weights for its configuration, found %,d; save it again"
                .formatted(expected, values.count));
      }
      if (expected > MOST) {
        throw new WrongFileException(
            "expected at most %,d weights, found %,d; make the graph smaller"
                .formatted(MOST, expected));
      }
      return floats(in, (int) expected);
    } catch (EOFException e) {
      throw new WrongFileException(
          "its " + GraphFile.COEFFICIENTS + " is cut off; save it again", e);
    }
  }

  /** What stands before numbers. */
  private record Header(long count, String type) {
    static Header read(DataInputStream in) throws IOException, WrongFileException {
      String mode = in.readUTF();
      if (!mode.equals("LONG_SHAPE") && !mode.equals("MIXED_DATA_TYPES")) {
        throw wrong("mode '%s'".formatted(mode));
      }
      return new Header(in.readLong(), in.readUTF());
    }
  }

  private static WrongFileException wrong(String found) {
    return new WrongFileException(
        "its %s begins with %s, expected what DL4J 1.0.0-beta4 or later writes; load and save it with such a version"
            .formatted(GraphFile.COEFFICIENTS, found));
  }

  /** Piece by piece, so that memory is taken only for what is there. */
  private static float[] floats(DataInputStream in, int count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long left = (long) count * Float.BYTES;
    while (left > 0) {
      byte[] piece = in.readNBytes((int) Math.min(PIECE, left));
      if (piece.length == 0) {
        throw new EOFException();
      }
      bytes.writeBytes(piece);
      left -= piece.length;
    }
    float[] values = new float[count];
    ByteBuffer.wrap(bytes.toByteArray()).asFloatBuffer().get(values);
    return values;
  }
}

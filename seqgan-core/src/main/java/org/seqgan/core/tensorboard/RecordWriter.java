package org.seqgan.core.tensorboard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A file of records as TensorFlow frames them (TFRecord): the length in eight bytes, its checksum,
 * the record, and its checksum, all little-endian. A record is written at once, so that a reader
 * who follows the file sees whole ones. For one thread.
 */
final class RecordWriter implements AutoCloseable {
  private static final int MASK_DELTA = 0xa282ead8;

  private final FileChannel channel;

  /**
   * Makes a file, which must not be there.
   *
   * @throws java.nio.file.FileAlreadyExistsException where it is
   */
  RecordWriter(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  void write(byte[] record) throws IOException {
    ByteBuffer framed = framed(record);
    while (framed.hasRemaining()) {
      channel.write(framed);
    }
  }

  /** A record in its frame. */
  static ByteBuffer framed(byte[] record) {
    ByteBuffer framed =
        ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES + record.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    framed.putLong(record.length);
    framed.putInt(maskedChecksum(framed.array(), Long.BYTES));
    framed.put(record);
    framed.putInt(maskedChecksum(record, record.length));
    return framed.flip();
  }

  /**
   * CRC-32C, turned by 15 bits and moved: the checksum of a text that holds checksums is a poor one
   * otherwise.
   */
  static int maskedChecksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return Integer.rotateRight((int) checksum.getValue(), 15) + MASK_DELTA;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
